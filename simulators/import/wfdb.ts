/**
 * WFDB numerics records (PhysioNet, header(5) and signal(5)): a header, and data in format 16, 80 or 212, one sample of each
 * signal a frame.
 */
import { basename } from "node:path";
import type { AtMs, BayId } from "@vigil/shared/ids";
import { VITAL_FACTS, VITALS, type Vital } from "@vigil/shared/vitals";
import { feedOf, ImportError, type Imported, type Measured } from "./imported.ts";
import { converted, factorOf } from "./units.ts";

const FORMATS = ["16", "80", "212"] as const;
type Format = (typeof FORMATS)[number];

interface Signal {
  readonly file: string;
  readonly format: Format;
  readonly gain: number;
  readonly baseline: number;
  /** "": the header does not say. */
  readonly unit: string;
  readonly name: string;
  /** Of the header. */
  readonly line: number;
}

/** The names that monitors of PhysioNet's databases give, the first found wins: cuff before line, for it is the cuff's vital. */
const NAMES: { readonly [V in Vital]: readonly string[] } = {
  hr: ["hr", "pulse"],
  spo2: ["spo2", "%spo2", "sao2"],
  rr: ["resp", "rr"],
  sbp: ["nbpsys", "nbp sys", "abpsys", "abp sys"],
  dbp: ["nbpdias", "nbp dias", "abpdias", "abp dias"],
  map: ["nbpmean", "nbp mean", "abpmean", "abp mean"],
};

/** Samples that say "none". */
const NONE: { readonly [F in Format]: number } = { "16": -32_768, "80": -128, "212": -2048 };
const LONGEST = 5_000_000;

/** `read` gives the bytes of a file that lies beside the header. @throws ImportError */
export function importWfdb(path: string, text: string, bay: BayId, read: (file: string) => Uint8Array): Imported {
  const { frequency, count, startedAt, signals } = parseHead(path, text);
  const file = signals[0]?.file ?? "";
  const format = signals[0]?.format ?? "16";
  const samples = decode(format, read(file));
  const whole = Math.floor(samples.length / signals.length);
  const expected = count ?? whole;
  const columns = columnsOf(path, signals);
  const cutOff =
    whole >= expected ? [] : [`${file} is cut off: ${whole} of ${expected} frames are there and were kept`];
  const remarks = [...leftOut(signals, columns), ...cutOff];
  const measured: Measured[] = [];
  for (let frame = 0; frame < Math.min(whole, expected); frame += 1) {
    const values: { [V in Vital]?: number | null } = {};
    for (const { vital, index, signal, factor } of columns) {
      const raw = samples[frame * signals.length + index] ?? NONE[format];
      values[vital] = raw === NONE[format] ? null : converted((raw - signal.baseline) / signal.gain, factor);
    }
    measured.push({ at: Math.round((frame * 1000) / frequency), values: withoutZeros(values) });
  }
  const bays = [{ bay, measured, cadence: cadenceOf(frequency) }];
  return feedOf(basename(path, ".hea"), bays, { startedAt, remarks });
}

/**
 * Nothing measured is written as 0, and no vital of a living person is; but where the electrodes give a heart rate, no
 * breath is what they found.
 */
function withoutZeros(values: { readonly [V in Vital]?: number | null }): Measured["values"] {
  const kept: { [V in Vital]?: number | null } = { ...values };
  const breathCounts = typeof values.hr === "number" && values.hr > 0;
  for (const vital of VITALS) if (kept[vital] === 0 && !(vital === "rr" && breathCounts)) kept[vital] = null;
  return kept;
}

const cadenceOf = (frequency: number): number => Math.min(86_400, Math.round(1000 / frequency) / 1000 || 0.001);

function parseHead(path: string, text: string) {
  const lines = text.split(/\r?\n/).flatMap((line, i) => {
    const said = line.trim();
    return said === "" || said.startsWith("#") ? [] : [{ words: said.split(/\s+/), number: i + 1 }];
  });
  const [record, ...rest] = lines;
  if (record === undefined) throw new ImportError(path, null, "is empty");
  const [name = "", signalsWord = "", frequencyWord = "250", countWord, timeWord, dateWord] = record.words;
  const many = Number(signalsWord);
  if (!Number.isInteger(many) || many < 1 || many > 1000 || name.includes("/")) {
    throw new ImportError(
      path,
      record.number,
      "not the header of a single WFDB record: name, signals, frequency, samples",
    );
  }
  const frequency = Number.parseFloat(frequencyWord);
  if (!(frequency > 0 && frequency <= 1000)) {
    throw new ImportError(
      path,
      record.number,
      `the sampling frequency "${frequencyWord}" is not from above 0 to 1000 /s`,
    );
  }
  const count = countWord === undefined ? null : Number(countWord);
  if (count !== null && !(Number.isInteger(count) && count >= 0 && count <= LONGEST)) {
    throw new ImportError(path, record.number, `the number of samples "${countWord}" is not from 0 to ${LONGEST}`);
  }
  if (rest.length < many) {
    throw new ImportError(path, null, `is cut off: ${rest.length} of ${many} signals are described`);
  }
  const signals = rest.slice(0, many).map(({ words, number }) => signalOf(path, words, number));
  if (signals.some(({ file, format }) => file !== signals[0]?.file || format !== signals[0]?.format)) {
    throw new ImportError(path, rest[0]?.number ?? null, "signals in more than one file or format are not read");
  }
  // The header's own zero means "not known".
  return { frequency, count: count === 0 ? null : count, startedAt: baseInstant(timeWord, dateWord), signals };
}

