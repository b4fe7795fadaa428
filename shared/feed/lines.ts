/** Pieces of text to lines, however they are cut. */

/** Characters. A session that moves carries all that belongs to it in one line; nothing is longer. */
export const LONGEST_LINE = 8_000_000;

/** Takes text piece by piece; gives the lines that are whole. */
export class LineSplitter {
  #rest: string[] = [];
  #length = 0;

  /** A line that grows beyond {@link LONGEST_LINE} is given as it is: whoever reads it says that it is too long. */
  push(piece: string): string[] {
    const end = piece.indexOf("\n");
    if (end === -1) {
      this.#rest.push(piece);
      this.#length += piece.length;
      return this.#length > LONGEST_LINE ? [this.#take("")] : [];
    }
    const lines = [this.#take(piece.slice(0, end)), ...piece.slice(end + 1).split("\n")];
    this.#rest = [lines.pop() ?? ""];
    this.#length = this.#rest[0]?.length ?? 0;
    return lines;
  }

  /** What stands after the last line's end; `null` when nothing does. */
  end(): string | null {
    return this.#length === 0 ? null : this.#take("");
  }

  #take(end: string): string {
    const line = this.#rest.join("") + end;
    this.#rest = [];
    this.#length = 0;
    return line;
  }
}
