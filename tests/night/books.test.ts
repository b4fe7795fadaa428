/** The books of a small night, and every kind of entry that must not be in them. */
import { advance, type BayEvent, type BayInput, departure, newBay, settle } from "@vigil/shared/bay";
import { bayIdSchema, commandIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { actorSchema, commandSchema } from "@vigil/shared/session";
import { describe, expect, it } from "vitest";
import { keepBooks } from "./books.ts";
import type { Kept, KeptEvent, KeptInput } from "./kept.ts";
import { replayProblems } from "./replay.ts";
import { wallStanding } from "./report.ts";
import { judgeWall, type WallRecord } from "./wall.ts";

const PROTOCOL = protocolSchema.parse({});
const BAY = bayIdSchema.parse("1");
const by = actorSchema.parse({ id: "n1", name: "Nora", role: "nurse" });
const START = Date.UTC(2026, 2, 2, 19);
const END = START + 600_000;

const command = (s: number, n: number, document: unknown): KeptInput["input"] => ({
  kind: "command",
  at: START + s * 1000,
  id: commandIdSchema.parse(`c${n}`),
  by,
  command: commandSchema.parse(document),
});
const reads = (s: number, sbp: number): KeptInput["input"] => ({
  kind: "reading",
  at: START + s * 1000,
  measuredAt: null,
  cadenceS: 1800,
  values: { sbp },
});
const word = (s: number, rung: number, state: "sent" | "confirmed" | "failed"): KeptInput["input"] => ({
  kind: "delivery",
  at: START + s * 1000,
  alarm: "sbp.low",
  rung,
  state,
  reason: null,
});

/** A high alarm that climbs the ladder, is acknowledged, clears, comes again and latches: what a journal keeps of it. */
function smallNight(): { inputs: KeptInput[]; events: KeptEvent[] } {
  const plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 };
  const bare = { startChecks: [], limits: { sbp: { low: { warning: { limit: 90 }, critical: { limit: 80 } } } } };
  const story: BayInput[] = [
    command(0, 0, {
      type: "open-session",
      sessionId: "s1",
      patient: { initials: "AB", weightKg: 70 },
      plan,
      protocol: protocolSchema.parse(bare),
    }),
    command(1, 1, { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 75 } }),
    command(2, 2, { type: "start-infusion" }),
    reads(5, 85),
    reads(20, 70),
    word(50, 0, "sent"),
    word(51, 0, "confirmed"),
    word(80, 1, "sent"),
    command(82, 3, { type: "acknowledge-alarm", alarm: "sbp.low" }),
    command(83, 4, { type: "acknowledge-alarm", alarm: "sbp.low" }),
    reads(90, 120),
    reads(100, 70),
    reads(110, 120),
    reads(120, 85),
  ];
  const inputs: KeptInput[] = [];
  const events: KeptEvent[] = [];
  let bay = newBay(BAY, PROTOCOL);
  const keep = (seq: number, decided: readonly BayEvent[]) => {
    for (const event of decided) events.push({ id: events.length + 1, bay: BAY, seq, event });
  };
  for (const input of story) {
    if (input.kind === "tick") continue;
    // As the ward does it: what falls due before is kept with the input before.
    const waited = settle(bay, input.at);
    keep(inputs.length, waited.events);
    const next = advance(waited.bay, input);
    bay = next.bay;
    inputs.push({ seq: inputs.length + 1, bay: BAY, input });
    keep(inputs.length, next.events);
  }
  return { inputs, events };
}

/** Two alarms, one of which nobody has seen and is over, go to another bay; the ladder climbs there, and the session ends. */
function nightOfTwoBays(): { inputs: KeptInput[]; events: KeptEvent[] } {
  const { inputs: before, events: told } = smallNight();
  const inputs = before.slice(0, 5);
  const events = told.filter(({ seq, event }) => seq <= 5 && event.at <= START + 20_000);
  const other = bayIdSchema.parse("2");
  const seq = () => inputs.length + 1;
  let from = newBay(BAY, PROTOCOL);
  for (const { input } of inputs) from = advance(from, input).bay;
  let to = newBay(other, PROTOCOL);
  const keep = (bay: typeof BAY, of: number, decided: readonly BayEvent[]) => {
    for (const event of decided) events.push({ id: events.length + 1, bay, seq: of, event });
  };
  const take = (bay: typeof BAY, input: KeptInput["input"]) => {
    const state = bay === BAY ? from : to;
    const waited = settle(state, input.at);
    keep(bay, inputs.findLast((each) => each.bay === bay)?.seq ?? 0, waited.events);
    const next = advance(waited.bay, input);
    if (bay === BAY) from = next.bay;
    else to = next.bay;
    keep(bay, seq(), next.events);
    inputs.push({ seq: seq(), bay, input });
  };
  take(BAY, reads(60, 70));
  const going = command(65, 9, { type: "transfer-session", to: other });
  if (going.kind !== "command") throw new Error("that is no command");
  const leaves = { ...going, target: "free" as const };
  const carried = departure(from, leaves);
  if (carried === null) throw new Error("the patient may not go");
  take(BAY, leaves);
  take(other, { kind: "arrival", at: leaves.at, by, from: BAY, carried });
  take(other, reads(68, 120));
  take(other, command(80, 10, { type: "abandon-session", reason: "tired", left: "against-advice" }));
  return { inputs, events };
}

