/** Everything that simulators have to do with a server, as one thing: so that a test can be the server. */
import type { CommandRequest } from "@vigil/shared/wire";
import { type CommandOutcome, sendCommand } from "./http.ts";
import { type Ingest, type IngestListener, openIngest } from "./ingest.ts";
import { type WatchListener, watchBays } from "./watch.ts";

export interface WardLink extends Ingest {
  /** Tells how the bays stand, now and at every change; the answer ends it. */
  watch(listener: WatchListener): () => void;
  command(request: CommandRequest): Promise<CommandOutcome>;
}

export const openLink = (url: string, listener: IngestListener): WardLink => ({
  ...openIngest(url, listener),
  watch: (told) => watchBays(url, told),
  command: (request) => sendCommand(url, request),
});
