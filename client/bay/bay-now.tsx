import type { BoardRow } from "@vigil/shared/board";
import type { Phase } from "@vigil/shared/session";
import { VITAL_FACTS, type Vital } from "@vigil/shared/vitals";
import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { LiveBay } from "../live/index.ts";
import { BellOff } from "../ui/icons.tsx";
import { withinLimits } from "../ui/within-limits.ts";
import { wallLayout } from "../wall/layout.ts";
import { Ring } from "../wall/ring.tsx";
import { tileAlarms } from "../wall/tile-alarms.ts";
import { TrendSheet } from "../wall/trend-sheet.tsx";
import { setData, setText, usePaint } from "../wall/use-paint.ts";
import { continuousView, cuffView } from "../wall/vital-view.ts";
import "./bay-now.css";

interface BayNowProps {
  readonly bay: LiveBay;
  readonly facts: BoardRow;
  readonly phase: Phase;
}

/** How the bay is now: the facts of its tile on the wall, large. */
export function BayNow({ bay, facts, phase }: BayNowProps) {
  const { hits } = tileAlarms(facts);
  return (
    <section className="bay-now" aria-label="Now">
      <div className="bay-ring">
        <Ring bay={bay} phase={phase} density="roomy" />
      </div>
      {facts.monitor === "never" ? (
        <p className="bay-no-monitor">No monitor has been heard in this session.</p>
      ) : (
        <>
          <dl className="signs">
            <Continuous vital="hr" bay={bay} facts={facts} hits={hits} />
            <Continuous vital="spo2" bay={bay} facts={facts} hits={hits} />
            <Continuous vital="rr" bay={bay} facts={facts} hits={hits} />
            <Cuff bay={bay} facts={facts} hits={hits} />
          </dl>
          <Trend bay={bay} />
        </>
      )}
    </section>
  );
}

interface SignProps {
  readonly bay: LiveBay;
  readonly facts: BoardRow;
  readonly hits: ReturnType<typeof tileAlarms>["hits"];
}

function Continuous({ vital, bay, facts, hits }: SignProps & { readonly vital: "hr" | "spo2" | "rr" }) {
  const box = useRef<HTMLDivElement>(null);
  const value = useRef<HTMLElement>(null);
  const age = useRef<HTMLElement>(null);
  usePaint(bay, (row, { now }) => {
    const view = continuousView(row, vital, now);
    setText(value.current, view.text);
    setText(age.current, view.age === "" ? "" : `${view.age} ago`);
    setData(box.current, "freshness", view.freshness);
  });
  const hit = hits.get(vital);
  const { label, unit } = VITAL_FACTS[vital];
  return (
    <div className="sign" ref={box} data-sign={vital} data-priority={hit?.priority} data-look={hit?.look}>
      <dt>
        {label} <small>{unit}</small> <Limits facts={facts} vital={vital} />
        {facts.alarmsOff.includes(vital) && <BellOff label={`${label} alarms off`} />}
      </dt>
      <dd>
        <b className="sign-value" ref={value} /> <small ref={age} />
      </dd>
    </div>
  );
}

function Cuff({ bay, facts, hits }: SignProps) {
  const box = useRef<HTMLDivElement>(null);
  const sbp = useRef<HTMLElement>(null);
  const dbp = useRef<HTMLElement>(null);
  const rest = useRef<HTMLElement>(null);
  usePaint(bay, (row, { now }) => {
    const view = cuffView(row, now);
    setText(sbp.current, view.sbp.text);
    setText(dbp.current, view.dbp.text);
    setData(sbp.current, "freshness", view.sbp.freshness);
    setData(dbp.current, "freshness", view.dbp.freshness);
    setText(rest.current, cuffText(view, row.vitals.map.value));
    setData(box.current, "freshness", view.freshness);
  });
  const off = (["sbp", "dbp", "map"] as const).filter((vital) => facts.alarmsOff.includes(vital));
  const part = (vital: Vital) => ({ "data-priority": hits.get(vital)?.priority, "data-look": hits.get(vital)?.look });
  return (
    <div className="sign" ref={box} data-sign="bp">
      <dt>
        BP <small>mmHg</small> <Limits facts={facts} vital="sbp" />
        {off.length > 0 && <BellOff label={`${off.map((vital) => VITAL_FACTS[vital].label).join(", ")} alarms off`} />}
      </dt>
      <dd>
        <b className="sign-value">
          <span ref={sbp} {...part("sbp")} />/<span ref={dbp} {...part("dbp")} />
        </b>{" "}
        <small ref={rest} />
      </dd>
    </div>
  );
}

function cuffText(view: ReturnType<typeof cuffView>, map: number | null): string {
  const ago = view.ago === "" ? "not measured" : view.ago === "now" ? "now" : `${view.ago} ago`;
  const next = view.next === "" ? "" : view.next === "due" ? "cuff due" : `next ${view.next}`;
  const mean = view.freshness === "none" || map === null ? "" : `MAP ${Math.round(map)}`;
  return [mean, ago, next].filter(Boolean).join(" · ");
}

/** The warning limits of this session: "50–120". */
function Limits({ facts, vital }: { readonly facts: BoardRow; readonly vital: Vital }) {
  const { low, high } = withinLimits(facts.vitals[vital]);
  if (low === null && high === null) return null;
  const text = low === null ? `≤ ${high}` : high === null ? `≥ ${low}` : `${low}–${high}`;
  return (
    <small className="sign-limits">
      <span className="unseen">warning limits </span>
      {text}
    </small>
  );
}

const TREND_HEIGHT = 118;

function Trend({ bay }: Pick<SignProps, "bay">) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const layout = useMemo(() => {
    const tile = { width, height: TREND_HEIGHT };
    return { ...wallLayout(1, { width: 1280, height: 800 }), tile, unit: 0, trend: TREND_HEIGHT };
  }, [width]);
  return (
    <figure className="bay-trend">
      <div ref={box}>{width > 0 && <TrendSheet bays={[bay]} layout={layout} />}</div>
      <figcaption>HR, SpO₂ and cuff pressures of the last 15 minutes</figcaption>
    </figure>
  );
}

function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measured = element.current;
    if (measured === null || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => setWidth(Math.round(measured.clientWidth)));
    observer.observe(measured);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