const books = (kept: Kept) => keepBooks(kept, PROTOCOL.escalation, END);
const change = (n: number, alter: (kept: KeptEvent) => KeptEvent): Kept => {
  const { inputs, events } = smallNight();
  return { inputs, events: events.map((kept, i) => (i === n ? alter(kept) : kept)) };
};
/** Where in the small night the nth event of an alarm or its ladder stands that says this. */
const where = (says: string, nth = 0): number =>
  smallNight()
    .events.map(({ event }, n) => ({
      n,
      says: event.type === "alarm" ? event.change : event.type === "delivery" ? event.state : "",
    }))
    .filter((each) => each.says === says)[nth]!.n;

describe("the books", () => {
  it("balance, and count what happened", () => {
    const { total, problems, standing } = books(smallNight());
    expect(problems).toEqual([]);
    expect(total).toEqual({
      raised: 3,
      moved: 0,
      escalated: 1,
      deescalated: 0,
      unknown: 0,
      acknowledged: 1,
      reminded: 0,
      cleared: 2,
      latched: 1,
      standing: 1,
      queued: 2,
      sent: 2,
      confirmed: 1,
      failed: 0,
      cancelled: 1,
    });
    expect(standing).toEqual([{ bay: BAY, alarm: "sbp.low", raisedAt: START + 120_000, gone: false }]);
  });

  it("follow a patient to another bay: what stood there stands here, and calls anew", () => {
    const kept = nightOfTwoBays();
    const { byBay, total, problems, standing } = books(kept);
    expect(problems).toEqual([]);
    expect(byBay.get(BAY)).toMatchObject({ raised: 1, moved: 0, cleared: 1, standing: 0, queued: 1, cancelled: 1 });
    expect(byBay.get(bayIdSchema.parse("2"))).toMatchObject({ raised: 0, moved: 1, cleared: 1, latched: 1, queued: 1 });
    expect(total).toMatchObject({ raised: 1, moved: 1, cleared: 2 });
    // It had latched, and the session that ended took it along.
    expect(standing).toEqual([]);
    expect(replayProblems(kept, PROTOCOL)).toEqual([]);
  });

  it("find out when an alarm stays behind, or comes from nowhere", () => {
    const { inputs, events } = nightOfTwoBays();
    const isAct = ({ event }: KeptEvent) => event.type === "act" && event.command === "transfer-session";
    const [goes, comes] = events.filter(isAct);
    const noArrival = { inputs, events: events.filter((kept) => kept !== comes) };
    expect(books(noArrival).problems.join()).toContain("no such alarm");
    const noDeparture = { inputs, events: events.filter((kept) => kept !== goes) };
    expect(books(noDeparture).problems).not.toEqual([]);
  });

  it.each(["raised", "cleared", "queued", "sent", "acknowledged", "cancelled"])(
    "find out when an event is left out: %s",
    (says) => {
      const { inputs, events } = smallNight();
      const without = { inputs, events: events.filter((_, n) => n !== where(says)) };
      expect([...books(without).problems, ...replayProblems(without, PROTOCOL)]).not.toEqual([]);
      // The replay finds everything; a rung may be confirmed at once, so that the books alone cannot miss a "sent".
      if (says !== "acknowledged" && says !== "sent") expect(books(without).problems).not.toEqual([]);
    },
  );

  it.each(["raised", "cleared", "queued", "confirmed", "acknowledged"])(
    "find out when an event is told twice: %s",
    (says) => {
      const { inputs, events } = smallNight();
      const n = where(says);
      expect(books({ inputs, events: events.toSpliced(n, 0, events[n]!) }).problems.join()).toContain("is told twice");
    },
  );

  it("find out when an event comes before its cause", () => {
    const early = change(where("raised"), (kept) => ({ ...kept, event: { ...kept.event, at: START + 1_500 } }));
    expect(books(early).problems.join()).toContain("outside the time of its input");
  });

  it("find out when an event belongs to no input, a command has no answer or two", () => {
    expect(books(change(0, (kept) => ({ ...kept, seq: 99 }))).problems.join()).toContain("its input 99 is not kept");
    const { inputs, events } = smallNight();
    expect(books({ inputs, events: events.slice(1) }).problems.join()).toContain("command c0: 0 answers");
    expect(books({ inputs, events: [events[0]!, ...events] }).problems.join()).toContain("command c0: 2 answers");
  });

  it("find out when a rung is called at the wrong time, twice, or never comes to an end", () => {
    const late = change(where("queued"), (kept) => ({ ...kept, event: { ...kept.event, at: kept.event.at + 500 } }));
    expect(books(late).problems.join()).toContain("not 30 s after");
    const { inputs, events } = smallNight();
    const endless = { inputs: inputs.slice(0, 8), events: events.filter(({ seq }) => seq <= 8) };
    expect(books(endless).problems).toEqual(["bay 1, sbp.low: at the end of the night rung 1 is still sent"]);
    const left = events.filter((_, n) => n !== where("cancelled"));
    expect(books({ inputs, events: left }).problems.join()).toContain("left sent for ever");
  });
});

