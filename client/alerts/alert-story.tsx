import { Link } from "@tanstack/react-router";
import { isAllowed } from "@vigil/shared/people";
import type { AlertStory } from "@vigil/shared/wire";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useActing } from "../act/index.ts";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import { useValue } from "../ui/use-value.ts";
import { type ZoneText, zoneText } from "../ui/zone-text.ts";
import { alertText, answeredText, MARK_TEXT, patientText, rungsText, spanText, stateText } from "./alert-words.ts";
import { askStory, sendMark } from "./alerts-api.ts";
import { StoryChart } from "./story-chart.tsx";

interface PanelProps {
  readonly id: string;
  /** Changes when something calls on the ward. */
  readonly calls: string;
  readonly onClose: () => void;
}

/** One alarm with all that happened to it, the readings around it, and who judged it. */
export function AlertStoryPanel({ id, calls, onClose }: PanelProps) {
  const [story, setStory] = useState<AlertStory | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what calls on the ward changes the story
  useEffect(() => {
    let left = false;
    askStory(id).then(
      (found) => left || setStory(found),
      (error: Error) => left || setRefused(error.message),
    );
    return () => {
      left = true;
    };
  }, [id, calls]);
  useEffect(() => panel.current?.focus(), []);
  return (
    <aside
      className="story"
      ref={panel}
      tabIndex={-1}
      aria-label="Story of the alarm"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !(event.target instanceof HTMLTextAreaElement)) onClose();
      }}
    >
      <button type="button" className="act act-quiet story-close" onClick={onClose}>
        Close <kbd>Esc</kbd>
      </button>
      {story === null ? <p>{refused ?? "Asking the server"}</p> : <Story story={story} onMarked={setStory} />}
    </aside>
  );
}

function Story({ story, onMarked }: { readonly story: AlertStory; readonly onMarked: (story: AlertStory) => void }) {
  const { alert, steps, marks, readings } = story;
  const times = zoneText(story.zone, alert.raisedAt, alert.over?.at ?? alert.raisedAt);
  return (
    <>
      <h2 data-priority={alert.priority}>
        <b className="alerts-sign">{PRIORITY_SYMBOL[alert.priority]}</b> {alertText(alert)}
      </h2>
      <p className="story-where">
        Bay {alert.bay} · {patientText(alert)} · {PHASE_TEXT[alert.phase]} ·{" "}
        <Link to="/sessions/$session" params={{ session: alert.session }}>
          session
        </Link>
      </p>
      <dl className="story-facts">
        <Fact term="Raised" text={`${times.date(alert.raisedAt)} ${times.second(alert.raisedAt)}`} />
        <Fact term="First beyond the limit" text={alert.delayMs === null ? "–" : `${spanText(alert.delayMs)} before`} />
        {alert.value !== null && (
          <Fact
            term="At onset, limit"
            text={`${number(alert.value)}, ${alert.limit === null ? "–" : number(alert.limit)}`}
          />
        )}
        {alert.extreme !== null && <Fact term="Worst" text={number(alert.extreme)} />}
        {alert.onsetPriority !== alert.priority && <Fact term="Priority at onset" text={alert.onsetPriority} />}
        <Fact term="Answered" text={answeredText(alert)} />
        <Fact term="Taken to" text={rungsText(alert)} />
        <Fact term="Sound paused" text={alert.pausedMs > 0 ? spanText(alert.pausedMs) : "no"} />
        <Fact term="Cleared" text={alert.clearedAt === null ? "no" : times.second(alert.clearedAt)} />
        <Fact term="Lasted" text={spanText(alert.durationMs)} />
        <Fact term="Ended" text={alert.over === null ? "no" : times.second(alert.over.at)} />
        <Fact term="State" text={stateText(alert)} />
        <Fact term="Nurse" text={alert.nurse} />
        <Fact term="Protocol" text={alert.protocol} />
      </dl>
      {readings.length > 0 && <StoryChart story={story} times={times} />}
      <h3>What happened</h3>
      <ol className="story-steps">
        {steps.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one instant may bring the same twice; the list only grows
          <li key={`${step.at} ${i}`}>
            <time dateTime={new Date(step.at).toISOString()}>{times.second(step.at)}</time>
            <span>
              {step.what}
              {step.value !== null && <b> {Math.round(step.value * 10) / 10}</b>}
            </span>
            <span>{step.who ?? ""}</span>
          </li>
        ))}
      </ol>
      <Marks marks={marks} times={times} />
      <MarkForm id={alert.id} onMarked={onMarked} />
    </>
  );
}

const number = (value: number): string => String(Math.round(value * 10) / 10);

function Fact({ term, text }: { readonly term: string; readonly text: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function Marks({ marks, times }: { readonly marks: AlertStory["marks"]; readonly times: ZoneText }) {
  if (marks.length === 0) return null;
  return (
    <>
      <h3>Marks</h3>
      <ol className="story-steps">
        {marks.map(({ at, by, actionable, why }) => (
          <li key={at}>
            <time dateTime={new Date(at).toISOString()}>{times.time(at)}</time>
            <span>
              {MARK_TEXT[actionable]}
              {why !== null && `: ${why}`}
            </span>
            <span>
              {by.name} ({by.role})
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function MarkForm({ id, onMarked }: { readonly id: number; readonly onMarked: (story: AlertStory) => void }) {
  const { who } = useActing();
  const person = useValue(who.person);
  const [refused, setRefused] = useState<string | null>(null);
  async function mark(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    const actionable = submitter?.getAttribute("value") === "yes" ? "yes" : "no";
    const why = String(new FormData(form).get("why") ?? "").trim();
    if ((await who.ask()) === null) {
      setRefused("Say who you are to mark an alarm.");
      return;
    }
    try {
      onMarked(await sendMark(id, { actionable, ...(why === "" ? {} : { why }) }));
      setRefused(null);
      form.reset();
    } catch (error) {
      setRefused(error instanceof Error ? error.message : "The mark was not kept.");
    }
  }
  // Who looks at the log for the sake of the machines judges nothing; at a station where nobody acts, the press asks who it is.
  if (person !== null && !isAllowed("POST /api/alerts/:id/mark", person.role)) return null;
  return (
    <form className="story-mark" onSubmit={(event) => void mark(event)}>
      <h3>Did it ask for something that was then done?</h3>
      <label htmlFor="mark-why">Why (may be left empty)</label>
      <textarea id="mark-why" name="why" maxLength={500} rows={2} />
      <div>
        <button type="submit" className="act" value="yes">
          Actionable
        </button>
        <button type="submit" className="act" value="no">
          Not actionable
        </button>
      </div>
      {refused !== null && (
        <p className="note" role="alert">
          {refused}
        </p>
      )}
    </form>
  );
}
