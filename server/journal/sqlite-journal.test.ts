import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { BayEvent } from "@vigil/shared/bay";
import { VITALS } from "@vigil/shared/vitals";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import {
  bayId,
  boardId,
  commandId,
  commandInput,
  durableInputs,
  failWrites,
  NINE_O_CLOCK,
  nurse,
  openSession,
  reading,
  temporaryDirectory,
} from "../testing/index.ts";
import { type Journal, JournalFailed, type KeptInput } from "./journal.ts";
import { openSqliteJournal } from "./sqlite-journal.ts";

async function openJournal(directory = temporaryDirectory()): Promise<Journal> {
  const journal = await openSqliteJournal(directory);
  onTestFinished(() => {
    try {
      journal.close();
    } catch {
      // The test closed it.
    }
  });
  return journal;
}

function keep(journal: Journal, bay: string, input: KeptInput | null, events: readonly BayEvent[] = []): number {
  const seq = input === null ? journal.lastSeq : journal.nextSeq();
  journal.append({ bay: bayId(bay), seq, input, events });
  return seq;
}

const act = (
  type: "open-session" | "discharge" | "abandon-session",
  session: string,
  at = NINE_O_CLOCK,
): BayEvent[] => [{ type: "act", at, command: type, by: nurse, sessionId: openSessionId(session), phase: null }];
const openSessionId = (session: string) => {
  const { command } = commandInput(0, "x", openSession(session));
  if (command.type !== "open-session") throw new Error("unreachable");
  return command.sessionId;
};

const anyValue = fc.option(fc.double({ min: 0, max: 100, noNaN: true, noDefaultInfinity: true }));
const anyReading = fc.record(
  {
    measuredAt: fc.option(fc.integer({ min: 0, max: 8.64e15 })),
    cadenceS: fc.option(fc.double({ min: 0.01, max: 3600, noNaN: true })),
    values: fc.record(Object.fromEntries(VITALS.map((vital) => [vital, anyValue])), { requiredKeys: [] }),
  },
  { noNullPrototype: true },
);

it("gives every reading back exactly: absent stays absent, null stays null, zero stays zero", async () => {
  const directory = temporaryDirectory();
  const journal = await openJournal(directory);
  const given = fc.sample(anyReading, { numRuns: 300, seed: 11 }).map((sample, i): KeptInput => {
    const values = { ...sample.values };
    return { kind: "reading", at: NINE_O_CLOCK + i, measuredAt: sample.measuredAt, cadenceS: sample.cadenceS, values };
  });
  for (const input of given) keep(journal, "1", input);
  journal.commit();
  journal.close();
  const again = await openJournal(directory);
  // -0 and 0 are the same measurement.
  const found = [...again.inputsFrom(0)].map((stored) => stored.input);
  expect(JSON.parse(JSON.stringify(found))).toEqual(JSON.parse(JSON.stringify(given)));
  const measured = (input: KeptInput) =>
    input.kind === "reading" ? VITALS.filter((vital) => input.values[vital] !== undefined) : [];
  expect(found.map(measured)).toEqual(given.map(measured));
});

it("gives a command back with its actor and the whole protocol", async () => {
  const journal = await openJournal();
  const input = commandInput(
    NINE_O_CLOCK,
    "c1",
    openSession("s1", { limits: { spo2: { low: { warning: { limit: 93 } } } } }),
  );
  keep(journal, "1", input);
  journal.commit();
  expect([...journal.inputsFrom(1)]).toEqual([{ seq: 1, bay: "1", input }]);
});

it("gives a session that was kept before there were editions of the rules the first one", async () => {
  const journal = await openJournal();
  const { edition: _edition, ...before } = openSession("s1");
  keep(journal, "1", commandInput(NINE_O_CLOCK, "c1", before));
  journal.commit();
  expect([...journal.inputsFrom(1)]).toMatchObject([{ input: { command: { edition: 1 } } }]);
});

it("keeps inputs and events of all bays in the order in which they were decided", async () => {
  const journal = await openJournal();
  keep(journal, "2", commandInput(NINE_O_CLOCK, "c1", openSession("s1")), act("open-session", "s1"));
  keep(journal, "1", reading(NINE_O_CLOCK + 1, { hr: 70 }));
  keep(journal, "2", reading(NINE_O_CLOCK + 2, { hr: 71 }));
  keep(journal, "2", null, act("abandon-session", "s1", NINE_O_CLOCK + 3));
  journal.commit();
  expect([...journal.inputsFrom(2)].map(({ seq, bay }) => [seq, bay])).toEqual([
    [2, "1"],
    [3, "2"],
  ]);
  expect(journal.eventsFrom(bayId("2"), 1).map((event) => event.at)).toEqual([NINE_O_CLOCK, NINE_O_CLOCK + 3]);
  expect(journal.eventsFrom(bayId("2"), 2).map((event) => event.at)).toEqual([NINE_O_CLOCK + 3]);
  expect(journal.eventsFrom(bayId("1"), 0)).toEqual([]);
});

it("shows nobody what is not committed, and counts on from what is", async () => {
  const directory = temporaryDirectory();
  const journal = await openJournal(directory);
  expect([journal.lastSeq, journal.lastAt()]).toEqual([0, null]);
  keep(journal, "1", reading(NINE_O_CLOCK, { hr: 70 }));
  expect(journal.pending).toBe(1);
  expect(durableInputs(directory)).toEqual([]);
  journal.commit();
  expect(durableInputs(directory)).toEqual([1]);
  keep(journal, "1", reading(NINE_O_CLOCK + 1, { hr: 70 }));
  journal.close();
  const again = await openJournal(directory);
  expect([again.lastSeq, again.nextSeq(), again.lastAt()]).toEqual([1, 2, NINE_O_CLOCK]);
});

