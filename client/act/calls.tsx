import { Link } from "@tanstack/react-router";
import type { EscalationNotice } from "@vigil/shared/wire";
import { useEffect, useRef } from "react";
import type { BayAlarm } from "../live/index.ts";
import { ageText } from "../ui/clock-text.ts";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import { useValue } from "../ui/use-value.ts";
import { useLive } from "../wall/live-context.ts";
import { setText, usePaintSecond } from "../wall/use-paint.ts";
import type { Call } from "./act-socket.ts";
import { useActing } from "./acting.ts";
import { causeText, keyOf, placeOf } from "./alarm-facts.ts";
import { NoteLine } from "./note-line.tsx";

/** For whom this screen stands, to be switched. */
export function AttendsAs() {
  const { attendance } = useActing();
  const targets = useValue(attendance.targets);
  const known = useValue(attendance.known);
  return (
    <fieldset className="attends">
      <legend>Attends as</legend>
      {known.map((target) => (
        <label key={target} className="choice">
          <input
            type="checkbox"
            checked={targets?.includes(target) ?? false}
            onChange={(event) => attendance.set(target, event.target.checked)}
          />
          {target}
        </label>
      ))}
    </fieldset>
  );
}

/** Alarms that were brought here because nobody acknowledged them. Each stays until somebody does or it ends. */
export function Calls() {
  const { attendance } = useActing();
  const live = useLive();
  const { alarms } = useValue(live.summary);
  const link = useValue(live.link);
  const calls = useValue(attendance.calls);
  const find = ({ bay, alarm }: EscalationNotice) =>
    alarms.find((one) => one.bay.id === bay && one.alarm.id === alarm && !one.alarm.acknowledged);
  useEffect(() => {
    if (link.state !== "live") return;
    const isOver = ({ bay, alarm }: EscalationNotice): boolean =>
      !alarms.some(
        (one) =>
          one.bay.id === bay && one.alarm.id === alarm && !one.alarm.acknowledged && one.alarm.condition !== "gone",
      );
    attendance.drop(isOver);
  }, [alarms, attendance, link.state]);
  const groups = Map.groupBy(calls, ({ notice }) => `${notice.bay} ${notice.alarm}`);
  return [...groups].map(([key, some]) => <CallBand key={key} calls={some} one={some[0] && find(some[0].notice)} />);
}

interface CallBandProps {
  readonly calls: readonly Call[];
  readonly one: BayAlarm | undefined;
}

function CallBand({ calls, one }: CallBandProps) {
  const { desk } = useActing();
  const age = useRef<HTMLElement>(null);
  useShown(calls);
  usePaintSecond(({ now }) => {
    if (one !== undefined) setText(age.current, ageText(now - one.alarm.callsSince));
  });
  const notice = calls[0]?.notice;
  if (notice === undefined) return null;
  const place = placeOf("call", `${notice.bay} ${notice.alarm}`);
  const name = one?.bay.name ?? notice.bay;
  return (
    <section className="call-band" role="alert" aria-label={`Call, bay ${name}`} data-priority={notice.priority}>
      <b className="call-sign">{PRIORITY_SYMBOL[notice.priority]}</b>
      <p>
        <b>{capital(calls.map((call) => call.notice.target).join(" and "))} called</b>: bay {name}
        {one !== undefined && (
          <>
            , {causeText(one.alarm, one.bay.facts.value)}. Nobody has acknowledged it for{" "}
            <span ref={age} aria-live="off" />.
          </>
        )}
      </p>
      <div className="call-acts">
        <Link className="act" to="/bays/$bay" params={{ bay: notice.bay }}>
          Bay {name}
        </Link>
        <button
          type="button"
          className="act act-main"
          onClick={() => void desk.act(place, notice.bay, { type: "acknowledge-alarm", alarm: notice.alarm })}
        >
          Acknowledge
          {one !== undefined && <span className="unseen">: call of {keyOf(one)}</span>}
        </button>
      </div>
      <NoteLine place={place} />
    </section>
  );
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Tells the server that a call is shown, once it is: not while the page is hidden behind another. */
function useShown(calls: readonly Call[]): void {
  const told = useRef(new Set<Call>());
  useEffect(() => {
    const tell = () => {
      if (document.visibilityState !== "visible") return;
      for (const call of calls) {
        if (told.current.has(call)) continue;
        told.current.add(call);
        call.shown();
      }
    };
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [calls]);
}
