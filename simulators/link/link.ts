/** Everything that simulators have to do with a server, as one thing: so that a test can be the server. */
import type { CommandRequest } from "@vigil/shared/wire";
import { type CommandOutcome, fetchBays, sendCommand } from "./http.ts";
import { type Ingest, type IngestListener, openIngest } from "./ingest.ts";
import type { BaysReply } from "./replies.ts";

export interface WardLink extends Ingest {
  /** How the bays stand now. Throws when the server does not answer. */
  bays(): Promise<BaysReply>;
  command(request: CommandRequest): Promise<CommandOutcome>;
}

export const openLink = (url: string, listener: IngestListener): WardLink => ({
  ...openIngest(url, listener),
  bays: () => fetchBays(url),
  command: (request) => sendCommand(url, request),
});
