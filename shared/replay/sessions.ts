import type { Bay, BayInput } from "../bay/index.ts";
import { SessionRecorder } from "../chart/index.ts";
import type { BayId } from "../ids/index.ts";
import type { Replay, ReplayInput } from "./replay.ts";

/** The sessions that a bay saw, in the order in which they came to it, each with its stays at other bays, for their charts. */
export function recordSessions(replay: Replay, bay: BayId): SessionRecorder[] {
  const seen = new Set<SessionRecorder>();
  const here = new Map<BayId, SessionRecorder>();
  const leaving = new Map<BayId, SessionRecorder>();
  const comes = (id: BayId, session: SessionRecorder) => {
    here.set(id, session);
    if (id === bay) seen.add(session);
  };
  const bays = connected(replay.inputs, bay);
  const free = new Map(replay.firstBays().map((each) => [each.id, each]));
  for (const id of bays) {
    const first = free.get(id);
    // Taken as a phase, a bay begins with its session.
    if (first !== undefined && first.session !== null) comes(id, new SessionRecorder(first));
  }
  const take = (id: BayId, before: Bay, input: BayInput) => {
    const present = here.get(id);
    if (input.kind === "arrival") {
      const coming = leaving.get(input.from) ?? new SessionRecorder(before);
      leaving.delete(input.from);
      coming.goTo(before);
      coming.take(input);
      comes(id, coming);
    } else if (present?.isHere === true) {
      present.take(input);
      if (input.kind === "command" && input.command.type === "transfer-session" && !present.isHere) {
        leaving.set(id, present);
      }
    } else if (input.kind === "command" && input.command.type === "open-session") {
      const opening = new SessionRecorder(before);
      opening.take(input);
      if (opening.isHere) comes(id, opening);
    }
  };
  for (const { bay: id, input } of replay.taken(bays)) {
    const first = free.get(id);
    if (first !== undefined) take(id, first, input);
  }
  return [...seen];
}

/** The bays that patients moved between, beginning with one. */
function connected(inputs: readonly ReplayInput[], bay: BayId): ReadonlySet<BayId> {
  const moves = inputs.flatMap(({ bay: to, input }) => (input.kind === "arrival" ? [[input.from, to] as const] : []));
  const found = new Set([bay]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const [from, to] of moves) {
      if (found.has(from)) found.add(to);
      else if (found.has(to)) found.add(from);
    }
  }
  return found;
}
