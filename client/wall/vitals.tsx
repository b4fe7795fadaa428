import type { BoardRow } from "@vigil/shared/board";
import { VITAL_FACTS, type Vital } from "@vigil/shared/vitals";
import { useRef } from "react";
import type { LiveBay } from "../live/index.ts";
import { ageText } from "../ui/clock-text.ts";
import { BellOff } from "../ui/icons.tsx";
import type { Density } from "./layout.ts";
import type { TileAlarms } from "./tile-alarms.ts";
import { setData, setText, usePaint, usePaintSecond } from "./use-paint.ts";
import { continuousView, cuffView } from "./vital-view.ts";
import "./vitals.css";

interface VitalsProps {
  readonly bay: LiveBay;
  readonly facts: BoardRow;
  readonly hits: TileAlarms["hits"];
  readonly density: Density;
}

export function Vitals(props: VitalsProps) {
  return (
    <dl className="vitals">
      <Continuous vital="hr" {...props} />
      <Continuous vital="spo2" {...props} />
      <Cuff {...props} />
    </dl>
  );
}

/** On the trend, which ends without saying why. */
export function MonitorSilent({ bay }: { readonly bay: LiveBay }) {
  const age = useRef<HTMLElement>(null);
  usePaintSecond(({ now }) => {
    const { lastMessageAt } = bay.row.value;
    setText(age.current, lastMessageAt === null ? "" : ageText(now - lastMessageAt));
  }, bay);
  return (
    <p className="monitor-silent">
      monitor silent <span ref={age} />
    </p>
  );
}

function Continuous({ vital, bay, facts, hits, density }: VitalsProps & { readonly vital: "hr" | "spo2" }) {
  const box = useRef<HTMLDivElement>(null);
  const value = useRef<HTMLElement>(null);
  const age = useRef<HTMLElement>(null);
  // Its limits change with a whole row alone, and so does the list of its alarms.
  const sees = (row: BoardRow) => [row.vitals[vital].value, row.alarms];
  usePaint(
    bay,
    (row, { now }) => {
      const view = continuousView(row, vital, now);
      setText(value.current, view.text);
      setText(age.current, view.age === "" ? "" : density !== "roomy" ? view.age : `${view.age} ago`);
      setData(box.current, "freshness", view.freshness);
      return view.until;
    },
    sees,
  );
  const hit = hits.get(vital);
  const { label, unit } = VITAL_FACTS[vital];
  return (
    <div className="vital" ref={box} data-vital={vital} data-priority={hit?.priority} data-look={hit?.look}>
      <dt>
        {label}
        {facts.alarmsOff.includes(vital) && <BellOff label={`${label} alarms off`} />}
        <small className="unit">{unit}</small>
        <small className="age" ref={age} />
      </dt>
      <dd>
        <b className="figure" ref={value} />
      </dd>
    </div>
  );
}

const seesCuff = ({ vitals: { sbp, dbp }, alarms }: BoardRow) => [sbp, dbp, alarms];

function Cuff({ bay, facts, hits, density }: VitalsProps) {
  const box = useRef<HTMLDivElement>(null);
  const sbp = useRef<HTMLElement>(null);
  const dbp = useRef<HTMLElement>(null);
  const meta = useRef<HTMLElement>(null);
  usePaint(
    bay,
    (row, { now }) => {
      const view = cuffView(row, now);
      setText(sbp.current, view.sbp.text);
      setText(dbp.current, view.dbp.text);
      setData(sbp.current, "freshness", view.sbp.freshness);
      setData(dbp.current, "freshness", view.dbp.freshness);
      setText(meta.current, cuffMeta(view, density));
      setData(box.current, "freshness", view.freshness);
      return view.until;
    },
    seesCuff,
  );
  const part = (vital: Vital) => ({ "data-priority": hits.get(vital)?.priority, "data-look": hits.get(vital)?.look });
  const off = (["sbp", "dbp", "map"] as const).filter((vital) => facts.alarmsOff.includes(vital));
  return (
    <div className="vital" ref={box} data-vital="bp">
      <dt>
        BP
        {off.length > 0 && <BellOff label={`${off.map((vital) => VITAL_FACTS[vital].label).join(", ")} alarms off`} />}
        <small className="cuff-meta" ref={meta} />
      </dt>
      <dd>
        <span className="figure">
          <b ref={sbp} {...part("sbp")} />
          <i>/</i>
          <b ref={dbp} {...part("dbp")} />
        </span>
      </dd>
    </div>
  );
}

/** "4 min ago · next 6 min"; where room is scarce "4 min · next 6 min", or "4 min" and, once the next is due, "4 min · due". */
function cuffMeta({ ago, next }: { readonly ago: string; readonly next: string }, density: Density): string {
  const age = ago === "" ? "not measured" : density !== "roomy" || ago === "now" ? ago : `${ago} ago`;
  if (density === "sparse") return next === "due" ? `${age} · due` : age;
  if (next === "") return age;
  return `${age} · ${next === "due" ? "cuff due" : `next ${next}`}`;
}
