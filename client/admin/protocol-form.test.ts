import { protocolSchema } from "@vigil/shared/protocol";
import { describe, expect, it } from "vitest";
import { readProtocol, textsOf } from "./protocol-form.ts";

const builtIn = protocolSchema.parse({});
const texts = textsOf(builtIn);

it("what nobody touched comes back as it was", () => {
  expect(readProtocol(texts, builtIn)).toEqual({ document: builtIn, wrong: {} });
});

it("what no field shows stays", () => {
  const base = protocolSchema.parse({
    staleAfter: { hr: 30 },
    relative: [{ vital: "sbp", riseOverBaseline: 0.25, priority: "low", delay: 7 }],
  });
  expect(readProtocol(textsOf(base), base).document).toEqual(base);
});

describe("a change", () => {
  const changed = (change: Readonly<Record<string, string>>) => readProtocol({ ...texts, ...change }, builtIn);

  it("of one field changes that rule alone", () => {
    expect(changed({ recoveryMinimumMin: "90,5" }).document).toEqual({ ...builtIn, recoveryMinimumMin: 90.5 });
    expect(changed({ "rise.hr": "20" }).document?.relative).toEqual([
      { vital: "hr", riseOverBaseline: 0.2, priority: "medium", delay: 0, offDelay: 0, deadband: 0 },
      ...builtIn.relative,
    ]);
    expect(changed({ startChecks: "identity\n\n  allergies \n" }).document?.startChecks).toEqual([
      "identity",
      "allergies",
    ]);
    expect(changed({ "latching.medium": "yes" }).document?.latching).toEqual(["high", "medium"]);
  });

  it("that empties a limit takes the tier away, with what belonged to it", () => {
    const { rr: _rr, ...limits } = builtIn.limits;
    const emptied = Object.fromEntries(
      Object.keys(texts).flatMap((key) => (/^limits\.rr\..*\.limit$/.test(key) ? [[key, ""]] : [])),
    );
    expect(changed(emptied).document?.limits).toEqual(limits);
    expect(changed({ "limits.hr.low.critical.limit": "" }).document?.limits.hr?.low).toEqual({
      warning: builtIn.limits.hr?.low?.warning,
    });
  });

  it("that cannot be is named at its field", () => {
    expect(Object.keys(changed({ "limits.hr.low.warning.limit": "fifty" }).wrong)).toEqual([
      "limits.hr.low.warning.limit",
    ]);
    expect(Object.keys(changed({ recoveryMinimumMin: "", "rung.1.afterS": "-3", name: " " }).wrong).toSorted()).toEqual(
      ["name", "recoveryMinimumMin", "rung.1.afterS"],
    );
    expect(Object.keys(changed({ "rise.sbp": "900" }).wrong)).toEqual(["rise.sbp"]);
  });
});
