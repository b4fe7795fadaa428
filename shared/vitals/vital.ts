/**
 * The catalogue of vitals. The order of VITALS is the order in which events of one step are given (alarms.md).
 * Plausible ranges are what a bedside monitor can report at all, not what is healthy: a value outside is refused at the
 * door as a wrong unit or a sentinel (−1, −100, 32767, …; clinical.md, HL7 section), never shown and never alarmed on.
 * Codes: ISO/IEEE 11073-10101 (MDC) and LOINC as listed in clinical.md.
 */
export const VITALS = ["hr", "spo2", "rr", "sbp", "dbp", "map"] as const;
export type Vital = (typeof VITALS)[number];

/** Continuous vitals arrive at the monitor's cadence; cuff vitals once a cuff cycle. */
export type Cadence = "continuous" | "cuff";

export interface VitalFacts {
  readonly label: string;
  readonly unit: "/min" | "%" | "mmHg";
  readonly cadence: Cadence;
  /** Inclusive bounds of what a monitor can report, in `unit`. */
  readonly plausible: { readonly min: number; readonly max: number };
  readonly mdc: number;
  readonly loinc: string;
}

export const VITAL_FACTS: { readonly [V in Vital]: VitalFacts } = {
  hr: {
    label: "HR",
    unit: "/min",
    cadence: "continuous",
    plausible: { min: 0, max: 350 },
    mdc: 147842,
    loinc: "8867-4",
  },
  spo2: {
    label: "SpO₂",
    unit: "%",
    cadence: "continuous",
    plausible: { min: 0, max: 100 },
    mdc: 150456,
    loinc: "2708-6",
  },
  rr: {
    label: "RR",
    unit: "/min",
    cadence: "continuous",
    plausible: { min: 0, max: 150 },
    mdc: 151562,
    loinc: "9279-1",
  },
  sbp: { label: "SBP", unit: "mmHg", cadence: "cuff", plausible: { min: 0, max: 350 }, mdc: 150021, loinc: "8480-6" },
  dbp: { label: "DBP", unit: "mmHg", cadence: "cuff", plausible: { min: 0, max: 300 }, mdc: 150022, loinc: "8462-4" },
  map: { label: "MAP", unit: "mmHg", cadence: "cuff", plausible: { min: 0, max: 320 }, mdc: 150023, loinc: "8478-0" },
};

export const CONTINUOUS_VITALS = ["hr", "spo2", "rr"] as const satisfies readonly Vital[];
export const CUFF_VITALS = ["sbp", "dbp", "map"] as const satisfies readonly Vital[];
