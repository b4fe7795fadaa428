/** Whether an act of administration may be done, and why not. */
import type { AtMs, BayId } from "../ids/index.ts";
import type { Actor } from "../session/index.ts";
import type { AdminAct, AdminFact } from "./act.ts";
import { type Administration, type ProtocolLine, protocolsInUse, versionState, withFact } from "./administration.ts";

const ADMIN_REFUSAL_CODES = [
  "not-allowed",
  "same-person",
  "unknown-bay",
  "bay-exists",
  "bay-occupied",
  "last-bay",
  "name-taken",
  "unknown-version",
  "unknown-target",
  "not-a-draft",
  "in-use",
  "unchanged",
] as const;
export type AdminRefusalCode = (typeof ADMIN_REFUSAL_CODES)[number];

export interface AdminRefusal {
  readonly code: AdminRefusalCode;
  /** What is wrong and what to do. */
  readonly reason: string;
}

export type AdminMove = { readonly next: Administration } | { readonly refused: AdminRefusal };

/** Who may do it. A protocol is written by either and approved by a supervisor. */
const ROLES: { readonly [T in AdminAct["type"]]: readonly Actor["role"][] } = {
  "add-bay": ["administrator"],
  "rename-bay": ["administrator"],
  "retire-bay": ["administrator"],
  "return-bay": ["administrator"],
  "draft-protocol": ["administrator", "supervisor"],
  "approve-protocol": ["supervisor"],
  "withdraw-protocol": ["administrator", "supervisor"],
  "add-target": ["administrator"],
  "drop-target": ["administrator"],
  "set-retention": ["administrator"],
  "set-backup": ["administrator"],
};

export interface AdminCircumstances {
  /** Whether a session is open there. */
  readonly isOccupied: (bay: BayId) => boolean;
}

export function moveAdministration(
  before: Administration,
  fact: AdminFact,
  { isOccupied }: AdminCircumstances,
): AdminMove {
  const { act, by, at } = fact;
  const roles = ROLES[act.type];
  if (by !== null && !roles.includes(by.role)) {
    return refuse("not-allowed", `Only ${roles.map((role) => ARTICLE[role]).join(" or ")} may do this.`);
  }
  const refused =
    "bay" in act
      ? bayRefusal(before, act, isOccupied)
      : "protocol" in act
        ? protocolRefusal(before, act, by, at)
        : settingRefusal(before, act, at);
  return refused ?? { next: withFact(before, fact) };
}

const ARTICLE: { readonly [R in Actor["role"]]: string } = {
  nurse: "a nurse",
  supervisor: "a supervisor",
  engineer: "an engineer",
  administrator: "an administrator",
};

const refuse = (code: AdminRefusalCode, reason: string): { readonly refused: AdminRefusal } => ({
  refused: { code, reason },
});

type Refused = { readonly refused: AdminRefusal } | null;
type BayAct = Extract<AdminAct, { bay: BayId }>;
type ProtocolAct = Extract<AdminAct, { type: `${string}-protocol` }>;

function bayRefusal({ bays }: Administration, act: BayAct, isOccupied: (bay: BayId) => boolean): Refused {
  const bay = bays.find(({ id }) => id === act.bay);
  const inUse = bays.filter(({ retired }) => retired === null);
  if (act.type === "add-bay" || act.type === "rename-bay") {
    const same = inUse.find(({ id, name }) => id !== act.bay && name === act.name);
    if (same !== undefined) return refuse("name-taken", `Bay "${same.id}" has this name. Choose another.`);
  }
  if (act.type === "add-bay") {
    if (bay === undefined) return null;
    return bay.retired === null
      ? refuse("bay-exists", `There is a bay "${act.bay}" already.`)
      : refuse("bay-exists", `Bay "${act.bay}" was retired. Take it back into use, or choose another id.`);
  }
  if (bay === undefined) return refuse("unknown-bay", `There is no bay "${act.bay}".`);
  if (act.type === "rename-bay") return bay.name === act.name ? refuse("unchanged", "It has this name already.") : null;
  if (act.type === "return-bay") {
    if (bay.retired === null) return refuse("unchanged", "It is in use already.");
    const same = inUse.find(({ name }) => name === bay.name);
    return same === undefined
      ? null
      : refuse("name-taken", `Bay "${same.id}" is called "${bay.name}" now. Rename that one first.`);
  }
  if (bay.retired !== null) return refuse("unchanged", "It is retired already.");
  if (isOccupied(bay.id)) {
    return refuse("bay-occupied", "A session is open at this bay. End it, or move the patient to another bay, first.");
  }
  return inUse.length > 1 ? null : refuse("last-bay", "It is the last bay. Add another one first.");
}

