import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bayIdSchema, commandIdSchema } from "../ids/index.ts";
import { protocolSchema } from "../protocol/index.ts";
import { type Actor, actorSchema } from "../session/index.ts";
import { type AdminAct, type AdminFact, adminActSchema } from "./act.ts";
import { type Administration, administrationOf, versionState } from "./administration.ts";
import { protocolChanges } from "./changes.ts";
import { moveAdministration } from "./move.ts";

const person = (id: string, role: Actor["role"]) => actorSchema.parse({ id, name: id, role });
const PEOPLE = [person("ada", "administrator"), person("sue", "supervisor"), person("sam", "supervisor")];
const bay = fc.constantFrom("1", "2", "3").map((id) => bayIdSchema.parse(id));
const version = fc.integer({ min: 1, max: 4 });
const arbitraryAct: fc.Arbitrary<AdminAct> = fc
  .oneof<fc.Arbitrary<unknown>[]>(
    fc.record({ type: fc.constantFrom("add-bay", "rename-bay"), bay, name: fc.constantFrom("A", "B", "C") }),
    fc.record({ type: fc.constant("retire-bay"), bay, reason: fc.constant("broken") }),
    fc.record({ type: fc.constant("return-bay"), bay }),
    fc.record({
      type: fc.constant("draft-protocol"),
      protocol: fc.constant("standard"),
      document: fc.record({ recoveryMinimumMin: fc.constantFrom(60, 90, 120) }),
      why: fc.constant("stay"),
    }),
    fc.record({
      type: fc.constant("approve-protocol"),
      protocol: fc.constant("standard"),
      version,
      inUseFrom: fc.integer({ min: 0, max: 60 }),
    }),
    fc.record({
      type: fc.constant("withdraw-protocol"),
      protocol: fc.constant("standard"),
      version,
      reason: fc.constant("slip"),
    }),
    fc.record({ type: fc.constant("set-retention"), readingsDays: fc.constantFrom(null, 30, 90) }),
  )
  .map((document) => adminActSchema.parse(document));
const steps = fc.array(fc.tuple(arbitraryAct, fc.constantFrom(...PEOPLE)), { maxLength: 40 });

/** Every act in turn, one a millisecond; what was refused changes nothing. */
function run(acts: readonly (readonly [AdminAct, Actor])[], look: (state: Administration, at: number) => void) {
  const facts: AdminFact[] = [];
  let state = administrationOf([]);
  for (const [at, [act, by]] of acts.entries()) {
    const fact = { id: commandIdSchema.parse(`f${at}`), at, by, act };
    const moved = moveAdministration(state, fact, { isOccupied: () => false });
    if ("next" in moved) {
      state = moved.next;
      facts.push(fact);
    }
    look(state, at);
  }
  return { state, facts };
}

describe("whatever people try", () => {
  it("how things stand follows from what was kept alone", () => {
    fc.assert(
      fc.property(steps, (acts) => {
        const { state, facts } = run(acts, () => undefined);
        expect(administrationOf(facts)).toEqual(state);
      }),
    );
  });

  it("nobody's own version comes into use, and one is in use at most", () => {
    fc.assert(
      fc.property(steps, (acts) => {
        run(acts, ({ protocols }, at) => {
          for (const line of protocols) {
            const used = line.versions.filter((each) => versionState(line, each, at) === "in-use");
            expect(used.length).toBeLessThanOrEqual(1);
            for (const { drafted, approved } of used) {
              expect(approved?.by?.role).toBe("supervisor");
              expect(approved?.by?.id).not.toBe(drafted.by?.id);
            }
          }
        });
      }),
    );
  });

  it("what was in use is never taken away, and no two bays in use have one name", () => {
    fc.assert(
      fc.property(steps, (acts) => {
        const used = new Set<number>();
        run(acts, ({ protocols, bays }, at) => {
          for (const line of protocols) {
            for (const each of line.versions) {
              if (versionState(line, each, at) === "in-use") used.add(each.version);
              if (used.has(each.version)) expect(each.withdrawn).toBeNull();
            }
          }
          const names = bays.flatMap(({ name, retired }) => (retired === null ? [name] : []));
          expect(new Set(names).size).toBe(names.length);
        });
      }),
    );
  });
});

describe("two versions side by side", () => {
  const before = protocolSchema.parse({});

  it("differ in nothing when they are the same", () => {
    expect(protocolChanges(before, protocolSchema.parse({}))).toEqual([]);
  });

  it("name every place that differs, what was added and what was left out", () => {
    const { rr: _rr, ...limits } = before.limits;
    const after = protocolSchema.parse({
      ...before,
      recoveryMinimumMin: 90,
      startChecks: ["identity"],
      limits: { ...limits, map: { low: { critical: { limit: 55 } } } },
    });
    const changes = protocolChanges(before, after).filter(({ place }) => !/delay|Delay|deadband|priority/.test(place));
    expect(changes.map(({ place, before: was, after: is }) => `${place}: ${was} → ${is}`)).toEqual([
      "recoveryMinimumMin: 60 → 90",
      "startChecks: identity, weight, dose double-checked, fasting, escort named → identity",
      "limits · rr · low · warning · limit: 8 → null",
      "limits · rr · low · critical · limit: 5 → null",
      "limits · rr · high · warning · limit: 30 → null",
      "limits · rr · high · critical · limit: 40 → null",
      "limits · map · low · critical · limit: null → 55",
    ]);
  });

  it("names a rise by its vital, whichever stands before it in the list", () => {
    const { relative } = before;
    const after = protocolSchema.parse({ ...before, relative: relative.filter(({ vital }) => vital !== "sbp") });
    const changes = protocolChanges(before, after);
    expect(changes).toContainEqual({ place: "relative · sbp · riseOverBaseline", before: "0.3", after: null });
    expect(changes.filter(({ place }) => !place.startsWith("relative · sbp · "))).toEqual([]);
  });
});