describe("the replay", () => {
  it("brings the same events, and tells where it does not", () => {
    expect(replayProblems(smallNight(), PROTOCOL)).toEqual([]);
    const other = change(where("raised"), (kept) => ({ ...kept, event: { ...kept.event, at: kept.event.at + 1 } }));
    expect(replayProblems(other, PROTOCOL)).toHaveLength(1);
  });
});

describe("what the wall was shown", () => {
  /** A wall is not told who acknowledged. */
  const alarmsOf = ({ events }: Kept) =>
    events.flatMap(({ bay, event }) => {
      if (event.type !== "alarm") return [];
      const { by: _by, ...shown } = event;
      return [{ bay, event: shown }];
    });
  const record = (...parts: ReturnType<typeof alarmsOf>[]) => ({
    parts,
    rows: new Map(),
    frames: 0,
    lastFrameAt: END,
    problems: [],
  });

  it("is the journal’s events in their order; what came while it was away may be missing", () => {
    const kept = smallNight();
    const all = alarmsOf(kept);
    expect(judgeWall(record(all), kept, 0)).toMatchObject({ seen: all.length, away: 0, problems: [] });
    expect(judgeWall(record(all.slice(0, 2), [], all.slice(4)), kept, 0)).toMatchObject({
      seen: all.length - 2,
      away: 2,
      problems: [],
    });
  });

  it("is found out when one is missing, shown twice, out of order or invented", () => {
    const kept = smallNight();
    const all = alarmsOf(kept);
    for (const shown of [all.toSpliced(2, 1), all.toSpliced(2, 0, all[2]!), all.toReversed(), all.slice(0, -1)]) {
      expect(judgeWall(record(shown), kept, 0).problems).not.toEqual([]);
    }
    const invented = all.map((one) => ({ ...one, bay: bayIdSchema.parse("2") }));
    expect(judgeWall(record(invented), kept, 0).problems).not.toEqual([]);
  });
});

describe("the wall's last picture", () => {
  const kept = smallNight();
  const raised = kept.events.find(({ event }) => event.type === "alarm" && event.change === "raised")!;
  const before = raised.id - 1;
  const picture = (raisedAt: number, parts: readonly (readonly unknown[])[]) => {
    const rows = new Map([[BAY, { bay: BAY, alarms: [{ id: "sbp.low", raisedAt, condition: "present" }] }]]);
    return { rows, parts } as unknown as Pick<WallRecord, "rows" | "parts">;
  };

  it("is what stood after the last event that it was shown", () => {
    expect(wallStanding(picture(raised.event.at, [[{}]]), kept, raised.id)).toEqual([]);
    expect(wallStanding(picture(raised.event.at, [[{}]]), kept, before)).toHaveLength(1);
  });

  it("may be of a snapshot, which shows what was decided while it was away, and nothing else", () => {
    expect(wallStanding(picture(raised.event.at, [[{}], []]), kept, before)).toEqual([]);
    expect(wallStanding(picture(raised.event.at + 1, [[{}], []]), kept, before)).toHaveLength(1);
  });
});
