/** An observation as it is being entered, and what is wrong with it in words. Pure. */
import type { AtMs } from "@vigil/shared/ids";
import { type DischargeScore, type Observation, observationSchema } from "@vigil/shared/session";
import { VITAL_FACTS } from "@vigil/shared/vitals";
import type { ZoneText } from "../../ui/zone-text.ts";
import { lateTimeOf } from "../session/late-time.ts";
import { CADSS6_ITEMS, SCORE_ITEMS } from "./scales.ts";

export const HAND_FIELDS = [
  { key: "hr", label: "HR", unit: "/min", ...VITAL_FACTS.hr.plausible },
  { key: "spo2", label: "SpO₂", unit: "%", ...VITAL_FACTS.spo2.plausible },
  { key: "rr", label: "RR", unit: "/min", ...VITAL_FACTS.rr.plausible },
  { key: "sbp", label: "Systolic", unit: "mmHg", ...VITAL_FACTS.sbp.plausible },
  { key: "dbp", label: "Diastolic", unit: "mmHg", ...VITAL_FACTS.dbp.plausible },
  { key: "tempC", label: "Temperature", unit: "°C", min: 25, max: 45 },
] as const;
type HandKey = (typeof HAND_FIELDS)[number]["key"];

/** Scales that are one press: `null` was not looked at. */
const ONE_PRESS = ["sedation", "dissociation", "nausea", "pain"] as const;
export type OnePress = (typeof ONE_PRESS)[number];

export interface ObservationDraft {
  readonly scales: { readonly [S in OnePress]: number | null };
  readonly oriented: boolean | null;
  readonly cadss6: readonly (number | null)[];
  readonly score: Readonly<Record<string, number>>;
  /** As typed. */
  readonly values: { readonly [K in HandKey]: string };
  readonly note: string;
  /** "14:05" of a late entry; empty: now. */
  readonly time: string;
}

export const NOTHING_SEEN: ObservationDraft = {
  scales: { sedation: null, dissociation: null, nausea: null, pain: null },
  oriented: null,
  cadss6: CADSS6_ITEMS.map(() => null),
  score: {},
  values: { hr: "", spo2: "", rr: "", sbp: "", dbp: "", tempC: "" },
  note: "",
  time: "",
};

export type DraftErrors = Partial<Record<HandKey | "cadss6" | "score" | "time" | "whole", string>>;
export type Checked =
  | { readonly ok: true; readonly observation: Observation; readonly effectiveAt: AtMs | undefined }
  | { readonly ok: false; readonly errors: DraftErrors };

export interface DraftFacts {
  readonly scale: DischargeScore["scale"];
  readonly openedAt: AtMs;
  readonly now: AtMs;
  readonly zone: ZoneText;
}

export function checkDraft(draft: ObservationDraft, facts: DraftFacts): Checked {
  const errors: DraftErrors = {};
  const found: Record<string, unknown> = {};
  for (const key of ONE_PRESS) if (draft.scales[key] !== null) found[key] = draft.scales[key];
  if (draft.oriented !== null) found.oriented = draft.oriented;
  if (draft.note.trim() !== "") found.note = draft.note.trim();
  const values = handValues(draft, errors);
  if (Object.keys(values).length > 0) found.values = values;
  const unanswered = draft.cadss6.indexOf(null);
  if (draft.cadss6.some((each) => each !== null)) {
    found.cadss6 = draft.cadss6;
    if (unanswered !== -1) errors.cadss6 = `“${CADSS6_ITEMS[unanswered]}” is not answered: all six, or none.`;
  }
  if (Object.keys(draft.score).length > 0) {
    found.score = { scale: facts.scale, ...draft.score };
    const open = SCORE_ITEMS[facts.scale].find(({ key }) => draft.score[key] === undefined);
    if (open !== undefined) errors.score = `“${open.label}” is not answered: all five, or none.`;
  }
  const effectiveAt = draft.time === "" ? undefined : lateInstant(draft.time, facts);
  if (effectiveAt === null) {
    errors.time = `Enter a time since the session was opened at ${facts.zone.time(facts.openedAt)} and before now.`;
  }
  if (Object.keys(found).length === 0 && Object.keys(errors).length === 0) {
    errors.whole = "Nothing is entered yet. Press what you saw.";
  }
  if (Object.keys(errors).length > 0 || effectiveAt === null) return { ok: false, errors };
  const parsed = observationSchema.safeParse(found);
  if (!parsed.success)
    return { ok: false, errors: { whole: parsed.error.issues.map(({ message }) => message).join(" ") } };
  return { ok: true, observation: parsed.data, effectiveAt };
}

function handValues({ values }: ObservationDraft, errors: DraftErrors): Partial<Record<HandKey, number>> {
  const found: Partial<Record<HandKey, number>> = {};
  for (const { key, label, unit, min, max } of HAND_FIELDS) {
    const typed = values[key].trim().replace(",", ".");
    if (typed === "") continue;
    const value = /^\d+(\.\d+)?$/.test(typed) ? Number(typed) : Number.NaN;
    if (value >= min && value <= max) found[key] = value;
    else errors[key] = `${label} is a number from ${min} to ${max} ${unit}.`;
  }
  const { sbp, dbp } = found;
  if (sbp !== undefined && dbp !== undefined && dbp >= sbp) errors.dbp = "Diastolic is not below systolic.";
  return found;
}

const MINUTE_MS = 60_000;

/** When it was seen, as typed; `null` when that is no time of this session, or still to come. */
export function lateInstant(time: string, facts: Omit<DraftFacts, "scale">): AtMs | null {
  const { openedAt, now } = facts;
  const at = lateTimeOf(time, facts);
  if (at === null || at > now) return null;
  if (at >= openedAt) return at;
  // A minute is as exact as a time is typed: the minute in which the session was opened lies within it.
  return at + MINUTE_MS > openedAt ? openedAt : null;
}
