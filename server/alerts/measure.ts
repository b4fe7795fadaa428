/** The measures of a period, from the log in small steps: a year of it must not delay an alarm. */
import type { AtMs } from "@vigil/shared/ids";
import { type Measures, MeasuresOf, type PlaceOf } from "@vigil/shared/measures";
import type { AlarmLogReader, MeasuredScope } from "../journal/index.ts";

const STEP = 2_000;

export async function measure(
  log: Pick<AlarmLogReader, "measured" | "care" | "notes">,
  scope: MeasuredScope,
  now: AtMs,
  placeOf: PlaceOf,
): Promise<Measures> {
  const measures = new MeasuresOf({ from: scope.from, to: scope.to, now: Math.min(now, scope.to), placeOf });
  for (const span of log.care(scope, now)) measures.care({ ...span, to: Math.min(span.to, now) });
  for (const note of log.notes(scope, now)) measures.note(note);
  let after = { at: scope.from, id: -1 };
  for (;;) {
    const page = log.measured(scope, after, STEP);
    for (const episode of page) measures.episode(episode);
    const last = page.at(-1);
    if (last === undefined || page.length < STEP) return measures.result();
    after = { at: last.raisedAt, id: last.id };
    await new Promise((resolve) => setImmediate(resolve));
  }
}
