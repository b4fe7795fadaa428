/** Files as others write them, for tests. */
import { bayIdSchema } from "@vigil/shared/ids";
import { VITALS, type Vital } from "@vigil/shared/vitals";
import type { FeedLine } from "../feed/index.ts";
import { type Beds, importPcd01 } from "./index.ts";

export const bay = bayIdSchema.parse("1");

/** Base time and date of a WFDB header. */
function baseOf(startedAt: number): string {
  const [day = "", time = ""] = new Date(startedAt).toISOString().slice(0, -1).split("T");
  return ` ${time} ${day.split("-").reverse().join("/")}`;
}

export const header = (format: number, gains: readonly string[], count: number, startedAt?: number) =>
  [
    `rec ${gains.length} 0.5 ${count}${startedAt === undefined ? "" : baseOf(startedAt)}`,
    ...gains.map((gain, i) => `rec.dat ${format} ${gain} 12 0 0 0 0 ${["HR", "SpO2", "NBP Sys"][i]}`),
    "# a remark",
  ].join("\n");

export const encode: Readonly<Record<number, (samples: readonly number[]) => Uint8Array>> = {
  16: (samples) => new Uint8Array(samples.flatMap((v) => [v & 0xff, (v >> 8) & 0xff])),
  80: (samples) => new Uint8Array(samples.map((v) => v + 128)),
  212: (samples) => {
    const bytes: number[] = [];
    for (let i = 0; i < samples.length; i += 2) {
      const [a = 0, b] = [samples[i], samples[i + 1]];
      bytes.push(a & 0xff, ((a >> 8) & 0x0f) | ((((b ?? 0) >> 8) & 0x0f) << 4));
      if (b !== undefined) bytes.push(b & 0xff);
    }
    return new Uint8Array(bytes);
  },
};

export const message = (second: string, observations: readonly string[], bed = "INF^^CHAIR3") =>
  [
    `MSH|^~\\&|SIMMON|CLINIC|||202503101410${second}+0000||ORU^R01^ORU_R01|${second}|P|2.6`,
    `PV1||O|${bed}`,
    `OBR|1||1^S|182777000|||202503101410${second}+0000`,
    ...observations,
  ].join("\r");
export const BEAT = "264864^MDC_DIM_BEAT_PER_MIN^MDC";
const PERCENT = "262688^MDC_DIM_PERCENT^MDC";
export const MMHG = "266016^MDC_DIM_MMHG^MDC";
export const KPA = "265987^MDC_DIM_KILO_PASCAL^MDC";
export const obx = (code: string, value: string, unit: string, at = "") =>
  `OBX|1|NM|${code}^MDC|1.1|${value}|${unit}|||||R|||${at}`;
export const heart = (value: string) => obx("147842^MDC_ECG_HEART_RATE", value, BEAT);
export const oxygen = (value: string) => obx("150456^MDC_PULS_OXIM_SAT_O2", value, PERCENT);
export const anyBed = { bay: null, named: new Map() };
export const pcd = (messages: readonly string[], beds: Beds = anyBed) =>
  importPcd01("a.hl7", `${messages.join("\r")}\r`, beds);

export const csvOf = (lines: readonly FeedLine[], startedAt: number | null = null): string =>
  [
    ["t", ...VITALS].join(","),
    ...lines.map(({ at, values }) =>
      [
        startedAt === null ? at / 1000 : new Date(startedAt + at).toISOString(),
        ...VITALS.map((vital) => (values?.[vital] === undefined ? "" : (values[vital] ?? "-"))),
      ].join(","),
    ),
    "",
  ].join("\n");

const CODES: { readonly [V in Vital]: readonly [code: string, unit: string] } = {
  hr: ["147842^MDC_ECG_HEART_RATE", BEAT],
  spo2: ["150456^MDC_PULS_OXIM_SAT_O2", PERCENT],
  rr: ["151562^MDC_RESP_RATE", "264928^MDC_DIM_RESP_PER_MIN^MDC"],
  sbp: ["150021^MDC_PRESS_BLD_NONINV_SYS", MMHG],
  dbp: ["150022^MDC_PRESS_BLD_NONINV_DIA", MMHG],
  map: ["150023^MDC_PRESS_BLD_NONINV_MEAN", MMHG],
};

/** Each line a message, from the bed of its bay's name. */
export const pcdOf = (lines: readonly FeedLine[], startedAt: number): string =>
  lines
    .map(({ at, bay: bed, values }) =>
      [
        "MSH|^~\\&|SIMMON|CLINIC|||||ORU^R01^ORU_R01|1|P|2.6",
        "PID|||K-1",
        `PV1||O|INF^^${bed}`,
        `OBR|1||1^S|182777000|||${new Date(startedAt + at).toISOString().replace(/[-:TZ]/g, "")}+0000`,
        ...VITALS.flatMap((vital) => {
          const value = values?.[vital];
          const [code, unit] = CODES[vital];
          return value === undefined ? [] : [obx(code, value === null ? "" : String(value), unit)];
        }),
        "",
      ].join("\r"),
    )
    .join("");
