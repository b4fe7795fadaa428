/**
 * Captures of PCD-01 messages (IHE PCD, HL7 v2.6), with or without MLLP framing, one after the other. Codes: clinical.md,
 * "HL7 v2 from monitors". A capture is not a connection: nothing is answered here.
 */
import type { AtMs, BayId } from "@vigil/shared/ids";
import type { Vital } from "@vigil/shared/vitals";
import { feedOf, ImportError, type Imported, type Measured, usualCadence } from "./imported.ts";

/** By number; vendors reuse reference ids for the same number and the other way round, and agree on these. */
const CODES: ReadonlyMap<string, Vital> = new Map<string, Vital>([
  ["147842", "hr"],
  ["149530", "hr"],
  ["149546", "hr"],
  ["150456", "spo2"],
  ["151562", "rr"],
  ["151578", "rr"],
  ["151594", "rr"],
  ["150021", "sbp"],
  ["150301", "sbp"],
  ["150022", "dbp"],
  ["150302", "dbp"],
  ["150023", "map"],
  ["150303", "map"],
]);

/** Of MLLP, around each message. */
const BEGINS = "\u000b";
const ENDS = "\u001c";

interface Segment {
  readonly fields: readonly string[];
  readonly line: number;
}

/** @throws ImportError */
export function importPcd01(path: string, text: string, bay: BayId): Imported {
  const remarks: string[] = [];
  const segments = text
    .replaceAll(BEGINS, "")
    .replaceAll(ENDS, "")
    .split(/\r\n|\r|\n/)
    .map((line, i): Segment => ({ fields: line.split("|"), line: i + 1 }))
    .filter(({ fields }) => fields.some((field) => field.trim() !== ""));
  const first = segments[0];
  if (first === undefined) throw new ImportError(path, null, "is empty");
  if (first.fields[0] !== "MSH") throw new ImportError(path, first.line, "a message begins with an MSH segment");

  const messages = segments.reduce<Segment[][]>((all, segment) => {
    if (segment.fields[0] === "MSH") all.push([segment]);
    else all.at(-1)?.push(segment);
    return all;
  }, []);
  if (!["\r", "\n", ENDS].some((end) => text.endsWith(end))) {
    const cut = messages.at(-1)?.pop();
    remarks.push(`the file is cut off in line ${cut?.line ?? 1}; the segments before it were kept`);
  }

  let startedAt: AtMs | null = null;
  let latest = Number.NEGATIVE_INFINITY;
  const cuffTimes = new Map<Vital, string>();
  const measured: Measured[] = [];
  for (const message of messages) {
    const head = message[0];
    if (head === undefined) continue;
    const type = head.fields[8] ?? "";
    if (!type.startsWith("ORU^R01")) {
      remarks.push(`line ${head.line}: a message of type "${type.slice(0, 40)}" is no PCD-01 and was left out`);
      continue;
    }
    const when = message.find(({ fields }) => fields[0] === "OBR")?.fields[7] || (head.fields[6] ?? "");
    const instant = hl7Instant(when);
    if (instant === null) throw new ImportError(path, head.line, `the message has no time, neither OBR-7 nor MSH-7`);
    startedAt ??= instant;
    if (instant < latest) throw new ImportError(path, head.line, "the message is older than the one before it");
    latest = instant;
    measured.push({ at: instant - startedAt, values: valuesOf(message, cuffTimes) });
  }
  const cadence = usualCadence(measured.map(({ at }) => at));
  return feedOf(path, bay, measured, { startedAt, cadence, remarks });
}

function valuesOf(message: readonly Segment[], cuffTimes: Map<Vital, string>): Measured["values"] {
  const values: { [V in Vital]?: number | null } = {};
  for (const { fields } of message) {
    if (fields[0] !== "OBX" || fields[2] !== "NM") continue;
    const vital = CODES.get((fields[3] ?? "").split("^")[0] ?? "");
    // The first code of a vital is the best there is: the electrodes' heart rate before the probe's pulse.
    if (vital === undefined || values[vital] !== undefined) continue;
    const ownTime = fields[14]?.trim() ?? "";
    if (isCuff(vital) && ownTime !== "") {
      // Monitors repeat the last measurement of the cuff in every message.
      if (cuffTimes.get(vital) === ownTime) continue;
      cuffTimes.set(vital, ownTime);
    }
    const text = fields[5]?.trim() ?? "";
    const value = text === "" ? Number.NaN : Number(text);
    values[vital] = Number.isFinite(value) ? value + 0 : null;
  }
  return values;
}

const isCuff = (vital: Vital): boolean => vital === "sbp" || vital === "dbp" || vital === "map";

/** YYYYMMDDHHMM[SS[.S…]][±ZZZZ]; without a zone UTC. */
function hl7Instant(text: string): AtMs | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d(?:\.\d{1,4})?)?([+-]\d\d)?(\d\d)?$/.exec(text.trim());
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second = "00", zoneHour, zoneMinute = "00"] = parts;
  const zone = zoneHour === undefined ? "Z" : `${zoneHour}:${zoneMinute}`;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(at) ? null : at;
}
