import { Fragment, useEffect, useMemo, useRef, useState } from "react";
import type { BayAlarm } from "../live/index.ts";
import { alarmSince, alarmWords } from "../ui/alarm-text.ts";
import { ageText } from "../ui/clock-text.ts";
import { PRIORITIES_IN_ORDER, PRIORITY_SYMBOL } from "../ui/priority.ts";
import { createTextWidth, type TextWidth } from "../ui/text-width.ts";
import { AlarmSign } from "./alarm-sign.tsx";
import { type BarItem, type BayCount, barItems } from "./bar-items.ts";
import { type ChipPlan, fitChips, namedBays } from "./chips.ts";
import { RunbookButton } from "./runbook-button.tsx";
import { alarmLook, callsNow } from "./tile-alarms.ts";
import { setText, usePaintSecond } from "./use-paint.ts";

interface AlarmBarProps {
  readonly alarms: readonly BayAlarm[];
  /** There are so many alarms that those below high priority are counted for each bay. */
  readonly isFlood: boolean;
  readonly nameOf: (bay: BayAlarm["bay"]) => string;
  /** Room for the chips, and the size of their print. */
  readonly width: number;
  readonly print: number;
}

/** The alarms of all bays, gravest first. What has no room is counted, but never a high one. */
export function AlarmBar({ alarms, isFlood, nameOf, width, print }: AlarmBarProps) {
  const items = useMemo(() => barItems(alarms, isFlood), [alarms, isFlood]);
  const plan = useChipPlan(items, isFlood, nameOf, width, print);
  const named = namedBays(items.slice(plan.whole, plan.whole + plan.named).map(withBay));
  return (
    <section className="alarm-bar" aria-label="Alarms now">
      {items.length === 0 ? (
        <p className="no-alarms">No alarms</p>
      ) : (
        <ul>
          {isFlood && <FloodMark />}
          {items
            .slice(0, plan.whole)
            .map((item) =>
              item.kind === "alarm" ? (
                <Chip key={`${item.bay.id} ${item.alarm.id}`} one={item} name={nameOf(item.bay)} brief={plan.brief} />
              ) : (
                <CountChip key={item.bay.id} count={item} name={nameOf(item.bay)} />
              ),
            )}
          <NamesChip bays={named.calling} look="flashing" isTight={plan.tight} nameOf={nameOf} />
          <NamesChip bays={named.seen} look="counted" isTight={plan.tight} nameOf={nameOf} />
          {PRIORITIES_IN_ORDER.filter((priority) => plan.more[priority] > 0).map((priority) => (
            <li className="chip" key={priority} data-priority={priority} data-look="counted">
              <b>{PRIORITY_SYMBOL[priority]}</b>
              <span>+{plan.more[priority]}</span>
              <span className="unseen">more of {priority} priority</span>
            </li>
          ))}
        </ul>
      )}
      <Announcement items={items} nameOf={nameOf} />
    </section>
  );
}

const withBay = (item: BarItem) => ({
  item,
  bay: String(item.bay.id),
  calls: item.kind === "alarm" ? callsNow(item.alarm) : item.waits,
});

interface NamesChipProps extends Pick<AlarmBarProps, "nameOf"> {
  readonly bays: readonly { readonly item: BarItem }[];
  /** `counted`: all of them were acknowledged, or are over. */
  readonly look: "flashing" | "counted";
  readonly isTight: boolean;
}

