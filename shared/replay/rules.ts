/**
 * Other rules for what was recorded. Only what decides alarms is changed: a session's checks, plan and discharge rules stay,
 * so that what people did that day was possible on the replayed day too.
 */
import type { BayInput, Carried } from "../bay/index.ts";
import type { Limits, Protocol, RelativeRule } from "../protocol/index.ts";
import { VITALS, type Vital } from "../vitals/index.ts";

/** Gives the protocol that a session runs by in place of the one it ran by. */
export type Rules = (protocol: Protocol) => Protocol;

/** Alarms as `given` has them; everything else as the session's own protocol has it. */
export const alarmRulesOf =
  (given: Protocol): Rules =>
  (protocol) => ({
    ...protocol,
    limits: given.limits,
    relative: given.relative,
    staleAfter: given.staleAfter,
    cuffIntervalMin: given.cuffIntervalMin,
    observationIntervalMin: given.observationIntervalMin,
    dissociationExpectedMin: given.dissociationExpectedMin,
    latching: given.latching,
    escalation: given.escalation,
  });

/** The whole truth of one vital's limits; its rises over the baseline stay unless given. */
export interface VitalEdit {
  readonly vital: Vital;
  readonly limits: NonNullable<Limits[Vital]>;
  readonly relative?: readonly RelativeRule[] | undefined;
}

/** What a replay can be opened with of a protocol: its limits and rises; the rest stays each session's own there. */
export const editsOf = ({ limits, relative }: Protocol): VitalEdit[] =>
  VITALS.map((vital) => ({
    vital,
    limits: limits[vital] ?? {},
    relative: relative.filter((rule) => rule.vital === vital),
  }));

/** Each vital that is edited has the limits of its edit; the others keep theirs. */
export const editedRules =
  (edits: readonly VitalEdit[]): Rules =>
  (protocol) => ({
    ...protocol,
    limits: { ...protocol.limits, ...Object.fromEntries(edits.map(({ vital, limits }) => [vital, limits])) },
    relative: [
      ...protocol.relative.filter((rule) => !edits.some((edit) => edit.vital === rule.vital && edit.relative)),
      ...edits.flatMap(({ relative = [] }) => relative),
    ],
  });

/** The input as it would have been under other rules. What a nurse edited during the session stays as it was edited. */
export function inputUnder(input: BayInput, bayProtocol: Protocol, rules: Rules): BayInput {
  if (input.kind === "command" && input.command.type === "open-session") {
    return { ...input, command: { ...input.command, protocol: rules(input.command.protocol ?? bayProtocol) } };
  }
  if (input.kind === "arrival") return { ...input, carried: carriedUnder(input.carried, rules) };
  return input;
}

function carriedUnder(carried: Carried, rules: Rules): Carried {
  const before = carried.session.protocol;
  const after = rules(before);
  const untouched = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return {
    ...carried,
    session: { ...carried.session, protocol: after },
    limits: untouched(carried.limits, before.limits) ? after.limits : carried.limits,
    relative: untouched(carried.relative, before.relative) ? after.relative : carried.relative,
  };
}
