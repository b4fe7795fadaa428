/** The figures of a period and of the one before, as texts: on the page and on paper they are the same. */
import type { BENCHMARKS, DEFINITIONS, Measures } from "@vigil/shared/measures";
import { spanText } from "./alert-words.ts";
import { countText, figure, percent } from "./measures-words.ts";

export interface MeasureFigure {
  readonly of: keyof typeof DEFINITIONS;
  readonly now: string;
  readonly before: string;
  readonly more?: string;
  readonly benchmark?: keyof typeof BENCHMARKS;
}

export function figuresOf(now: Measures, before: Measures): readonly MeasureFigure[] {
  const row = <N extends number | null>(
    of: MeasureFigure["of"],
    take: (measures: Measures) => N,
    text: (value: NonNullable<N>) => string,
    more?: Pick<MeasureFigure, "more" | "benchmark">,
  ): MeasureFigure => {
    const told = (value: N) => (value === null ? "–" : text(value));
    return { of, now: told(take(now)), before: told(take(before)), ...more };
  };
  const marked = ({ yes, no }: Measures["marks"]) => (yes + no === 0 ? null : no / (yes + no));
  return [
    row("perBayDay", (m) => m.perBayDay, figure, { benchmark: "perBayDay" }),
    row("perSessionHour", (m) => m.perSessionHour, figure),
    row("acknowledged", (m) => m.acknowledgedHigh.medianMs, spanText, {
      more: `high alarms, median; 90 % within ${spanText(now.acknowledgedHigh.p90Ms)}`,
    }),
    row("overTarget", (m) => m.overTarget, percent, {
      more: `${countText(now.neverAnswered)} answered by nobody`,
    }),
    row("selfCleared", (m) => (m.count === 0 ? null : m.selfCleared / m.count), percent),
    row("actionable", (m) => marked(m.marks), percent, {
      more: `${countText(now.marks.yes + now.marks.no)} of ${countText(now.count)} marked`,
      benchmark: "notActionable",
    }),
    row("floods", (m) => m.floods.length, countText),
    row("chattering", (m) => m.chattering, countText),
    row("standing", (m) => m.standing, countText),
    row("duration", (m) => m.duration.medianMs, spanText, {
      more: `median; 90 % within ${spanText(now.duration.p90Ms)}`,
    }),
    row("paused", (m) => m.pausedMs, spanText),
    row("edits", (m) => m.limitEdits + m.alarmsOff, countText, {
      more: `${now.limitEdits} limits, ${now.alarmsOff} switched off`,
    }),
    row("downtime", (m) => m.monitorSilentMs, spanText),
  ];
}
