import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { personIdSchema } from "../ids/index.ts";
import { type AuditRow, canonicalForm, type NewAuditEntry, NO_HASH, nextRow } from "./entry.ts";
import { faultText } from "./faults.ts";
import { type AuditCheckpoint, ChainCheck } from "./verify.ts";

/** FNV-1a, twice over, as 64 digits: good enough where nobody attacks. */
const digest = (text: string): string => {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  for (let i = 0; i < text.length; i += 1) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193) >>> 0;
    b = Math.imul(b ^ text.charCodeAt(i) ^ (a >>> 7), 0x85ebca6b) >>> 0;
  }
  return `${a.toString(16).padStart(8, "0")}${b.toString(16).padStart(8, "0")}`.repeat(4);
};

const entry = (i: number): NewAuditEntry => ({
  at: 1_000 + i,
  actor: i % 3 === 0 ? null : { id: personIdSchema.parse(`n${i}`), name: `Nurse ${i}`, role: "nurse" },
  from: "10.0.0.7",
  action: i % 2 === 0 ? "acknowledge-alarm" : "sign-in",
  subject: i % 4 === 0 ? null : "bay 3",
  outcome: i % 5 === 0 ? "refused" : "done",
  detail: { alarm: "spo2.low", i },
});

function chainOf(length: number): AuditRow[] {
  const rows: AuditRow[] = [];
  for (let i = 0; i < length; i += 1) rows.push(nextRow(entry(i), rows.at(-1) ?? { seq: 0, hash: NO_HASH }, digest));
  return rows;
}

function check(rows: readonly AuditRow[], checkpoint: AuditCheckpoint | null = null) {
  const chain = new ChainCheck(
    digest,
    {
      ownerOf: (hash) => rows.find((row) => row.hash === hash)?.seq ?? null,
      followerOf: (hash) => rows.find((row) => row.prev === hash)?.seq ?? null,
    },
    checkpoint,
  );
  for (const row of rows) chain.take(row);
  return chain.faults();
}
const named = (rows: readonly AuditRow[], checkpoint: AuditCheckpoint | null = null) =>
  check(rows, checkpoint).map(({ kind, from, to }) => `${kind} ${from === to ? from : `${from}–${to}`}`);
const renumbered = (rows: readonly AuditRow[]) => rows.map((row, i) => ({ ...row, seq: i + 1 }));
const rehashed = (row: AuditRow): AuditRow => ({ ...row, hash: digest(canonicalForm(row)) });

const LENGTH = 12;
/** Of a chain of twelve, one that is neither first nor last. */
const inner = fc.integer({ min: 2, max: LENGTH - 1 });
const any = fc.integer({ min: 1, max: LENGTH });
const at = (rows: readonly AuditRow[], seq: number): AuditRow => rows[seq - 1]!;

it("a chain that nobody touched is whole, of any length", () => {
  for (const length of [0, 1, 2, 50]) {
    const rows = chainOf(length);
    expect(check(rows, rows.at(-1) ?? { seq: 0, hash: NO_HASH })).toEqual([]);
  }
});

it("the canonical form is the documented one", () => {
  const [, row] = chainOf(2);
  expect(canonicalForm(row!)).toBe(
    `["vigil-audit/1","${row!.prev}",1001,"n1","Nurse 1","nurse","10.0.0.7","sign-in","bay 3","done","{\\"alarm\\":\\"spo2.low\\",\\"i\\":1}"]`,
  );
});

it("texts that no database gives back as they were are kept as those that it does", () => {
  const row = nextRow({ ...entry(1), from: "a\0b\ud800" }, { seq: 0, hash: NO_HASH }, digest);
  expect(row.from).toBe("a�b�");
  expect(check([row])).toEqual([]);
});

