/** What an OBX-3 of a monitor means. Codes: clinical.md, "HL7 v2 from monitors", and ISO/IEEE 11073-10101. */
import { VITALS, type Vital } from "@vigil/shared/vitals";

/** By reference id and number, the best source of a vital first: electrodes before the probe, the probe before the cuff. */
const SOURCES: { readonly [V in Vital]: readonly (readonly [id: string, number: string])[] } = {
  hr: [
    ["MDC_ECG_HEART_RATE", "147842"],
    ["MDC_ECG_CARD_BEAT_RATE", "147842"],
    ["MDC_PULS_OXIM_PULS_RATE", "149530"],
    ["MDC_PULS_RATE", "149514"],
    ["MDC_PULS_RATE_NON_INV", "149546"],
  ],
  spo2: [["MDC_PULS_OXIM_SAT_O2", "150456"]],
  rr: [
    ["MDC_RESP_RATE", "151562"],
    ["MDC_TTHOR_RESP_RATE", "151578"],
    ["MDC_CO2_RESP_RATE", "151594"],
  ],
  sbp: [
    ["MDC_PRESS_BLD_NONINV_SYS", "150021"],
    ["MDC_PRESS_CUFF_SYS", "150301"],
    ["MDC_PRESS_BLD_SYS", "150017"],
  ],
  dbp: [
    ["MDC_PRESS_BLD_NONINV_DIA", "150022"],
    ["MDC_PRESS_CUFF_DIA", "150302"],
    ["MDC_PRESS_BLD_DIA", "150018"],
  ],
  map: [
    ["MDC_PRESS_BLD_NONINV_MEAN", "150023"],
    ["MDC_PRESS_CUFF_MEAN", "150303"],
    ["MDC_PRESS_BLD_MEAN", "150019"],
  ],
};

export interface Source {
  readonly vital: Vital;
  /** 0 is the best. */
  readonly rank: number;
  /** Measured now and then; monitors repeat the last value in every message. */
  readonly isCuff: boolean;
}

const BY_ID = new Map<string, Source>();
const BY_NUMBER = new Map<string, Source>();
for (const vital of VITALS) {
  for (const [rank, [id, number]] of SOURCES[vital].entries()) {
    const isCuff = !["hr", "spo2", "rr"].includes(vital) || id === "MDC_PULS_RATE_NON_INV";
    const source = { vital, rank, isCuff };
    BY_ID.set(id, source);
    if (!BY_NUMBER.has(number)) BY_NUMBER.set(number, source);
  }
}

/** By the reference id first: vendors reuse numbers. `isByNumber`: the id beside it is not known. */
export function sourceOf(number: string, id: string): (Source & { readonly isByNumber: boolean }) | null {
  const byId = BY_ID.get(id);
  if (byId !== undefined) return { ...byId, isByNumber: false };
  const byNumber = BY_NUMBER.get(number);
  return byNumber === undefined ? null : { ...byNumber, isByNumber: id !== "" };
}
