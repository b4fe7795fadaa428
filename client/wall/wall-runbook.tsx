import type { AlarmId } from "@vigil/shared/alarms";
import { alarmWords } from "../ui/alarm-text.ts";
import { runbookHref } from "../ui/runbook-href.ts";
import { useValue } from "../ui/use-value.ts";
import { AlarmSign } from "./alarm-sign.tsx";
import { useLive } from "./live-context.ts";
import { useRunbookTexts } from "./runbook-texts.ts";

/** What is read on a wall. */
export interface Reading {
  /** Whose runbook; as the address says, which need not be an alarm that there is. */
  readonly alarm: string;
  /** Whose alarm it was opened from; `null`: no bay's. */
  readonly bay: string | null;
}

/** What an alarm means, in place of the bays: the alarms above it and the sound go on. */
export function WallRunbook({ alarm, bay }: Reading) {
  const link = useValue(useLive().link);
  const texts = useRunbookTexts(link.state === "live", true);
  const wall = window.location.pathname;
  return (
    <div className="wall-runbook" key={alarm}>
      {bay !== null && <OthersOf bay={bay} but={alarm} />}
      {texts === null ? (
        <main className="wall-runbook-missing">
          <h1>This text has not come from the server yet</h1>
          <p>Look at the patient and the bedside monitor first.</p>
          <a href={wall}>Back to the wall</a>
        </main>
      ) : (
        <texts.RunbookOnWall alarm={alarm} wall={wall} />
      )}
    </div>
  );
}

/** A tile names one alarm, and counts the others: here they are. */
function OthersOf({ bay: id, but }: { readonly bay: string; readonly but: string }) {
  const { alarms } = useValue(useLive().summary);
  const others = alarms.filter(({ bay, alarm }) => bay.id === id && !isSame(alarm.id, but));
  const [first] = others;
  if (first === undefined) return null;
  return (
    <nav className="wall-runbook-others" aria-label={`Other alarms of bay ${first.bay.name}`}>
      <b>Also at bay {first.bay.name}</b>
      {others.map(({ bay, alarm }) => (
        <a key={alarm.id} href={runbookHref(alarm.id, bay.id)} data-priority={alarm.priority}>
          <AlarmSign alarm={alarm} />
          {alarmWords(alarm, bay.facts.value).text}
        </a>
      ))}
    </nav>
  );
}

const isSame = (id: AlarmId, named: string): boolean => id === named;
