import { Link } from "@tanstack/react-router";
import { VITAL_FACTS } from "@vigil/shared/vitals";
import { PauseLeft } from "../act/index.ts";
import type { LiveBay } from "../live/index.ts";
import { BellOff, BellPaused } from "../ui/icons.tsx";

/** Every bay of which a person has silenced something, above the alarms: however many those are, it is seen. */
export function Silenced({ bays }: { readonly bays: readonly LiveBay[] }) {
  const some = bays.filter(({ facts: { value } }) => value.audioPausedUntil !== null || value.alarmsOff.length > 0);
  if (some.length === 0) return null;
  return (
    <section className="silenced" aria-label="Silenced by people">
      <h2>Silenced</h2>
      <ul>
        {some.map((bay) => {
          const { alarmsOff, audioPausedUntil } = bay.facts.value;
          return (
            <li key={bay.id}>
              <Link to="/bays/$bay" params={{ bay: bay.id }}>
                Bay {bay.name}
              </Link>
              {audioPausedUntil !== null && (
                <span>
                  <BellPaused label="sound paused" /> <PauseLeft bay={bay} />
                </span>
              )}
              {alarmsOff.length > 0 && (
                <span>
                  <BellOff /> {alarmsOff.map((vital) => VITAL_FACTS[vital].label).join(", ")} off
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
