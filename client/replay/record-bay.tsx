import { isAllowed } from "@vigil/shared/people";
import type { SessionList } from "@vigil/shared/wire";
import { useState } from "react";
import { useHere } from "../people/use-here.ts";
import { type ClinicTime, ClinicTimed } from "../ui/clinic-time.tsx";

const HOUR_MS = 3_600_000;
const SPANS = [
  { text: "The last hour", fromMs: -HOUR_MS, toMs: 0 },
  { text: "The last 4 hours", fromMs: -4 * HOUR_MS, toMs: 0 },
  { text: "The last 24 hours", fromMs: -24 * HOUR_MS, toMs: 0 },
  { text: "From now on for 30 minutes", fromMs: 0, toMs: HOUR_MS / 2 },
] as const;

interface RecordBayProps {
  readonly bays: SessionList["bays"];
}

/** Any bay, in a session or not, as a feed to keep: for who may take it out. */
export function RecordBay({ bays }: RecordBayProps) {
  return <ClinicTimed>{(time) => <Recording bays={bays} time={time} />}</ClinicTimed>;
}

function Recording({ bays, time }: RecordBayProps & { readonly time: ClinicTime }) {
  const person = useHere().me?.person ?? null;
  const [chosen, setChosen] = useState<string | null>(null);
  const [span, setSpan] = useState<(typeof SPANS)[number]>(SPANS[0]);
  const bay = bays.find(({ id }) => id === chosen) ?? bays[0];
  if (bay === undefined || person === null || !isAllowed("GET /api/bays/:bay/recording", person.role)) return null;
  return (
    <section aria-labelledby="replay-record">
      <h2 id="replay-record">Record a bay</h2>
      <div className="replay-search">
        <label>
          <span>Bay</span>
          <select value={bay.id} onChange={({ target }) => setChosen(target.value)}>
            {bays.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>What</span>
          <select
            value={span.text}
            onChange={({ target }) => setSpan(SPANS.find(({ text }) => text === target.value) ?? SPANS[0])}
          >
            {SPANS.map(({ text }) => (
              <option key={text}>{text}</option>
            ))}
          </select>
        </label>
        <a
          href={`/api/bays/${encodeURIComponent(bay.id)}/recording`}
          download={`bay-${bay.id}.ndjson`}
          onClick={({ currentTarget }) => {
            // The time of the press, by the clinic's clock: the page may have stood open for long.
            const now = time.now();
            const { pathname } = new URL(currentTarget.href);
            currentTarget.href = `${pathname}?from=${now + span.fromMs}&to=${now + span.toMs}`;
          }}
        >
          Record this bay
        </a>
      </div>
      <p className="replay-note">A feed that can be opened here again. What is still to come is saved as it comes.</p>
    </section>
  );
}