it.each(["input", "event"] as const)(
  "commits all or nothing when %ss cannot be written, and loses nothing",
  async (table) => {
    const directory = temporaryDirectory();
    const journal = await openJournal(directory);
    keep(journal, "1", reading(NINE_O_CLOCK, { hr: 70 }));
    journal.commit();
    const mend = failWrites(directory, table);
    keep(journal, "1", reading(NINE_O_CLOCK + 1, { hr: 71 }));
    keep(journal, "1", commandInput(NINE_O_CLOCK + 2, "c1", openSession("s1")), act("open-session", "s1"));
    expect(() => journal.commit()).toThrow(JournalFailed);
    expect(() => journal.commit()).toThrow("The journal could not be written: the disk is full.");
    expect(durableInputs(directory)).toEqual([1]);
    expect(journal.pending).toBe(2);
    expect(journal.knownCommand(commandId("c1"))).toEqual({ seq: 3, durable: false, refused: null });
    keep(journal, "1", reading(NINE_O_CLOCK + 3, { hr: 72 }));
    mend();
    journal.commit();
    expect(journal.pending).toBe(0);
    expect(durableInputs(directory)).toEqual([1, 2, 3, 4]);
    expect(journal.openSessions()).toEqual([{ bay: "1", id: "s1", openedSeq: 3 }]);
  },
);

it("knows the first answer to a command, before and after it is durable", async () => {
  const journal = await openJournal();
  const refused = { code: "no-session", reason: "No session is open at this bay." } as const;
  keep(journal, "1", commandInput(1, "c1", openSession("s1")), act("open-session", "s1"));
  keep(journal, "2", commandInput(2, "c2", { type: "start-infusion" }), [
    { type: "refused", at: 2, command: "start-infusion", by: nurse, ...refused },
  ]);
  for (const moment of ["pending", "durable"]) {
    expect(journal.knownCommand(commandId("c1")), moment).toEqual({
      seq: 1,
      durable: moment === "durable",
      refused: null,
    });
    expect(journal.knownCommand(commandId("c2")), moment).toEqual({ seq: 2, durable: moment === "durable", refused });
    expect(journal.knownCommand(commandId("c3")), moment).toBeNull();
    journal.commit();
  }
});

it("refuses to write one command twice", async () => {
  const directory = temporaryDirectory();
  const journal = await openJournal(directory);
  keep(journal, "1", commandInput(1, "c1", { type: "start-infusion" }));
  journal.commit();
  keep(journal, "1", commandInput(2, "c1", { type: "start-infusion" }));
  expect(() => journal.commit()).toThrow(JournalFailed);
  expect(durableInputs(directory)).toEqual([1]);
});

it("knows which sessions are open and where they begin, also when an id comes twice", async () => {
  const journal = await openJournal();
  keep(journal, "1", commandInput(1, "c1", openSession("s1")), act("open-session", "s1"));
  keep(journal, "2", commandInput(2, "c2", openSession("s1")), act("open-session", "s1"));
  keep(journal, "3", commandInput(3, "c3", openSession("s3")), act("open-session", "s3"));
  keep(journal, "1", commandInput(4, "c4", { type: "discharge" }), act("discharge", "s1"));
  keep(
    journal,
    "3",
    commandInput(5, "c5", { type: "abandon-session", reason: "left", left: "against-advice" }),
    act("abandon-session", "s3"),
  );
  keep(journal, "1", commandInput(6, "c6", openSession("s1")), act("open-session", "s1"));
  journal.commit();
  expect(journal.openSessions().map(({ bay, id, openedSeq }) => [bay, id, openedSeq])).toEqual([
    ["2", "s1", 2],
    ["1", "s1", 6],
  ]);
});

it("keeps bays in their order and boards by their name, the last word winning", async () => {
  const directory = temporaryDirectory();
  const journal = await openJournal(directory);
  journal.addBays([
    { id: bayId("10"), name: "Ten" },
    { id: bayId("9"), name: "Nine" },
  ]);
  journal.addBays([{ id: bayId("1"), name: "One" }]);
  journal.saveBoard({ id: boardId("east"), name: "East", bays: [bayId("9")] });
  journal.saveBoard({ id: boardId("east"), name: "East wing", bays: [bayId("1"), bayId("9")] });
  journal.close();
  const again = await openJournal(directory);
  expect(again.bays().map((bay) => bay.name)).toEqual(["Ten", "Nine", "One"]);
  expect(again.boards()).toEqual([{ id: "east", name: "East wing", bays: ["1", "9"] }]);
});

it("gives up on a journal that somebody else holds before the ward is noticeably held up", async () => {
  const directory = temporaryDirectory();
  const journal = await openJournal(directory);
  const other = new DatabaseSync(join(directory, "journal.sqlite"));
  onTestFinished(() => other.close());
  other.exec("begin immediate");
  keep(journal, "1", reading(NINE_O_CLOCK, { hr: 70 }));
  const before = performance.now();
  expect(() => journal.commit()).toThrow(JournalFailed);
  // Nothing else runs meanwhile: no alarm, no frame.
  expect(performance.now() - before).toBeLessThan(1_000);
  other.exec("rollback");
  journal.commit();
  expect(durableInputs(directory)).toEqual([1]);
});
