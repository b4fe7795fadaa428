/** How far exports are, for pages that show it: the browser that saves a file does not tell the page. */
import type { AlertExport } from "@vigil/shared/wire";

/** The last ones are known; one may ask until others have come. */
const MOST_KNOWN = 100;

export class Exports {
  readonly #known = new Map<string, AlertExport>();

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
