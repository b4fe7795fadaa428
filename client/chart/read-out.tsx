/** What each lane says at the cursor. */
import { meanPressure, type SessionChart } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";
import { doseAt } from "@vigil/shared/session";
import { startTransition, useEffect, useState, useSyncExternalStore } from "react";
import { minutesText } from "../ui/clock-text.ts";
import { observationText } from "../ui/observation-text.ts";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import type { ZoneText } from "../ui/zone-text.ts";
import { pumpActs } from "./event-marks.tsx";
import { figureAt, type Lane, modelledNgPerMl } from "./lanes.ts";
import type { ViewStore } from "./view-store.ts";
import { episodeText } from "./words.ts";

/** Where the cursor is; one that a playhead moves, a moment later: what is read off there must not hold up what moves it. */
export function useCursorAt(store: ViewStore): AtMs {
  const own = useSyncExternalStore(store.subscribe, () => (store.isLed ? null : store.cursorAt));
  const [led, setLed] = useState(store.cursorAt);
  useEffect(() => {
    const follow = () => {
      if (store.isLed) startTransition(() => setLed(store.cursorAt));
    };
    follow();
    return store.subscribe(follow);
  }, [store]);
  return own ?? led;
}

interface Figure {
  readonly main: string;
  readonly beside: string;
}

const NOTHING: Figure = { main: "–", beside: "" };

export function LaneReadOut({
  lane,
  chart,
  detail,
  store,
  zone,
}: {
  readonly lane: Lane;
  readonly chart: SessionChart;
  readonly detail: SessionChart | null;
  readonly store: ViewStore;
  readonly zone: ZoneText;
}) {
  const at = useCursorAt(store);
  const { main, beside } = figureOf(lane, chart, detail, at, zone);
  return (
    <div className="read-out">
      <span className="lane-label">
        {lane.label} <small>{lane.unit}</small>
      </span>
      <strong className="lane-figure">{main}</strong>
      <span className="lane-beside">{beside}</span>
    </div>
  );
}

function figureOf(lane: Lane, chart: SessionChart, detail: SessionChart | null, at: AtMs, zone: ZoneText): Figure {
  switch (lane.id) {
    case "hr":
    case "spo2":
    case "rr": {
      const from = detail !== null && at >= detail.from && at <= detail.to ? detail : chart;
      const value = figureAt(from, lane.id, at);
      if (value !== null) return { main: String(Math.round(value)), beside: "" };
      const byHand = signBefore(chart, lane.id, at);
      if (byHand === null) return { main: "–", beside: "no value" };
      return { main: String(Math.round(byHand.value)), beside: `by hand ${zone.time(byHand.at)}` };
    }
    case "bp": {
      const cuff = cuffBefore(chart, at);
      if (cuff === undefined) return NOTHING;
      const pressure = (value: number | null) => (value === null ? "–" : String(Math.round(value)));
      const mean = meanPressure(cuff);
      const meanText = mean === null ? "" : `mean ${pressure(mean.value)}${mean.isEstimated ? " est." : ""} · `;
      const ago =
        at - cuff.at < 60_000 ? zone.time(cuff.at) : `${zone.time(cuff.at)}, ${minutesText(at - cuff.at)} before`;
      return {
        main: `${pressure(cuff.sbp)}/${pressure(cuff.dbp)}`,
        beside: `${meanText}${ago}${cuff.manual ? " · by hand" : ""}`,
      };
    }
    case "drug": {
      const dose = chart.dose === null || chart.infusion === null ? null : doseAt(chart.dose, at);
      if (dose === null) return NOTHING;
      const modelled = modelledNgPerMl(chart, at);
      return {
        main: `${dose.mg.toFixed(1)} mg`,
        beside: modelled === null ? "" : `model ${Math.round(modelled)} ng/mL`,
      };
    }
    case "events":
      return { main: "", beside: eventsAt(chart, at).join(" · ") };
  }
}

/** What was read off by hand last, while it is still news. */
function signBefore({ signs }: SessionChart, vital: "hr" | "spo2" | "rr", at: AtMs) {
  const sign = signs.findLast((one) => one.at <= at && at - one.at < BY_HAND_FOR_MS && one[vital] !== null);
  const value = sign?.[vital] ?? null;
  return sign === undefined || value === null ? null : { at: sign.at, value };
}

/** The usual time between two observations (clinical.md: every 15 min). */
const BY_HAND_FOR_MS = 15 * 60_000;

/** The last measurement not after the cursor, of the hour before it (clinical.md: removed after 1 h). */
const cuffBefore = ({ cuffs }: SessionChart, at: AtMs) =>
  cuffs.findLast((cuff) => cuff.at <= at && at - cuff.at < 3_600_000);

/** A mark is read out a little before and after it, or nobody could find it. */
const NEAR_MS = 30_000;

/** Everything that stands or happened there: what people did first, since it is gone a moment later. */
export function eventsAt(chart: SessionChart, at: AtMs): string[] {
  const near = <One extends { readonly at: AtMs }>(all: readonly One[]) =>
    all.filter((one) => Math.abs(one.at - at) <= NEAR_MS);
  const standing = chart.alarms.filter(({ raisedAt, clearedAt }) => raisedAt <= at && at <= (clearedAt ?? chart.at));
  return [
    ...near(pumpActs(chart)).map(({ text }) => text),
    ...near(chart.medication).map(({ what }) => what),
    ...near(chart.observations).map(({ observation }) => observationText(observation)),
    ...standing.map(episodeText),
  ];
}

/** Everything at the cursor in one sentence, for whoever does not see it. */
export function cursorText(
  lanes: readonly Lane[],
  chart: SessionChart,
  detail: SessionChart | null,
  at: AtMs,
  zone: ZoneText,
): string {
  const phase = chart.phases.findLast(({ from, to }) => from <= at && at <= (to ?? chart.at));
  const figures = lanes.flatMap((lane) => {
    const { main, beside } = figureOf(lane, chart, detail, at, zone);
    const said = [main, beside].filter((text) => text !== "").join(", ");
    return said === "" ? [] : [`${lane.label} ${said}`];
  });
  return [zone.second(at), phase === undefined ? "" : PHASE_TEXT[phase.phase], ...figures].filter(Boolean).join("; ");
}
