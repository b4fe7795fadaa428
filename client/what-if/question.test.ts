import { protocolSchema } from "@vigil/shared/protocol";
import { expect, it } from "vitest";
import { editsForReplay, NO_FILES, questionOf } from "./question.ts";

it("a link to a replay brings the rises that were compared, also of a vital whose limits alone were edited", () => {
  const built = protocolSchema.parse({});
  const limits = { high: { warning: { limit: 170, priority: "medium", delay: 0, offDelay: 0, deadband: 3 } } } as const;
  const question = {
    ...questionOf({}),
    before: "built-in",
    after: "edits",
    edits: [{ vital: "sbp", limits }],
  } as const;
  const [first, ...rest] = editsForReplay(question, NO_FILES);
  expect(first).toEqual({ vital: "sbp", limits, relative: built.relative.filter(({ vital }) => vital === "sbp") });
  expect(first?.relative).not.toEqual([]);
  expect(rest.find(({ vital }) => vital === "spo2")?.limits).toEqual(built.limits.spo2);
});