function protocolRefusal(before: Administration, act: ProtocolAct, by: Actor | null, at: AtMs): Refused {
  const line = before.protocols.find(({ id }) => id === act.protocol);
  if (act.type === "draft-protocol") {
    const last = line?.versions.findLast(({ withdrawn }) => withdrawn === null);
    return last !== undefined && JSON.stringify(last.document) === JSON.stringify(act.document)
      ? refuse("unchanged", `It says what version ${last.version} says. Change something first.`)
      : unknownTarget(before, act.document.escalation);
  }
  const version = line?.versions.find((each) => each.version === act.version);
  if (line === undefined || version === undefined) {
    return refuse("unknown-version", `There is no version ${act.version} of protocol "${act.protocol}".`);
  }
  const state = versionState(line, version, at);
  if (act.type === "approve-protocol") {
    if (state !== "draft")
      return refuse("not-a-draft", `Version ${act.version} is no draft: it is ${STATE_TEXT[state]}.`);
    return version.drafted.by?.id === by?.id
      ? refuse("same-person", "Who wrote a version cannot approve it. Ask another supervisor.")
      : unknownTarget(before, version.document.escalation);
  }
  if (state === "withdrawn") return refuse("unchanged", "It is withdrawn already.");
  return state === "draft" || state === "approved"
    ? null
    : refuse(
        "in-use",
        `Version ${act.version} is or was in use and stays in the record. Draft another version instead.`,
      );
}

const STATE_TEXT = {
  draft: "a draft",
  approved: "approved already",
  "in-use": "in use already",
  past: "a past version",
  withdrawn: "withdrawn",
} as const;

const unknownTarget = ({ targets }: Administration, rungs: readonly { readonly target: string }[]): Refused => {
  const unknown = rungs.find(({ target }) => !targets.includes(target));
  return unknown === undefined
    ? null
    : refuse("unknown-target", `Nobody is reached as "${unknown.target}". Add it to the escalation targets first.`);
};

function settingRefusal(before: Administration, act: Exclude<AdminAct, BayAct | ProtocolAct>, at: AtMs): Refused {
  switch (act.type) {
    case "add-target":
      return before.targets.includes(act.target) ? refuse("unchanged", "It is a target already.") : null;
    case "drop-target": {
      if (!before.targets.includes(act.target)) return refuse("unchanged", "It is no target.");
      const user = protocolsInUse(before, at).find(({ protocol }) => names(protocol.escalation, act.target));
      const planned = before.protocols.find((line) => isPlanned(line, act.target, at));
      const name = user?.protocol.name ?? planned?.id;
      return name === undefined
        ? null
        : refuse("in-use", `The ladder of protocol "${name}" names it. Change that protocol first.`);
    }
    case "set-retention":
      return before.readingsDays === act.readingsDays ? refuse("unchanged", "It is so already.") : null;
    case "set-backup":
      return before.backup.dailyAt === act.dailyAt && before.backup.keep === act.keep
        ? refuse("unchanged", "It is so already.")
        : null;
  }
}

const names = (rungs: readonly { readonly target: string }[], target: string): boolean =>
  rungs.some((rung) => rung.target === target);

const isPlanned = (line: ProtocolLine, target: string, at: AtMs): boolean =>
  line.versions.some(
    (version) => versionState(line, version, at) === "approved" && names(version.document.escalation, target),
  );
