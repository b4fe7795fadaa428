import type { BoardAlarm, BoardRow } from "@vigil/shared/board";
import { VITAL_FACTS } from "@vigil/shared/vitals";
import { useRef } from "react";
import type { LiveBay } from "../live/index.ts";
import { alarmWords, escalationText } from "../ui/alarm-text.ts";
import { ageText } from "../ui/clock-text.ts";
import { BellOff, BellPaused, NotReached } from "../ui/icons.tsx";
import { AlarmSign } from "./alarm-sign.tsx";
import { alarmLook, type TileAlarms } from "./tile-alarms.ts";
import { setText, usePaintSecond } from "./use-paint.ts";

/** Characters beyond which a bay's name may not fit beside an alarm. */
const LONG_NAME = 9;

interface TileHeadProps {
  readonly bay: LiveBay;
  readonly facts: BoardRow;
  readonly label: string;
  readonly alarms: TileAlarms;
  readonly dense: boolean;
}

export function TileHead({ bay, facts, label, alarms, dense }: TileHeadProps) {
  // HR, SpO₂ and BP bear their mark beside the figure; a vital without a figure bears it here.
  const unseen = facts.alarmsOff.filter((vital) => vital === "rr" || facts.monitor === "never");
  const off = unseen.map((vital) => VITAL_FACTS[vital].label);
  const escalation = alarms.lead === null ? null : escalationText(alarms.lead);
  return (
    <header className="tile-head">
      <h2 data-long={label.length > LONG_NAME || undefined}>{label}</h2>
      <span className="initials">{facts.initials}</span>
      {off.length > 0 && (
        <span className="mark">
          {off.join(" ")}
          <BellOff label={`${off.join(", ")} alarms off`} />
        </span>
      )}
      {facts.audioPausedUntil !== null && <AudioPaused bay={bay} />}
      {escalation !== null && <Escalation text={escalation} to={alarms.lead?.escalatedTo ?? null} dense={dense} />}
      {alarms.lead !== null && <Call bay={bay} facts={facts} alarm={alarms.lead} more={alarms.more} dense={dense} />}
    </header>
  );
}

interface EscalationProps {
  readonly text: string;
  readonly to: BoardAlarm["escalatedTo"];
  readonly dense: boolean;
}

/** Who was called. Where not all of it has room, only the sign that nobody was reached is left. */
function Escalation({ text, to, dense }: EscalationProps) {
  const failed = to?.state === "failed";
  if (dense && !failed) return null;
  return (
    <span className={dense ? "mark" : "escalation"}>
      {failed && <NotReached label={text} />}
      {!dense && <span aria-hidden={failed || undefined}>{failed ? to.target : text}</span>}
    </span>
  );
}

function AudioPaused({ bay }: { readonly bay: LiveBay }) {
  const left = useRef<HTMLElement>(null);
  usePaintSecond(({ now }) => {
    setText(left.current, ageText((bay.row.value.audioPausedUntil ?? now) - now));
  }, bay);
  return (
    <span className="mark">
      <BellPaused label="alarm sound paused" />
      <span ref={left} />
    </span>
  );
}

interface CallProps {
  readonly bay: LiveBay;
  readonly facts: BoardRow;
  readonly alarm: BoardAlarm;
  readonly more: number;
  readonly dense: boolean;
}

/** The alarm the tile names. */
function Call({ bay, facts, alarm, more, dense }: CallProps) {
  const age = useRef<HTMLElement>(null);
  const words = alarmWords(alarm, facts);
  usePaintSecond(({ now }) => {
    const { since } = alarmWords(alarm, bay.row.value);
    if (since !== null) setText(age.current, ageText(now - since));
  }, bay);
  const text = dense ? words.short : words.text;
  const length = text.length + (words.since === null ? 0 : 5) + (more > 0 ? 3 : 0);
  return (
    <span
      className="call"
      data-priority={alarm.priority}
      data-look={alarmLook(alarm)}
      data-long={length > 19 || undefined}
    >
      <AlarmSign alarm={alarm} />
      <span className="call-text">{text}</span>
      {words.since !== null && <span className="call-age" ref={age} />}
      {more > 0 && <small>+{more}</small>}
    </span>
  );
}
