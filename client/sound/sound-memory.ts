/** Whether the last person who was asked on this screen heard the test tone. */
export interface SoundMemory {
  wasHeard(): boolean;
  remember(heard: boolean): void;
}

const KEY = "vigil.sound.heard";

/** Where a browser keeps nothing, every load of the page asks for the test tone: the safe way to forget. */
export function soundMemory(storage: () => Storage): SoundMemory {
  return {
    wasHeard() {
      try {
        return storage().getItem(KEY) === "yes";
      } catch {
        return false;
      }
    },
    remember(heard) {
      try {
        if (heard) storage().setItem(KEY, "yes");
        else storage().removeItem(KEY);
      } catch {
        return;
      }
    },
  };
}
