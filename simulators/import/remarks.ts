/** What a person should know of an import: each thing once, with the line where it was first met, and how often. */
export class Remarks {
  readonly #said = new Map<string, { readonly text: string; times: number }>();

  /** `line`: where it was met; `null`: the file as a whole. */
  once(key: string, line: number | null, text: string): void {
    const said = this.#said.get(key);
    if (said !== undefined) said.times += 1;
    else this.#said.set(key, { text: line === null ? text : `line ${line}: ${text}`, times: 1 });
  }

  get all(): readonly string[] {
    return [...this.#said.values()].map(({ text, times }) => (times === 1 ? text : `${text} (${times} times)`));
  }
}
