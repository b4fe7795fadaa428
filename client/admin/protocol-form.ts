/** A protocol as texts in fields, and back. What no field shows (staleness, say) stays as it was. */
import {
  BASELINE_VITALS,
  DIRECTIONS,
  type Direction,
  PRIORITIES,
  type Protocol,
  type ProtocolDocument,
  protocolSchema,
  TIERS,
  type Tier,
} from "@vigil/shared/protocol";
import { VITALS, type Vital } from "@vigil/shared/vitals";

/** By field: "recoveryMinimumMin", "hr.low.warning.limit". */
export type Texts = Readonly<Record<string, string>>;

export const TIER_PARTS = ["limit", "priority", "delay", "offDelay", "deadband"] as const;
export const tierKey = (vital: Vital, direction: Direction, tier: Tier, part: (typeof TIER_PARTS)[number]): string =>
  `limits.${vital}.${direction}.${tier}.${part}`;
const MOST_RUNGS = 4;
/** Of the fields below, those that hold one number. */
const NUMBERS = [
  ...["cuffIntervalMin.infusing", "cuffIntervalMin.recovery", "observationIntervalMin.infusing"],
  ...["observationIntervalMin.recovery", "recoveryMinimumMin", "dissociationExpectedMin", "noDrivingHours"],
  ...["dischargeScore.least", "dischargeCuffs"],
  ...["doseMgPerKg", "weightKg", "plannedMin", "concentrationMgPerMl"].flatMap((each) => [
    `plan.${each}.min`,
    `plan.${each}.max`,
  ]),
];
const LISTS = ["startChecks", "secondPersonChecks", "dischargeChecks"] as const;
export const DISCHARGE_FACTS = ["oriented", "discharge-score", "dissociation-over", "escort-named"] as const;

type Tree = Record<string, unknown>;
const treeOf = (value: unknown): Tree => (typeof value === "object" && value !== null ? { ...value } : {});

const textAt = (protocol: Protocol, path: string): string => {
  let here: unknown = protocol;
  for (const key of path.split(".")) here = treeOf(here)[key];
  return here === undefined || here === null ? "" : String(here);
};

export function textsOf(protocol: Protocol): Texts {
  const texts: Record<string, string> = { name: protocol.name };
  for (const path of [...NUMBERS, "dischargeScore.scale"]) texts[path] = textAt(protocol, path);
  for (const list of LISTS) texts[list] = protocol[list].join("\n");
  for (const vital of VITALS) {
    for (const direction of DIRECTIONS) {
      for (const tier of TIERS) {
        for (const part of TIER_PARTS) {
          const key = tierKey(vital, direction, tier, part);
          texts[key] = textAt(protocol, key);
        }
      }
    }
  }
  for (const vital of BASELINE_VITALS) {
    const rise = protocol.relative.find((each) => each.vital === vital);
    texts[`rise.${vital}`] = rise === undefined ? "" : String(percent(rise.riseOverBaseline));
  }
  for (let i = 0; i < MOST_RUNGS; i += 1) {
    texts[`rung.${i}.afterS`] = String(protocol.escalation[i]?.afterS ?? "");
    texts[`rung.${i}.target`] = protocol.escalation[i]?.target ?? "";
  }
  for (const priority of PRIORITIES) texts[`latching.${priority}`] = protocol.latching.includes(priority) ? "yes" : "";
  for (const fact of DISCHARGE_FACTS) texts[`fact.${fact}`] = protocol.dischargeFacts.includes(fact) ? "yes" : "";
  texts.reasonForEarlyStop = protocol.reasonForEarlyStop ? "yes" : "";
  texts.dischargeWithinBaseline = String(percent(protocol.dischargeWithinBaseline));
  return texts;
}

const percent = (share: number): number => Math.round(share * 1_000) / 10;

export interface ReadProtocol {
  /** `null` while something is wrong. */
  readonly document: Protocol | null;
  /** By field: what is wrong there. */
  readonly wrong: Readonly<Record<string, string>>;
}

/** @param base what the fields were filled from */
export function readProtocol(texts: Texts, base: Protocol): ReadProtocol {
  const text = (key: string): string => (texts[key] ?? "").trim();
  const number = (key: string): number => (text(key) === "" ? Number.NaN : Number(text(key).replace(",", ".")));
  const draft: Tree = { ...base, name: text("name") };
  for (const path of NUMBERS) setAt(draft, path, number(path));
  setAt(draft, "dischargeScore.scale", text("dischargeScore.scale"));
  for (const list of LISTS)
    draft[list] =
      text(list) === ""
        ? []
        : text(list)
            .split("\n")
            .map((line) => line.trim())
            .filter((line) => line !== "");
  draft.limits = limitsOf(text, number);
  draft.relative = BASELINE_VITALS.flatMap((vital) => {
    if (text(`rise.${vital}`) === "") return [];
    const known = base.relative.find((each) => each.vital === vital);
    return [{ ...known, vital, riseOverBaseline: Math.round(number(`rise.${vital}`) * 10) / 1_000 }];
  });
  draft.escalation = rungPlaces().flatMap((i) =>
    text(`rung.${i}.target`) === "" ? [] : [{ afterS: number(`rung.${i}.afterS`), target: text(`rung.${i}.target`) }],
  );
  draft.latching = PRIORITIES.filter((priority) => text(`latching.${priority}`) === "yes");
  draft.dischargeFacts = DISCHARGE_FACTS.filter((fact) => text(`fact.${fact}`) === "yes");
  draft.reasonForEarlyStop = text("reasonForEarlyStop") === "yes";
  draft.dischargeWithinBaseline = number("dischargeWithinBaseline") / 100;
  const parsed = protocolSchema.safeParse(draft satisfies Partial<Record<keyof ProtocolDocument, unknown>>);
  if (parsed.success) return { document: parsed.data, wrong: {} };
  const wrong: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) wrong[fieldOf(path.map(String), draft)] ??= message;
  return { document: null, wrong };
}

export const rungPlaces = (): readonly number[] => Array.from({ length: MOST_RUNGS }, (_, i) => i);

function limitsOf(text: (key: string) => string, number: (key: string) => number): Tree {
  const limits: Tree = {};
  for (const vital of VITALS) {
    for (const direction of DIRECTIONS) {
      for (const tier of TIERS) {
        const key = (part: (typeof TIER_PARTS)[number]) => tierKey(vital, direction, tier, part);
        if (text(key("limit")) === "") continue;
        const orNone = (part: "delay" | "offDelay" | "deadband") => (text(key(part)) === "" ? 0 : number(key(part)));
        setAt(limits, `${vital}.${direction}.${tier}`, {
          limit: number(key("limit")),
          ...(text(key("priority")) === "" ? {} : { priority: text(key("priority")) }),
          ...{ delay: orNone("delay"), offDelay: orNone("offDelay"), deadband: orNone("deadband") },
        });
      }
    }
  }
  return limits;
}

function setAt(tree: Tree, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let here = tree;
  for (const key of keys) {
    // A copy: what the form was filled from stays.
    const next = treeOf(here[key]);
    here[key] = next;
    here = next;
  }
  here[last] = value;
}

/** The field that shows a place of the protocol. */
function fieldOf(path: readonly string[], draft: Tree): string {
  const [first = "", second = ""] = path;
  if (first === "relative") {
    const rules = Array.isArray(draft.relative) ? draft.relative : [];
    return `rise.${String(treeOf(rules[Number(second)]).vital)}`;
  }
  if (first === "escalation") return `rung.${second}.${path[2] ?? "afterS"}`;
  return LISTS.some((list) => list === first) ? first : path.join(".");
}
