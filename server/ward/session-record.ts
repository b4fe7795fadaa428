/** A session as the journal alone tells it: the same engine over its kept inputs. */
import { advance, type Bay, newBay, settle } from "@vigil/shared/bay";
import type { AtMs, SessionId } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import type { Journal } from "../journal/index.ts";

/**
 * The bay as the session left it, or as it stands at `now` with the session open; `null` when there is no such session.
 * Reads every input of the session at its last bay: some ten milliseconds for each hour at one reading a second.
 */
export function sessionRecord(journal: Journal, id: SessionId, now: AtMs): Bay | null {
  const stay = journal.stayOf(id);
  if (stay === null) return null;
  let bay = newBay(stay.bay, protocolSchema.parse({}));
  for (const input of journal.inputsOf(stay)) bay = advance(bay, input).bay;
  return stay.toSeq === null ? settle(bay, now).bay : bay;
}
