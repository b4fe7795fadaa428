import { useWakeLock } from "./use-wake-lock.ts";

/** Keeps the screen on; says so in a line where it cannot, and nothing where it can. */
export function WakeLockNote() {
  const state = useWakeLock();
  switch (state.kind) {
    case "unsupported":
      return (
        <p className="screen-note">
          This screen may switch itself off: the page needs https, or the machine’s own setting.
        </p>
      );
    case "refused":
      return (
        <p className="screen-note" title={state.reason}>
          This screen may switch itself off: the browser refuses to keep it on.
        </p>
      );
    default:
      return null;
  }
}
