/**
 * Captures of PCD-01 messages (IHE PCD, HL7 v2.6), with or without MLLP framing, one after the other, of one bed or many.
 * A capture is not a connection: nothing is answered here.
 */
import { basename } from "node:path";
import { type AtMs, type BayId, bayIdSchema } from "@vigil/shared/ids";
import { type ReadingValues, VITAL_FACTS, type Vital } from "@vigil/shared/vitals";
import { type BayMeasured, feedOf, ImportError, type Imported, usualCadence } from "./imported.ts";
import { type Source, sourceOf } from "./pcd01-codes.ts";
import { type Group, groupsOf, type Segment } from "./pcd01-segments.ts";
import { Remarks } from "./remarks.ts";
import { converted, factorOf } from "./units.ts";

export interface Beds {
  /** The bay of a capture of one bed; `null`: not said. */
  readonly bay: BayId | null;
  /** From PV1-3, whole or the bed alone, to the bay it is to be; empty: each bed a bay of its own name. */
  readonly named: ReadonlyMap<string, BayId>;
}

interface Timed {
  readonly at: AtMs;
  readonly values: ReadingValues;
}

interface BedRead {
  readonly times: Timed[];
  /** The time of each cuff value that was taken last, by its code. */
  readonly cuffs: Map<string, string>;
}

const newBedRead = (): BedRead => ({ times: [], cuffs: new Map() });

/** @throws ImportError */
export function importPcd01(path: string, text: string, beds: Beds): Imported {
  const remarks = new Remarks();
  const groups = groupsOf(path, text, remarks);
  const bayOf = bayNames(path, groups, beds, remarks);
  const read = new Map<BayId, BedRead>();
  for (const group of groups) {
    const bay = bayOf(group);
    if (bay === null) continue;
    const at = hl7Instant(group.when);
    if (at === null && group.observations.length === 0) {
      remarks.once("nothing", group.line, "a message without time and observations was left out");
      continue;
    }
    if (at === null) throw new ImportError(path, group.line, "the message has no time, neither OBR-7 nor MSH-7");
    const { times, cuffs } = read.get(bay) ?? newBedRead();
    if (at < (times.at(-1)?.at ?? at))
      throw new ImportError(path, group.line, "the message is older than the one before it");
    times.push({ at, values: valuesOf(path, group, cuffs, remarks) });
    read.set(bay, { times, cuffs });
  }
  const startedAt = [...read.values()].reduce((first, { times }) => Math.min(first, times[0]?.at ?? first), Infinity);
  const bays = [...read].map(
    ([bay, { times }]): BayMeasured => ({
      bay,
      measured: times.map(({ at, values }) => ({ at: at - startedAt, values })),
      cadence: usualCadence(times.map(({ at }) => at)),
    }),
  );
  const whole = bays.length > 0 ? bays : [{ bay: beds.bay ?? ONE_BAY, measured: [], cadence: 1 }];
  return feedOf(basename(path), whole, {
    startedAt: Number.isFinite(startedAt) ? startedAt : null,
    remarks: remarks.all,
  });
}

const ONE_BAY = bayIdSchema.parse("1");

/** Two beds never become one bay unless somebody says so. `null`: the bed was left out. */
function bayNames(path: string, groups: readonly Group[], { bay, named }: Beds, remarks: Remarks) {
  const places = new Set(groups.filter((group) => !saysNothing(group)).map(({ place }) => place));
  if (named.size === 0 && places.size <= 1) return () => bay ?? ONE_BAY;
  if (named.size === 0 && bay !== null) {
    const list = [...places].map((place) => place || "(none)").join(", ");
    throw new ImportError(
      path,
      null,
      `it has ${places.size} beds (${list}), and one bay was named for them: name each`,
    );
  }
  const given = new Map<string, BayId>();
  return (group: Group): BayId | null => {
    if (saysNothing(group)) return null;
    const { place, line } = group;
    const bed = bedOf(place);
    if (named.size > 0) {
      const own = named.get(place) ?? named.get(bed);
      if (own === undefined)
        remarks.once(`bed ${place}`, line, `bed ${place || "(none)"} was not named and was left out`);
      return own ?? null;
    }
    const known = given.get(place);
    if (known !== undefined) return known;
    if (place === "")
      throw new ImportError(path, line, "the message says no bed (PV1-3), and others do: name each bed");
    const isTaken = [...places].some((other) => other !== place && bedOf(other) === bed);
    const name = bayIdSchema.safeParse((isTaken ? place : bed).replace(/[^\p{L}\p{N} ._:-]+/gu, " ").trim());
    if (!name.success || [...given.values()].includes(name.data)) {
      throw new ImportError(path, line, `bed ${place} makes no name of a bay: name each bed`);
    }
    given.set(place, name.data);
    remarks.once(`bed ${place}`, null, `bed ${place} became bay ${name.data}`);
    return name.data;
  };
}

