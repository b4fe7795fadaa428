/** What is wrong with a feed, and where. */
export class FeedError extends Error {
  constructor(path: string, line: number | null, reason: string) {
    super(line === null ? `${path}: ${reason}` : `${path}:${line}: ${reason}`);
    this.name = "FeedError";
  }
}
