/**
 * The readings of the benchmark: 1 Hz for each bay, a cuff measurement every five minutes, now and then a desaturation
 * that alarms. A pure function of bay and second, so that every run and every baseline gets the same.
 */

export interface FeedValues {
  hr: number;
  spo2: number;
  rr: number;
  sbp?: number;
  dbp?: number;
  map?: number;
}

/**
 * `clinic`: as patients are. `numbered`: HR counts through a cycle, so that a number on a screen tells which reading it
 * is; no alarms. `alarming`: the same, and every so often the cuff of each of the first `bays` is above its limit, for a
 * second.
 */
export type Feed =
  | { readonly kind: "clinic" }
  | { readonly kind: "numbered" }
  | { readonly kind: "alarming"; readonly everyS: number; readonly bays: number };

export const CUFF_EVERY_S = 300;
/** Each bay alarms once in this time, for 25 s: far more than a patient would. */
const DESATURATION_EVERY_S = 600;
const DESATURATION_LASTS_S = 40;

export const CLINIC: Feed = { kind: "clinic" };

export function feedValues(feed: Feed, bay: number, second: number): FeedValues {
  const values = feed.kind === "clinic" ? patientValues(bay, second) : { hr: numberedHr(second), spo2: 97, rr: 14 };
  if (feed.kind === "alarming" && bay <= feed.bays) return { ...values, ...alarmingCuff(bay, second, feed.everyS) };
  return secondsSinceCuff(bay, second) === 0 ? { ...values, ...cuffValues(bay, second) } : values;
}

function patientValues(bay: number, second: number): FeedValues {
  const phase = bay * 1.7;
  const desaturates = (second + bay * 37) % DESATURATION_EVERY_S < DESATURATION_LASTS_S;
  return {
    hr: Math.round(74 + (bay % 11) + 4 * Math.sin(second / 17 + phase) + 2 * Math.sin(second / 3.3 + phase)),
    spo2: desaturates ? 91 : Math.round(97 + Math.sin(second / 23 + phase)),
    rr: Math.round(14 + 1.6 * Math.sin(second / 11 + phase)),
  };
}

/** The bays measure in turn, not all at once. */
export const secondsSinceCuff = (bay: number, second: number): number => (second + bay * 53) % CUFF_EVERY_S;

export function cuffValues(bay: number, second: number): Required<Pick<FeedValues, "sbp" | "dbp" | "map">> {
  const swing = Math.sin(second / 400 + bay * 1.7);
  const sbp = Math.round(126 + 9 * swing);
  const dbp = Math.round(79 + 5 * swing);
  return { sbp, dbp, map: Math.round((sbp + 2 * dbp) / 3) };
}

/** No number comes twice in this time; all lie within the limits. */
export const NUMBERED_CYCLE_S = 30;
const numberedHr = (second: number): number => 60 + (second % NUMBERED_CYCLE_S);

/** Above the warning limit of 165 and the baseline's of 166.4, below the critical one of 180; none twice in a row. */
export const LEAST_ALARMING_SBP = 168;

function alarmingCuff(bay: number, second: number, everyS: number): Partial<FeedValues> {
  const turn = (second + bay) % everyS;
  if (turn === 0) return { sbp: LEAST_ALARMING_SBP + (Math.floor((second + bay) / everyS) % 11), dbp: 80, map: 110 };
  return turn === 1 ? { sbp: 130, dbp: 80, map: 97 } : {};
}
