/** How far exports are, for pages that show it: the browser that saves a file does not tell the page. */
import type { AlertExport } from "@vigil/shared/wire";

/** The last ones are known; one may ask until others have come. */
const MOST_KNOWN = 100;
/** One person's that run at once: each asks the log part by part, and whoever reads it waits for that. */
const MOST_RUNNING = 3;

export class Exports {
  readonly #known = new Map<string, AlertExport>();
  readonly #running = new Map<string, number>();

  /** Runs one of this person's. @returns false when they have too many, and it was not run */
  async run(person: string, work: () => Promise<void>): Promise<boolean> {
    const before = this.#running.get(person) ?? 0;
    if (before >= MOST_RUNNING) return false;
    this.#running.set(person, before + 1);
    try {
      await work();
    } finally {
      const left = (this.#running.get(person) ?? 1) - 1;
      if (left === 0) this.#running.delete(person);
      else this.#running.set(person, left);
    }
    return true;
  }

  /** `name`: `null` when nobody will ask. */
  begin(name: string | null, total: number) {
    let told: AlertExport = { rows: 0, total, state: "running" };
    const tell = (next: AlertExport): void => {
      told = next;
      if (name !== null) this.#known.set(name, told);
    };
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= MOST_KNOWN) this.#known.delete(oldest);
    tell(told);
    return {
      sent: (rows: number) => tell({ ...told, rows: told.rows + rows }),
      end: (state: "done" | "failed") => tell({ ...told, state }),
    };
  }

  find(name: string): AlertExport | null {
    return this.#known.get(name) ?? null;
  }
}
