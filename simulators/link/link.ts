/** Everything that simulators have to do with a server, as one thing: so that a test can be the server. */
import type { SimulatedRequest } from "@vigil/shared/wire";
import type { ServerDoor } from "./door.ts";
import { type CommandOutcome, sendCommand } from "./http.ts";
import { type Ingest, type IngestListener, openIngest } from "./ingest.ts";
import { type WatchListener, watchBays } from "./watch.ts";

export interface WardLink extends Ingest {
  /** Tells how the bays stand, now and at every change; the answer ends it. */
  watch(listener: WatchListener): () => void;
  command(request: SimulatedRequest): Promise<CommandOutcome>;
}

export const openLink = (door: ServerDoor, listener: IngestListener): WardLink => ({
  ...openIngest(door, listener),
  watch: (told) => watchBays(door, told),
  command: (request) => sendCommand(door, request),
});
