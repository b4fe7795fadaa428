import { Link } from "@tanstack/react-router";
import { type FocusEvent, useLayoutEffect, useRef } from "react";
import type { BayAlarm } from "../live/index.ts";
import { alarmSince } from "../ui/alarm-text.ts";
import { ageText, timeOfDayText } from "../ui/clock-text.ts";
import { Check } from "../ui/icons.tsx";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import { useValue } from "../ui/use-value.ts";
import { useClinicZone } from "../wall/live-context.ts";
import { alarmLook } from "../wall/tile-alarms.ts";
import { setText, usePaint } from "../wall/use-paint.ts";
import { useActing, useBayDetail } from "./acting.ts";
import {
  causeText,
  conditionText,
  courseText,
  deliveryText,
  keyOf,
  placeOf,
  rowLabel,
  rungsOf,
  SOUND_TEXT,
} from "./alarm-facts.ts";
import { NoteLine } from "./note-line.tsx";
import { PauseButton } from "./pause-button.tsx";
import { RunbookLink } from "./runbook-link.tsx";

interface AlarmRowProps {
  readonly one: BayAlarm;
  /** The row that Tab enters the list by. */
  readonly isEntry: boolean;
  readonly onEnter: (key: string) => void;
}

/** One alarm: what it is, its four facts, and what one can do about it. */
export function AlarmRow({ one, isEntry, onEnter }: AlarmRowProps) {
  const { bay, alarm } = one;
  const { desk } = useActing();
  const key = keyOf(one);
  const place = placeOf("row", key);
  const waiting = useValue(desk.waiting).has(place);
  const facts = useValue(bay.facts);
  const detail = useBayDetail(bay, alarm.acknowledged || alarm.escalatedTo !== null);
  const by = (alarm.acknowledged && detail?.acknowledgements.find((each) => each.alarm === alarm.id)) || null;
  const rungs = rungsOf(alarm, detail);
  const row = useRef<HTMLElement>(null);
  const age = useRef<HTMLElement>(null);
  const course = useRef<HTMLElement>(null);
  const look = alarmLook(alarm);
  const zone = useClinicZone();
  usePaint(bay, (now, shown) => {
    setText(age.current, ageText(shown.now - alarmSince(alarm, now)));
    setText(course.current, courseText(alarm, now, shown.now));
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another look or priority, another flash begins
  useLayoutEffect(() => flashAsOne(row.current), [look, alarm.priority]);
  // Who has been reminded of it may answer once more.
  const isAnswered = alarm.acknowledged && alarm.remindedAt === null;
  return (
    <article
      className="alarm-row"
      ref={row}
      tabIndex={isEntry ? 0 : -1}
      aria-label={rowLabel(one, by?.name ?? null, rungs)}
      data-key={key}
      data-priority={alarm.priority}
      data-look={look}
      onFocus={(event: FocusEvent) => event.currentTarget.contains(event.target) && onEnter(key)}
    >
      <p className="alarm-sign">
        <b>{PRIORITY_SYMBOL[alarm.priority]}</b>
        <span>{alarm.priority}</span>
      </p>
      <Link className="alarm-bay" to="/bays/$bay" params={{ bay: bay.id }}>
        <span>Bay</span> <b>{bay.name}</b> {facts.initials}
      </Link>
      <div className="alarm-what">
        <b>{causeText(alarm, facts)}</b>
        <small ref={course} />
      </div>
      <p className="alarm-age">
        <span className="unseen">for </span>
        <span ref={age} />
      </p>
      <ul className="alarm-facts" aria-label="State">
        <li data-strong={alarm.condition !== "present"}>{conditionText(alarm)}</li>
        <li data-strong={!alarm.acknowledged}>
          {alarm.acknowledged ? (
            <>
              <Check label="acknowledged" /> {by === null ? "acknowledged" : `${by.name} ${timeOfDayText(by.at, zone)}`}
            </>
          ) : (
            "not acknowledged"
          )}
        </li>
        {alarm.remindedAt !== null && <li data-strong>still so at {timeOfDayText(alarm.remindedAt, zone)}</li>}
        <li data-strong={alarm.annunciation === "paused"}>{SOUND_TEXT[alarm.annunciation]}</li>
        {rungs.map((rung) => (
          <li key={rung.target} data-strong={rung.state === "failed"}>
            {deliveryText(rung)}
          </li>
        ))}
      </ul>
      <div className="alarm-acts">
        <RunbookLink alarm={alarm.id}>
          Runbook<span className="unseen">: {causeText(alarm, facts)}</span>
        </RunbookLink>
        <PauseButton bay={bay} place={place} />
        <button
          type="button"
          className="act act-acknowledge"
          data-done={isAnswered}
          aria-disabled={waiting}
          onClick={() => void desk.act(place, bay.id, { type: "acknowledge-alarm", alarm: alarm.id })}
        >
          {isAnswered ? (
            <>
              <Check /> Acknowledged
            </>
          ) : alarm.acknowledged ? (
            "Acknowledge again"
          ) : (
            "Acknowledge"
          )}
          <span className="unseen">
            : bay {bay.name} {causeText(alarm, facts)}
          </span>
        </button>
      </div>
      <NoteLine place={place} />
    </article>
  );
}

/** All begin with the page's own time, so that rows of a priority flash as one. */
function flashAsOne(row: HTMLElement | null): void {
  // Only browsers animate.
  for (const animation of row?.getAnimations?.({ subtree: true }) ?? []) animation.startTime = 0;
}
