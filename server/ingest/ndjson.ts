export interface NdjsonValue {
  /** Its line in the text, from 0, blank ones counted: where whoever sent it finds it. */
  readonly line: number;
  readonly value: unknown;
}

/** Newline-delimited JSON: one value a line. A line that is not JSON stays text, so that it is refused by its place. */
export function parseNdjson(text: string): NdjsonValue[] {
  return text.split(/\r?\n/).flatMap((written, line): NdjsonValue[] => {
    if (written.trim() === "") return [];
    try {
      return [{ line, value: JSON.parse(written) }];
    } catch {
      return [{ line, value: written }];
    }
  });
}
