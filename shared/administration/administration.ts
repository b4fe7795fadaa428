/** How things stand in the clinic, derived from its facts. */
import type { AtMs, BayId } from "../ids/index.ts";
import { type Protocol, protocolSchema } from "../protocol/index.ts";
import type { Actor } from "../session/index.ts";
import type { AdminFact, ProtocolId } from "./act.ts";
import { STANDARD_PROTOCOL } from "./act.ts";

export interface AdminBay {
  readonly id: BayId;
  readonly name: string;
  readonly retired: { readonly at: AtMs; readonly by: Actor | null; readonly reason: string } | null;
}

interface Decided {
  readonly by: Actor | null;
  readonly at: AtMs;
}

export interface ProtocolVersion {
  readonly version: number;
  readonly document: Protocol;
  /** What is different, in the words of who wrote it. */
  readonly why: string;
  readonly drafted: Decided;
  readonly approved: (Decided & { readonly inUseFrom: AtMs }) | null;
  readonly withdrawn: (Decided & { readonly reason: string }) | null;
}

export interface ProtocolLine {
  readonly id: ProtocolId;
  /** Oldest first, numbered from 1. */
  readonly versions: readonly ProtocolVersion[];
}

export interface Administration {
  /** In the order in which they were added, retired ones included. */
  readonly bays: readonly AdminBay[];
  readonly protocols: readonly ProtocolLine[];
  /** To whom an alarm can be taken. */
  readonly targets: readonly string[];
  readonly readingsDays: number | null;
  readonly backup: { readonly dailyAt: string | null; readonly keep: number };
}

/** As a clinic begins: the targets that the built-in protocol's ladder names; nothing thinned; no backup by itself. */
const NEW_CLINIC: Administration = {
  bays: [],
  protocols: [],
  targets: protocolSchema.parse({}).escalation.map(({ target }) => target),
  readingsDays: null,
  backup: { dailyAt: null, keep: 14 },
};

export const administrationOf = (facts: readonly AdminFact[]): Administration => facts.reduce(withFact, NEW_CLINIC);

/** What a fact that was accepted makes of it. */
export function withFact(before: Administration, { act, at, by }: AdminFact): Administration {
  const bay = (id: BayId, change: Partial<AdminBay>): Administration => ({
    ...before,
    bays: before.bays.map((each) => (each.id === id ? { ...each, ...change } : each)),
  });
  const version = (id: ProtocolId, number: number, change: Partial<ProtocolVersion>): Administration => ({
    ...before,
    protocols: before.protocols.map((line) =>
      line.id === id
        ? { ...line, versions: line.versions.map((each) => (each.version === number ? { ...each, ...change } : each)) }
        : line,
    ),
  });
  switch (act.type) {
    case "add-bay":
      return { ...before, bays: [...before.bays, { id: act.bay, name: act.name, retired: null }] };
    case "rename-bay":
      return bay(act.bay, { name: act.name });
    case "retire-bay":
      return bay(act.bay, { retired: { at, by, reason: act.reason } });
    case "return-bay":
      return bay(act.bay, { retired: null });
    case "draft-protocol": {
      const { document, why } = act;
      const line = before.protocols.find(({ id }) => id === act.protocol) ?? { id: act.protocol, versions: [] };
      const drafted = { version: line.versions.length + 1, document, why, drafted: { by, at } };
      const next = { ...line, versions: [...line.versions, { ...drafted, approved: null, withdrawn: null }] };
      return { ...before, protocols: [...before.protocols.filter(({ id }) => id !== act.protocol), next] };
    }
    case "approve-protocol":
      return version(act.protocol, act.version, { approved: { by, at, inUseFrom: Math.max(at, act.inUseFrom) } });
    case "withdraw-protocol":
      return version(act.protocol, act.version, { withdrawn: { by, at, reason: act.reason } });
    case "add-target":
      return { ...before, targets: [...before.targets, act.target] };
    case "drop-target":
      return { ...before, targets: before.targets.filter((each) => each !== act.target) };
    case "set-retention":
      return { ...before, readingsDays: act.readingsDays };
    case "set-backup":
      return { ...before, backup: { dailyAt: act.dailyAt, keep: act.keep } };
  }
}

/** `draft`, `approved` (in use from a time to come), `in-use`, `past` (another one is in use since), `withdrawn`. */
export type VersionState = "draft" | "approved" | "in-use" | "past" | "withdrawn";

/** The version that a session opened at `at` gets; `null` when none was in use then. */
function versionInUse({ versions }: ProtocolLine, at: AtMs): ProtocolVersion | null {
  let found: ProtocolVersion | null = null;
  let since = Number.NEGATIVE_INFINITY;
  for (const version of versions) {
    const from = version.approved?.inUseFrom;
    if (from === undefined || version.withdrawn !== null || from > at || from < since) continue;
    found = version;
    since = from;
  }
  return found;
}

export function versionState(line: ProtocolLine, version: ProtocolVersion, at: AtMs): VersionState {
  if (version.withdrawn !== null) return "withdrawn";
  if (version.approved === null) return "draft";
  if (version.approved.inUseFrom > at) return "approved";
  return versionInUse(line, at)?.version === version.version ? "in-use" : "past";
}

/** A protocol in use with its version written into it, so that a session tells which rules it was opened under. */
export interface ProtocolInUse {
  readonly id: ProtocolId;
  readonly protocol: Protocol;
}

/** The standard one first; without any version in use it is the built-in one. */
export function protocolsInUse({ protocols }: Administration, at: AtMs): readonly ProtocolInUse[] {
  const found = protocols.flatMap((line): ProtocolInUse[] => {
    const version = versionInUse(line, at);
    return version === null ? [] : [{ id: line.id, protocol: { ...version.document, version: version.version } }];
  });
  const standard = found.find(({ id }) => id === STANDARD_PROTOCOL) ?? {
    id: STANDARD_PROTOCOL,
    protocol: protocolSchema.parse({}),
  };
  return [standard, ...found.filter(({ id }) => id !== STANDARD_PROTOCOL)];
}