/** The bays of high alarms that have no chip of their own. */
function NamesChip({ bays, look, isTight, nameOf }: NamesChipProps) {
  if (bays.length === 0) return null;
  return (
    <li className="chip chip-names" data-priority="high" data-look={look} data-tight={isTight || undefined}>
      <b>{PRIORITY_SYMBOL.high}</b>
      <span>
        {bays.map(({ item }, at) => (
          <Fragment key={item.bay.id}>
            {at > 0 && " · "}
            <RunbookButton alarm={item.kind === "alarm" ? item.alarm.id : item.lead.id} bay={item.bay.id}>
              {nameOf(item.bay)}
            </RunbookButton>
          </Fragment>
        ))}
      </span>
    </li>
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
  usePaintSecond(({ now }) => {
    setText(age.current, ageText(now - alarmSince(alarm, bay.row.value)));
  });
  return (
    <li className="chip" data-priority={alarm.priority} data-look={alarmLook(alarm)}>
      <AlarmSign alarm={alarm} />
      <b className="chip-bay">{name}</b>
      <RunbookButton alarm={alarm.id} bay={bay.id}>
        {brief ? words.short : words.text}
      </RunbookButton>
      <small ref={age} />
    </li>
  );
}

function CountChip({
  count: { bay, priority, waits, counts, lead },
  name,
}: {
  readonly count: BayCount;
  readonly name: string;
}) {
  return (
    <li className="chip" data-priority={priority} data-look={waits ? "flashing" : "acknowledged"}>
      <RunbookButton className="chip-counts" alarm={lead.id} bay={bay.id}>
        <b className="chip-bay">{name}</b>
        {countsOf(counts).map(({ of, text }) => (
          <span key={of}>
            {text} <span className="unseen">of {of} priority</span>
          </span>
        ))}
      </RunbookButton>
    </li>
  );
}

/** Why bays are counted and not alarms named. */
function FloodMark() {
  return (
    <li className="chip flood-mark" title="More than 10 alarms in 10 minutes. Until there are fewer than 5.">
      {FLOOD_TEXT}
    </li>
  );
}

const FLOOD_TEXT = "Flood";

const countsOf = (counts: BayCount["counts"]) =>
  PRIORITIES_IN_ORDER.filter((of) => counts[of] > 0).map((of) => ({
    of,
    text: `${PRIORITY_SYMBOL[of]} ${counts[of]}`,
  }));

/** For those who hear the wall: what needs someone, said once when it changes. */
function Announcement({
  items,
  nameOf,
}: {
  readonly items: readonly BarItem[];
  readonly nameOf: AlarmBarProps["nameOf"];
}) {
  const waiting = items.filter((item) => (item.kind === "alarm" ? !item.alarm.acknowledged : item.waits));
  const isHigh = (item: BarItem) => item.kind === "alarm" && item.alarm.priority === "high";
  const say = (some: readonly BarItem[]) =>
    some
      .map((item) =>
        item.kind === "alarm"
          ? `${item.alarm.priority}, bay ${nameOf(item.bay)}: ${alarmWords(item.alarm, item.bay.facts.value).text}`
          : `bay ${nameOf(item.bay)}: ${item.counts.medium} medium, ${item.counts.low} low`,
      )
      .join("; ");
  return (
    <>
      <p className="unseen" aria-live="assertive">
        {say(waiting.filter(isHigh))}
      </p>
      <p className="unseen" aria-live="polite">
        {say(waiting.filter((item) => !isHigh(item)))}
      </p>
    </>
  );
}

function useChipPlan(
  items: readonly BarItem[],
  isFlood: boolean,
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
    const mark = 1.15 * print;
    return fitChips(
      items.map((item) => {
        const name = textWidth(nameOf(item.bay), bold);
        const { bay: id, calls } = withBay(item);
        if (item.kind === "count") {
          const texts = countsOf(item.counts).map(({ text }) => gap + textWidth(text, `600 ${print}px`));
          const width = padding + name + texts.reduce((sum, each) => sum + each, 0) + SAFETY_PX;
          return { priority: item.priority, bay: id, calls, counts: item.counts, whole: width, brief: width, name: 0 };
        }
        const { bay, alarm } = item;
        const marks = (alarm.acknowledged ? mark : 0) + (alarm.remindedAt === null ? 0 : mark);
        const around = padding + symbol + marks + name + gap + age + SAFETY_PX;
        const words = alarmWords(alarm, bay.facts.value);
        return {
          priority: alarm.priority,
          bay: id,
          calls,
          whole: around + textWidth(words.text, `600 ${print}px`),
          brief: around + textWidth(words.short, `600 ${print}px`),
          name: textWidth(`${nameOf(bay)} · `, bold),
        };
      }),
      {
        width: width - (isFlood ? textWidth(FLOOD_TEXT, bold) + padding + print * CHIP_MARGIN_EM + SAFETY_PX : 0),
        gap: print * CHIP_MARGIN_EM,
        count: padding + symbol + textWidth("+00", bold) + SAFETY_PX,
        list: padding + symbol + SAFETY_PX,
      },
    );
  }, [items, isFlood, nameOf, width, print, textWidth]);
}

// As in wall.css.
const CHIP_PADDING_EM = 0.6;
const CHIP_GAP_EM = 0.42;
const CHIP_MARGIN_EM = 0.42;
const CHIP_AGE_EM = 0.82;
const SAFETY_PX = 4;