/** Base time [[h:]m:]s and base date d/m/y, as UTC; `null`: not both are there. */
function baseInstant(time = "", date = ""): AtMs | null {
  const clock = /^(?:(?:(\d\d?):)?(\d\d?):)?(\d\d?(?:\.\d+)?)$/.exec(time);
  const day = /^(\d\d?)\/(\d\d?)\/(\d{4})$/.exec(date);
  if (clock === null || day === null) return null;
  const [hours, minutes, seconds] = [clock[1], clock[2], clock[3]].map((part) => Number(part ?? 0));
  const at = Date.parse(`${day[3]}-${padded(day[2])}-${padded(day[1])}T00:00:00Z`);
  return Number.isNaN(at) ? null : Math.round(at + (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000);
}

const padded = (part = ""): string => part.padStart(2, "0");

function signalOf(path: string, words: readonly string[], line: number): Signal {
  const [file = "", formatWord = "", gainWord = "200", , zeroWord = "0", , , , ...name] = words;
  const format = FORMATS.find((each) => each === formatWord);
  if (format === undefined) {
    throw new ImportError(path, line, `format "${formatWord}" is not read; formats ${FORMATS.join(", ")} are`);
  }
  if (!/^[\w.-]+$/.test(file)) throw new ImportError(path, line, `"${file}" is no name of a file beside the header`);
  const gain = /^([-+.\deE]+)(?:\((-?\d+)\))?(?:\/(.*)|$)/.exec(gainWord);
  const perUnit = Number(gain?.[1]);
  const baseline = Number(gain?.[2] ?? zeroWord);
  if (!Number.isFinite(perUnit) || !Number.isFinite(baseline)) {
    throw new ImportError(path, line, `the gain "${gainWord}" or the zero "${zeroWord}" is no number`);
  }
  const unit = gain?.[3] ?? "";
  return { file, format, gain: perUnit === 0 ? 200 : perUnit, baseline, unit, name: name.join(" "), line };
}

interface Column {
  readonly vital: Vital;
  readonly index: number;
  readonly signal: Signal;
  readonly factor: number;
}

/** What the record holds beside what is taken, one sentence a signal. */
const leftOut = (signals: readonly Signal[], columns: readonly Column[]): string[] =>
  signals.flatMap(({ name, line }, index) => {
    if (columns.some((column) => column.index === index)) return [];
    const vital = VITALS.find((each) => NAMES[each].includes(name.toLowerCase()));
    const taken = columns.find((column) => column.vital === vital);
    const why = vital === undefined ? "is no vital" : `is ${vital} too, which was taken from ${taken?.signal.name}`;
    return [`line ${line}: ${name || "a signal without a name"} ${why}, and was left out`];
  });

function columnsOf(path: string, signals: readonly Signal[]): readonly Column[] {
  const found: Column[] = [];
  for (const vital of ["hr", "spo2", "rr", "sbp", "dbp", "map"] as const) {
    for (const name of NAMES[vital]) {
      const index = signals.findIndex((signal) => signal.name.toLowerCase() === name);
      const signal = signals[index];
      if (signal === undefined) continue;
      const factor = signal.unit === "" ? 1 : factorOf(vital, signal.unit);
      if (factor === null) {
        const { unit } = VITAL_FACTS[vital];
        throw new ImportError(path, signal.line, `${signal.name} has the unit "${signal.unit}", and none like ${unit}`);
      }
      found.push({ vital, index, signal, factor });
      break;
    }
  }
  if (found.length > 0) return found;
  throw new ImportError(path, null, `no signal is a vital; there are ${signals.map(({ name }) => name).join(", ")}`);
}

/** All samples in their order; an incomplete one at the end is left out. */
function decode(format: Format, bytes: Uint8Array): ArrayLike<number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === "16") {
    return Array.from({ length: Math.floor(bytes.length / 2) }, (_, i) => view.getInt16(2 * i, true));
  }
  if (format === "80") return Array.from(bytes, (byte) => byte - 128);
  const samples: number[] = [];
  for (let i = 0; i + 1 < bytes.length; i += 3) {
    const middle = view.getUint8(i + 1);
    samples.push(signed12(view.getUint8(i) + ((middle & 0x0f) << 8)));
    if (i + 2 < bytes.length) samples.push(signed12(view.getUint8(i + 2) + ((middle & 0xf0) << 4)));
  }
  return samples;
}

const signed12 = (value: number): number => (value >= 2048 ? value - 4096 : value);