const saysNothing = ({ place, observations }: Group): boolean => place === "" && observations.length === 0;

/** PV1-3 is unit, room and bed. */
const bedOf = (place: string): string => {
  const [unit = "", room = "", bed = ""] = place.split("^");
  return bed || room || unit;
};

function valuesOf(path: string, { observations }: Group, cuffs: Map<string, string>, remarks: Remarks): ReadingValues {
  const values: { [V in Vital]?: number | null } = {};
  const ranks: { [V in Vital]?: number } = {};
  for (const observation of observations) {
    const { fields, line } = observation;
    const source = sourceOfObservation(observation, remarks);
    if (source === null) continue;
    const { vital, rank, isCuff } = source;
    const ownTime = fields[14]?.trim() ?? "";
    if (isCuff && ownTime !== "") {
      const code = fields[3] ?? "";
      if (cuffs.get(code) === ownTime) continue;
      cuffs.set(code, ownTime);
    }
    if (rank >= (ranks[vital] ?? Number.POSITIVE_INFINITY)) continue;
    ranks[vital] = rank;
    const text = fields[5]?.trim() ?? "";
    const value = text === "" ? Number.NaN : Number(text);
    const factor = factorOfObservation(path, vital, fields[6] ?? "", line, remarks);
    values[vital] = Number.isFinite(value) ? converted(value, factor) : null;
  }
  return values;
}

/** `null`: no vital. Containers have no type and are none by their nature; whatever else is left out is told. */
function sourceOfObservation({ fields, line }: Segment, remarks: Remarks): Source | null {
  const [number = "", id = ""] = (fields[3] ?? "").split("^").map((part) => part.trim());
  const source = sourceOf(number, id);
  const code = [number, id].filter((part) => part !== "").join("^");
  if (fields[2] !== "NM") {
    if (source !== null && fields[5]) remarks.once(`type ${code}`, line, `${code} is no number (NM) and was left out`);
    return null;
  }
  if (code === "") remarks.once("no code", line, "an observation without a code (OBX-3) was left out");
  else if (source === null) remarks.once(`code ${code}`, line, `${code} is no vital and was left out`);
  else if (source.isByNumber) {
    remarks.once(`code ${code}`, line, `${code} was taken as ${source.vital} by its number`);
  }
  return source;
}

function factorOfObservation(path: string, vital: Vital, field: string, line: number, remarks: Remarks): number {
  const [number = "", id = ""] = field.split("^");
  if (field.trim() === "") {
    remarks.once(`unit ${vital}`, line, `${vital} without a unit (OBX-6) was taken as ${VITAL_FACTS[vital].unit}`);
    return 1;
  }
  const factor = factorOf(vital, id) ?? factorOf(vital, number);
  if (factor !== null) return factor;
  throw new ImportError(path, line, `${vital} has the unit "${field}", which is not known for it`);
}

/** YYYYMMDDHHMM[SS[.S…]][±ZZZZ]; without a zone UTC. */
function hl7Instant(text: string): AtMs | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d(?:\.\d{1,4})?)?([+-]\d\d)?(\d\d)?$/.exec(text.trim());
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second = "00", zoneHour, zoneMinute = "00"] = parts;
  const zone = zoneHour === undefined ? "Z" : `${zoneHour}:${zoneMinute}`;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(at) ? null : at;
}
