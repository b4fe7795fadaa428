import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import type { BayAlarm } from "../live/index.ts";
import { useValue } from "../ui/use-value.ts";
import { useLive } from "../wall/live-context.ts";
import { useActing } from "./acting.ts";
import { alarmOfPlace, causeText, inOrder, keyOf, placeOf } from "./alarm-facts.ts";
import { AlarmRow } from "./alarm-row.tsx";
import { KeysHelp } from "./keys-help.tsx";
import { NoteLine } from "./note-line.tsx";
import { PAUSE_S } from "./pause-button.tsx";
import "./act.css";
import "./alarm-list.css";

interface AlarmListProps {
  readonly alarms: readonly BayAlarm[];
  /** What stands there when there are none. */
  readonly none: string;
}

/** Alarms to act on, by touch and by keyboard. Keys act on the row that has the focus and on no other. */
export function AlarmList({ alarms: given, none }: AlarmListProps) {
  const alarms = inOrder(given);
  const { desk } = useActing();
  const link = useValue(useLive().link);
  const navigate = useNavigate();
  const list = useRef<HTMLElement>(null);
  const [entry, setEntry] = useState<string | null>(null);
  const [help, setHelp] = useState(false);
  /** Where the row that was last entered stands, or stood before it went. */
  const place = useRef(0);
  const keys = alarms.map(keyOf);
  const index = entry === null ? -1 : keys.indexOf(entry);

  useLayoutEffect(() => {
    if (index >= 0) {
      place.current = index;
      return;
    }
    if (entry === null) return;
    setEntry(null);
    // The row is gone, and with it the focus. It goes to no other alarm: a key meant for this one must not act on that.
    if (document.activeElement === document.body) list.current?.focus();
  }, [index, entry]);

  const focusRow = (at: number): void => {
    const rows = list.current?.querySelectorAll<HTMLElement>(".alarm-row");
    rows?.[Math.max(0, Math.min(rows.length - 1, at))]?.focus();
  };

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!(event.target instanceof Element) || event.target.closest("dialog, input, select, textarea")) return;
    const focused = event.target.closest<HTMLElement>(".alarm-row")?.dataset.key;
    const one = alarms.find((each) => keyOf(each) === focused);
    const step = STEPS[event.key];
    if (event.key === "?") setHelp(true);
    else if (step !== undefined) {
      if (one !== undefined) focusRow(keys.indexOf(keyOf(one)) + step);
      else focusRow(step > 0 ? place.current : place.current - 1);
    } else if (one === undefined || event.repeat || !press(event, one)) return;
    event.preventDefault();
  });

  function press({ key, target }: KeyboardEvent, one: BayAlarm): boolean {
    const { bay, alarm } = one;
    // On a button or a link, Enter is the button's.
    if (key === "Enter" && target instanceof Element && target.closest("button, a")) return false;
    switch (key) {
      case "Enter":
      case "a":
        void desk.act(placeOf("row", keyOf(one)), bay.id, { type: "acknowledge-alarm", alarm: alarm.id });
        return true;
      case "p": {
        const isPaused = bay.facts.value.audioPausedUntil !== null;
        void desk.act(
          placeOf("row", keyOf(one)),
          bay.id,
          isPaused ? { type: "resume-audio" } : { type: "pause-audio", seconds: PAUSE_S },
        );
        return true;
      }
      case "r":
        void navigate({
          to: "/runbook/$alarm",
          params: { alarm: alarm.id },
          search: { from: window.location.pathname },
        });
        return true;
      default:
        return false;
    }
  }

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);

  return (
    <section className="alarm-list" ref={list} tabIndex={-1} aria-label="Alarms">
      <header className="list-head">
        <h2>
          {link.state === "lost" ? "Alarms when last heard" : "Alarms now"}{" "}
          <span className="list-count">{alarms.length}</span>
        </h2>
        <button type="button" className="act act-quiet" onClick={() => setHelp(true)}>
          Keys <kbd>?</kbd>
        </button>
      </header>
      <OrphanNotes />
      {alarms.length === 0 ? (
        <p className="list-none">{none}</p>
      ) : (
        <ul>
          {alarms.map((one, at) => (
            <li key={keyOf(one)}>
              <AlarmRow one={one} isEntry={at === Math.max(0, index)} onEnter={setEntry} />
            </li>
          ))}
        </ul>
      )}
      <Newcomers alarms={alarms} />
      {help && <KeysHelp onClose={() => setHelp(false)} />}
    </section>
  );
}

const STEPS: { readonly [key: string]: number | undefined } = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** What was said of an alarm that stands no more: still said, above the list. */
function OrphanNotes() {
  const { desk } = useActing();
  const notes = useValue(desk.notes);
  const { alarms } = useValue(useLive().summary);
  const standing = new Set(alarms.map(keyOf));
  return [...notes].map(([place, { bay }]) => {
    const key = alarmOfPlace(place);
    return key === null || standing.has(key) ? null : <NoteLine key={place} place={place} before={`Bay ${bay}: `} />;
  });
}

/** For those who do not see the list: what calls anew, said once. */
function Newcomers({ alarms }: { readonly alarms: readonly BayAlarm[] }) {
  const [said, setSaid] = useState({ high: "", other: "" });
  const known = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const waiting = alarms.filter(({ alarm }) => !alarm.acknowledged);
    const callOf = (one: BayAlarm): string => `${keyOf(one)} ${one.alarm.callsSince}`;
    const fresh = waiting.filter((one) => !known.current.has(callOf(one)));
    known.current = new Set(waiting.map(callOf));
    if (fresh.length === 0) return;
    const say = (isHigh: boolean): string =>
      fresh
        .filter(({ alarm }) => (alarm.priority === "high") === isHigh)
        .map(({ bay, alarm }) => `${alarm.priority} alarm, bay ${bay.name}: ${causeText(alarm, bay.facts.value)}`)
        .join("; ");
    setSaid({ high: say(true), other: say(false) });
  }, [alarms]);
  return (
    <>
      <p className="unseen" aria-live="assertive">
        {said.high}
      </p>
      <p className="unseen" aria-live="polite">
        {said.other}
      </p>
    </>
  );
}