describe("one change is found and named:", () => {
  const changes: readonly ((row: AuditRow) => AuditRow)[] = [
    (row) => ({ ...row, at: row.at + 1 }),
    (row) => ({ ...row, actorId: "somebody" }),
    (row) => ({ ...row, actorName: row.actorName === null ? "" : null }),
    (row) => ({ ...row, actorRole: "administrator" }),
    (row) => ({ ...row, from: "elsewhere" }),
    (row) => ({ ...row, action: "discharge" }),
    (row) => ({ ...row, subject: "bay 4" }),
    (row) => ({ ...row, outcome: "failed" }),
    (row) => ({ ...row, detail: "{}" }),
    (row) => ({ ...row, prev: digest("nothing") }),
    (row) => ({ ...row, hash: digest("nothing") }),
  ];

  it("in any field of any entry", () => {
    fc.assert(
      fc.property(any, fc.constantFrom(...changes), (seq, change) => {
        const rows = chainOf(LENGTH).map((row) => (row.seq === seq ? change(row) : row));
        expect(named(rows)).toEqual([`changed ${seq}`]);
      }),
    );
  });

  it("with its hash made anew, by what comes after it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LENGTH - 1 }), (seq) => {
        const rows = chainOf(LENGTH).map((row) => (row.seq === seq ? rehashed({ ...row, action: "x" }) : row));
        expect(named(rows)).toEqual([`rewritten ${seq}–${seq + 1}`]);
      }),
    );
  });

  it("of the last one with its hash, by a checkpoint", () => {
    const rows = chainOf(LENGTH);
    const changed = [...rows.slice(0, -1), rehashed({ ...rows.at(-1)!, action: "x" })];
    expect(named(changed)).toEqual([]);
    expect(named(changed, rows.at(-1)!)).toEqual([`other-history ${LENGTH}`]);
  });

  it("an entry that was removed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LENGTH - 1 }), (seq) => {
        expect(named(chainOf(LENGTH).filter((row) => row.seq !== seq))).toEqual([`missing ${seq}`]);
      }),
    );
  });

  it("an entry that was removed, the others given new numbers", () => {
    fc.assert(
      fc.property(inner, (seq) => {
        const rows = renumbered(chainOf(LENGTH).filter((row) => row.seq !== seq));
        expect(named(rows)).toEqual([`rewritten ${seq - 1}–${seq}`]);
      }),
    );
  });

  it("an end that was cut off, by a checkpoint", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LENGTH - 1 }), (left) => {
        const rows = chainOf(LENGTH);
        expect(named(rows.slice(0, left), rows.at(-1)!)).toEqual([
          `cut-off ${left + 1 === LENGTH ? LENGTH : `${left + 1}–${LENGTH}`}`,
        ]);
      }),
    );
  });

  it("an entry that was slipped in, bound and hashed as if it belonged there", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LENGTH - 1 }), (after) => {
        const rows = chainOf(LENGTH);
        const slipped = nextRow(entry(99), rows[after - 1] ?? { seq: 0, hash: NO_HASH }, digest);
        expect(named(renumbered([...rows.slice(0, after), slipped, ...rows.slice(after)]))).toEqual([
          `inserted ${after + 1}`,
        ]);
      }),
    );
  });

  it("two entries that were exchanged", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LENGTH - 1 }), (seq) => {
        const rows = chainOf(LENGTH);
        const swapped = rows.map((row) => {
          if (row.seq === seq) return { ...at(rows, seq + 1), seq };
          return row.seq === seq + 1 ? { ...at(rows, seq), seq: seq + 1 } : row;
        });
        expect(named(swapped)).toEqual([`moved ${seq}`, `moved ${seq + 1}`]);
      }),
    );
  });

  it("an entry that was moved to the end", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LENGTH - 2 }), (seq) => {
        const rows = chainOf(LENGTH);
        const moved = [...rows.filter((row) => row.seq !== seq), { ...at(rows, seq), seq: 50 }];
        expect(named(moved)).toContain("moved 50");
      }),
    );
  });
});

it("two faults are both named", () => {
  const rows = chainOf(LENGTH).filter(({ seq }) => seq !== 8);
  expect(named(rows.map((row) => (row.seq === 3 ? { ...row, subject: "bay 9" } : row)))).toEqual([
    "changed 3",
    "missing 8",
  ]);
  expect(faultText({ kind: "missing", from: 8, to: 8 })).toBe("Entry 8 was removed.");
});
