/** From where a request or a connection comes: one rule for both, so that locks and the audit mean the same place. */
import type { IncomingMessage } from "node:http";

/** Whether this address, so many hops away, is a proxy that is believed when it says for whom it asks. */
export type Trusts = (address: string, hop: number) => boolean;

/** The first on the way back from here that is no proxy of ours. */
export function clientAddress(
  {
    socket,
    headers,
  }: { readonly socket: { readonly remoteAddress?: string | undefined } } & Pick<IncomingMessage, "headers">,
  trusts: Trusts,
): string {
  const named = [headers["x-forwarded-for"] ?? []].flat().flatMap((text) => text.split(","));
  const way = [socket.remoteAddress ?? "", ...named.map((each) => each.trim()).reverse()];
  return way.find((address, hop) => hop === way.length - 1 || !trusts(address, hop)) ?? "";
}
