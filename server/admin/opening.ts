/** Under which rules a session is opened: people name a protocol that the clinic has in use, a program may bring its own. */
import type { ProtocolInUse } from "@vigil/shared/administration";
import type { Command } from "@vigil/shared/session";
import type { ChosenProtocol, WireRefusalCode } from "@vigil/shared/wire";

type Opening =
  | { readonly command: Command }
  | { readonly refused: { readonly code: WireRefusalCode; readonly reason: string } };

/**
 * The command with the chosen protocol's rules in it, so that the session replays by them.
 * @param bringsOwn a test bench: it plays what was recorded elsewhere, or tries rules
 */
export function openedUnder(
  { command, protocol: chosen }: { readonly command: Command; readonly protocol?: ChosenProtocol | undefined },
  inUse: readonly ProtocolInUse[],
  bringsOwn: boolean,
): Opening {
  if (command.type !== "open-session") return { command };
  if (command.protocol !== undefined && !bringsOwn) {
    const reason = "A session is opened under a protocol that the clinic has approved. Name it by its id and version.";
    return { refused: { code: "forbidden", reason } };
  }
  if (chosen === undefined) return { command };
  const found = inUse.find(({ id, protocol }) => id === chosen.id && protocol.version === chosen.version);
  if (found === undefined) {
    const reason =
      "This version of the protocol is not in use, or not any more. Look at the page again, and choose anew.";
    return { refused: { code: "protocol-not-in-use", reason } };
  }
  return { command: { ...command, protocol: found.protocol } };
}
