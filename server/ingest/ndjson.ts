/** Newline-delimited JSON: one value a line. A line that is not JSON stays text, so that it is refused by its place. */
export function parseNdjson(text: string): unknown[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line): unknown => {
      try {
        return JSON.parse(line);
      } catch {
        return line;
      }
    });
}
