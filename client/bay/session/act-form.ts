/** What people do to a running session, as typed: which fields each act has, what is wrong, and what the server is told. */
import type { AtMs } from "@vigil/shared/ids";
import type { ActCommand } from "../../act/index.ts";
import { type FigureRule, figureOf } from "../form/figures.ts";
import { NO_BASELINE, readBaseline } from "../prepare/baseline-form.ts";

export const ACTS = [
  "start",
  "check",
  "baseline",
  "pause",
  "resume",
  "rate",
  "bolus",
  "medication",
  "extend",
  "end",
] as const;
export type ActKind = (typeof ACTS)[number];

/** The form of an act, as a page asks for it. */
export interface AskedAct {
  /** `null`: to be chosen. */
  readonly kind: ActKind | null;
  /** For an earlier time. */
  readonly late: boolean;
}
/** What has a form of its own: what is entered already is put right; the session ends without a discharge. */
export type Asked = AskedAct | "correct-time" | "correct-plan" | "correct-patient" | "abandon";

const FIGURES = {
  rateMlPerH: { label: "A rate", unit: "mL/h", most: 2_000 },
  bolusMg: { label: "A bolus", unit: "mg", most: 1_000 },
  dose: { label: "A dose", unit: "units", most: 100_000 },
  minutes: { label: "An extension", unit: "min", most: 24 * 60 },
  moreMg: { label: "An extension", unit: "mg", most: 1_000 },
  hr: { label: "A heart rate", unit: "/min", most: 250 },
  spo2: { label: "An SpO₂", unit: "%", most: 100 },
  sbp: { label: "A systolic pressure", unit: "mmHg", most: 260 },
  dbp: { label: "A diastolic pressure", unit: "mmHg", most: 180 },
} as const satisfies Record<string, FigureRule>;
type FigureName = keyof typeof FIGURES;
type WordName = "reason" | "name" | "unit" | "route" | "bag" | "check";

export type ActField = FigureName | WordName;
export type ActTexts = Readonly<Record<ActField, string>>;
export type ActErrors = { readonly [F in ActField]?: string };

/** From where an extension takes its drug. */
export const SAME_BAG = "the bag that hangs";
export const NEW_BAG = "a new bag, as full";

export const NOTHING_TYPED: ActTexts = {
  reason: "",
  rateMlPerH: "",
  bolusMg: "",
  name: "",
  dose: "",
  unit: "mg",
  route: "IV",
  minutes: "",
  moreMg: "",
  bag: SAME_BAG,
  check: "",
  ...NO_BASELINE,
};

/** In the order in which they are typed. */
export const FIELDS: { readonly [K in ActKind]: readonly ActField[] } = {
  start: [],
  check: ["check"],
  baseline: ["hr", "spo2", "sbp", "dbp"],
  pause: ["reason"],
  resume: [],
  rate: ["rateMlPerH"],
  bolus: ["bolusMg"],
  medication: ["name", "dose", "unit", "route"],
  extend: ["minutes", "moreMg", "bag"],
  end: ["reason"],
};

export const isFigure = (field: ActField): field is FigureName => field in FIGURES;

/** Typed for more drug: the plan's is only given over a longer time. */
export const SAME_DOSE = "same dose, more time";

/** What the pump gives in so many more minutes at its rate, as it is typed; "" when that cannot be told. */
export function mgInMinutes(minutes: string, rateMgPerMin: number | null): string {
  const read = figureOf(minutes, FIGURES.minutes);
  if (rateMgPerMin === null || read === null || "wrong" in read) return "";
  return String(Math.round(read.value * rateMgPerMin * 100) / 100);
}

const NEEDED: { readonly [F in ActField]: string } = {
  reason: "Say why, in a few words.",
  rateMlPerH: "How many mL/h?",
  bolusMg: "How many mg?",
  name: "Which medication?",
  dose: "How much?",
  unit: "In which unit?",
  route: "By which route?",
  minutes: "By how many minutes, or how many mg?",
  check: "What was confirmed?",
  hr: "Which heart rate?",
  spo2: "Which SpO₂?",
  sbp: "Which systolic pressure?",
  dbp: "Which diastolic pressure?",
  bag: `From “${SAME_BAG}”, or “${NEW_BAG}”?`,
  moreMg: `How many mg in that time? Or choose “${SAME_DOSE}”.`,
};

export type ActRead =
  | { readonly ok: true; readonly command: ActCommand }
  | { readonly ok: false; readonly errors: ActErrors };

/** @param effectiveAt when it was really done; `undefined`: now */
export function readAct(kind: ActKind, texts: ActTexts, effectiveAt: AtMs | undefined): ActRead {
  const errors: { -readonly [F in ActField]?: string } = {};
  const figure = (field: FigureName): number | undefined => {
    const read = figureOf(texts[field], FIGURES[field]);
    if (read !== null && "wrong" in read) errors[field] = read.wrong;
    return read !== null && "value" in read ? read.value : undefined;
  };
  const word = (field: WordName): string => {
    const text = texts[field].trim();
    if (text === "") errors[field] = NEEDED[field];
    return text;
  };
  const needed = (field: FigureName): number => {
    const value = figure(field);
    if (value === undefined) errors[field] ??= NEEDED[field];
    return value ?? 0;
  };
  const late = effectiveAt === undefined ? {} : { effectiveAt };
  const command = ((): ActCommand => {
    switch (kind) {
      case "start":
        return { type: "start-infusion", ...late };
      case "check":
        return { type: "confirm-check", check: word("check"), ...late };
      case "baseline": {
        const { values, errors: wrong } = readBaseline(texts);
        Object.assign(errors, wrong);
        return { type: "record-baseline", ...(values === null ? {} : { values }), ...late };
      }
      case "pause":
        return { type: "pause-infusion", reason: word("reason"), ...late };
      case "resume":
        return { type: "resume-infusion", ...late };
      case "rate":
        return { type: "change-rate", rateMlPerH: needed("rateMlPerH"), ...late };
      case "bolus":
        return { type: "give-medication", medication: { kind: "bolus", mg: needed("bolusMg") }, ...late };
      case "medication": {
        const given = { name: word("name"), dose: needed("dose"), unit: word("unit"), route: word("route") };
        return { type: "give-medication", medication: { kind: "other", ...given }, ...late };
      }
      case "extend": {
        const minutes = figure("minutes");
        const isSameDose = texts.moreMg.trim() === SAME_DOSE;
        const mg = isSameDose ? undefined : figure("moreMg");
        if (minutes === undefined && mg === undefined) errors.minutes ??= NEEDED.minutes;
        // The pump runs on: time without a word on the drug would leave what it gives out of the record.
        else if (mg === undefined && !isSameDose) errors.moreMg ??= NEEDED.moreMg;
        const bag = texts.bag.trim();
        if (bag !== SAME_BAG && bag !== NEW_BAG) errors.bag = NEEDED.bag;
        return {
          type: "extend-infusion",
          ...(minutes === undefined ? {} : { minutes }),
          ...(mg === undefined ? {} : { mg }),
          ...(bag === NEW_BAG ? { newBag: true } : {}),
          ...late,
        };
      }
      case "end": {
        // Whether a reason is owed is the protocol's word, which the server has.
        const reason = texts.reason.trim();
        return { type: "end-infusion", ...(reason === "" ? {} : { reason }), ...late };
      }
    }
  })();
  return Object.keys(errors).length === 0 ? { ok: true, command } : { ok: false, errors };
}
