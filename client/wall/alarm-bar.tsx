import { useEffect, useMemo, useRef, useState } from "react";
import type { BayAlarm } from "../live/index.ts";
import { alarmSince, alarmWords } from "../ui/alarm-text.ts";
import { ageText } from "../ui/clock-text.ts";
import { Check } from "../ui/icons.tsx";
import { PRIORITIES_IN_ORDER, PRIORITY_SYMBOL } from "../ui/priority.ts";
import { createTextWidth, type TextWidth } from "../ui/text-width.ts";
import { type ChipPlan, fitChips } from "./chips.ts";
import { alarmLook } from "./tile-alarms.ts";
import { setText, usePaintSecond } from "./use-paint.ts";

interface AlarmBarProps {
  readonly alarms: readonly BayAlarm[];
  readonly nameOf: (bay: BayAlarm["bay"]) => string;
  /** Room for the chips, and the size of their print. */
  readonly width: number;
  readonly print: number;
}

/** The alarms of all bays, gravest first. What has no room is counted, but never a high one. */
export function AlarmBar({ alarms, nameOf, width, print }: AlarmBarProps) {
  const plan = useChipPlan(alarms, nameOf, width, print);
  const named = alarms.slice(plan.whole, plan.whole + plan.named);
  return (
    <section className="alarm-bar" aria-label="Alarms now">
      {alarms.length === 0 ? (
        <p className="no-alarms">No alarms</p>
      ) : (
        <ul>
          {alarms.slice(0, plan.whole).map((one) => (
            <Chip key={`${one.bay.id} ${one.alarm.id}`} one={one} name={nameOf(one.bay)} brief={plan.brief} />
          ))}
          {named.length > 0 && (
            <li
              className="chip chip-names"
              data-priority="high"
              data-look="flashing"
              data-tight={plan.tight || undefined}
            >
              <b>{PRIORITY_SYMBOL.high}</b>
              <span>{named.map(({ bay }) => nameOf(bay)).join(" · ")}</span>
            </li>
          )}
          {PRIORITIES_IN_ORDER.filter((priority) => plan.more[priority] > 0).map((priority) => (
            <li className="chip" key={priority} data-priority={priority} data-look="counted">
              <b>{PRIORITY_SYMBOL[priority]}</b>
              <span>+{plan.more[priority]}</span>
              <span className="unseen">more of {priority} priority</span>
            </li>
          ))}
        </ul>
      )}
      <Announcement alarms={alarms} nameOf={nameOf} />
    </section>
  );
}

interface ChipProps {
  readonly one: BayAlarm;
  readonly name: string;
  readonly brief: boolean;
}

function Chip({ one: { bay, alarm }, name, brief }: ChipProps) {
  const words = alarmWords(alarm, bay.facts.value);
  const age = useRef<HTMLElement>(null);
  usePaintSecond(({ now }) => setText(age.current, ageText(now - alarmSince(alarm, bay.row.value))));
  return (
    <li className="chip" data-priority={alarm.priority} data-look={alarmLook(alarm)}>
      <b>{alarm.acknowledged ? <Check label="acknowledged" /> : PRIORITY_SYMBOL[alarm.priority]}</b>
      <b className="chip-bay">{name}</b>
      <span>{brief ? words.short : words.text}</span>
      <small ref={age} />
    </li>
  );
}

/** For those who hear the wall: what needs someone, said once when it changes. */
function Announcement({ alarms, nameOf }: Pick<AlarmBarProps, "alarms" | "nameOf">) {
  const waiting = alarms.filter(({ alarm }) => !alarm.acknowledged);
  const say = (some: readonly BayAlarm[]) =>
    some
      .map(({ bay, alarm }) => `${alarm.priority}, bay ${nameOf(bay)}: ${alarmWords(alarm, bay.facts.value).text}`)
      .join("; ");
  return (
    <>
      <p className="unseen" aria-live="assertive">
        {say(waiting.filter(({ alarm }) => alarm.priority === "high"))}
      </p>
      <p className="unseen" aria-live="polite">
        {say(waiting.filter(({ alarm }) => alarm.priority !== "high"))}
      </p>
    </>
  );
}

function useChipPlan(
  alarms: readonly BayAlarm[],
  nameOf: AlarmBarProps["nameOf"],
  width: number,
  print: number,
): ChipPlan {
  const [textWidth, setTextWidth] = useState<TextWidth>(() => createTextWidth());
  useEffect(() => {
    // Before the font is there, the widths are those of another.
    let wanted = true;
    document.fonts?.ready.then(() => wanted && setTextWidth(() => createTextWidth()));
    return () => {
      wanted = false;
    };
  }, []);
  return useMemo(() => {
    const bold = `700 ${print}px`;
    const gap = print * CHIP_GAP_EM;
    const padding = 2 * print * CHIP_PADDING_EM;
    const symbol = textWidth("!!!", bold) + gap;
    const age = textWidth("00:00", `500 ${print * CHIP_AGE_EM}px`) + gap;
    return fitChips(
      alarms.map(({ bay, alarm }) => {
        const around = padding + symbol + textWidth(nameOf(bay), bold) + gap + age + SAFETY_PX;
        const words = alarmWords(alarm, bay.facts.value);
        return {
          priority: alarm.priority,
          whole: around + textWidth(words.text, `600 ${print}px`),
          brief: around + textWidth(words.short, `600 ${print}px`),
          name: textWidth(`${nameOf(bay)} · `, bold),
        };
      }),
      {
        width,
        gap: print * CHIP_MARGIN_EM,
        count: padding + symbol + textWidth("+00", bold) + SAFETY_PX,
        list: padding + symbol + SAFETY_PX,
      },
    );
  }, [alarms, nameOf, width, print, textWidth]);
}

// As in wall.css.
const CHIP_PADDING_EM = 0.6;
const CHIP_GAP_EM = 0.42;
const CHIP_MARGIN_EM = 0.42;
const CHIP_AGE_EM = 0.82;
const SAFETY_PX = 4;
