import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AlarmEvent } from "@vigil/shared/alarms";
import { bayIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { commandSchema } from "@vigil/shared/session";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FeedLine, readFeed } from "../feed/index.ts";
import { type OfflineEvent, type OfflineSettings, OfflineWard } from "./index.ts";

const bay = (id: string) => bayIdSchema.parse(id);
const protocol = protocolSchema.parse({
  limits: {
    spo2: { low: { warning: { limit: 94, delay: 15, offDelay: 5, deadband: 1 }, critical: { limit: 90, delay: 10 } } },
    hr: { high: { warning: { limit: 120, delay: 10, offDelay: 5, deadband: 2 } } },
  },
});
const infusing: OfflineSettings = { protocol, phase: "infusing", cuffIntervalMin: 5 };

function run(bays: readonly string[], lines: readonly Partial<FeedLine>[], settings = infusing): OfflineEvent[] {
  const ward = new OfflineWard({ bays: bays.map(bay), cadence: 1, other: {} }, settings);
  const events = lines.flatMap((line, i) =>
    ward.take({ at: 0, bay: bay("1"), values: {}, command: null, other: {}, ...line, number: i + 2 }),
  );
  return [...events, ...ward.end()];
}

const said = (events: readonly OfflineEvent[]) =>
  events.flatMap(({ bay: id, event }) =>
    event.type === "alarm" && event.kind === "physiological"
      ? [`${event.at / 1000} ${id} ${event.alarm} ${event.change}`]
      : [],
  );

const spo2 = (t: number, id: string, value: number | null): Partial<FeedLine> => ({
  at: t * 1000,
  bay: bay(id),
  values: { spo2: value },
});

describe("the engine over a feed", () => {
  it("tells what the lines of one instant bring in the order of the lines", () => {
    const at = (id: string) => ({ at: 1_000, bay: bay(id), values: { spo2: 80 } });
    const now: OfflineSettings = {
      ...infusing,
      protocol: protocolSchema.parse({ limits: { spo2: { low: { critical: { limit: 90 } } } } }),
    };
    expect(said(run(["a", "b"], [at("b"), at("a")], now))).toEqual(["1 b spo2.low raised", "1 a spo2.low raised"]);
  });

  it("raises at the deadline, in time order over bays, within one instant in the header's order", () => {
    const lines = Array.from({ length: 21 }, (_, t) => [spo2(t, "b", 92), spo2(t, "a", t < 2 ? 98 : 92)]).flat();
    expect(said(run(["a", "b"], lines))).toEqual(["15 b spo2.low raised", "17 a spo2.low raised"]);
    const together = Array.from({ length: 21 }, (_, t) => [spo2(t, "b", 92), spo2(t, "a", 92)]).flat();
    expect(said(run(["a", "b"], together))).toEqual(["15 a spo2.low raised", "15 b spo2.low raised"]);
  });

  it("settles a bay whose own lines have ended, up to the last line of the feed and not beyond", () => {
    const b = Array.from({ length: 11 }, (_, t) => spo2(t, "b", 92));
    const until = (t: number) => said(run(["a", "b"], [...b, spo2(t, "a", 98)]));
    // Stale at 15 s: a delay that ends at the very instant of staleness counts as ended.
    expect(until(14)).toEqual([]);
    expect(until(15)).toEqual(["15 b spo2.low raised"]);
    expect(until(60)).toContain("15 b spo2.low raised");
  });

  it("opens no session by itself, takes the feed's own", () => {
    const low = Array.from({ length: 21 }, (_, t) => spo2(t, "1", 80));
    expect(run(["1"], low, { ...infusing, phase: null })).toEqual([]);
    const open = commandSchema.parse({ type: "open-session", sessionId: "s", patient: { initials: "A" } });
    const opened = [{ values: null, command: open }, ...low];
    expect(said(run(["1"], opened, { ...infusing, phase: null }))).toEqual(["10 1 spo2.low raised"]);
  });

  it("with a phase given leaves the feed's own moves aside, and keeps what is done to alarms", () => {
    const command = (t: number, document: unknown) => ({
      at: t * 1000,
      values: null,
      command: commandSchema.parse(document),
    });
    const lines = [
      command(0, { type: "end-infusion" }),
      ...Array.from({ length: 13 }, (_, t) => spo2(t, "1", 80)),
      command(12, { type: "acknowledge-alarm", alarm: "spo2.low" }),
    ];
    expect(said(run(["1"], lines))).toEqual(["10 1 spo2.low raised", "12 1 spo2.low acknowledged"]);
  });

  it("tells of a refused command with its line", () => {
    const command = commandSchema.parse({ type: "start-infusion" });
    const events = run(["1"], [{ values: null, command }], { ...infusing, phase: null });
    expect(events).toMatchObject([{ line: 2, event: { type: "refused", code: "no-session" } }]);
  });

  it("gives the same events for several bays in one feed as for each alone", () => {
    const line = fc.record({
      t: fc.nat({ max: 120 }),
      bay: fc.constantFrom("1", "2", "3"),
      value: fc.option(fc.integer({ min: 85, max: 99 })),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 80 }), (drawn) => {
        const lines = drawn.toSorted((a, b) => a.t - b.t).map((each) => spo2(each.t, each.bay, each.value));
        const end = lines.at(-1)?.at ?? 0;
        const start = lines[0]?.at ?? 0;
        const together = said(run(["1", "2", "3"], lines));
        const alone = ["1", "2", "3"].flatMap((id) => {
          const own = lines.filter((each) => each.bay === id);
          // Another bay's lines at both ends keep the clock of the whole feed.
          const frame = (at: number) => ({ at, bay: bay("0"), values: {} });
          return said(run([id], [frame(start), ...own, frame(end)]));
        });
        expect(together.toSorted()).toEqual(alone.toSorted());
        const times = together.map((each) => Number(each.split(" ")[0]));
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
    );
  });
});

const recordings =
  process.env.VIGIL_RECORDINGS ?? fileURLToPath(new URL("../../../shared/data/recordings", import.meta.url));

if (!existsSync(recordings)) {
  describe("recordings", () => {
    it.skip("skipped: no recordings", () => {});
  });
} else {
  describe("recordings", () => {
    it.each(readdirSync(recordings).filter((name) => name.endsWith(".ndjson")))(
      "%s is read whole, its events in time order and within it",
      async (name) => {
        const { header, lines } = await readFeed(`${recordings}/${name}`);
        const ward = new OfflineWard(header, {
          protocol: protocolSchema.parse({}),
          phase: "infusing",
          cuffIntervalMin: 5,
        });
        const events: AlarmEvent[] = [];
        const add = (found: readonly OfflineEvent[]) => {
          for (const { event } of found) if (event.type === "alarm") events.push(event);
        };
        const times: number[] = [];
        for await (const line of lines) {
          times.push(line.at);
          add(ward.take(line));
        }
        add(ward.end());
        expect(times.length).toBeGreaterThan(10);
        const at = events.map((event) => event.at);
        expect(at).toEqual(at.toSorted((a, b) => a - b));
        for (const instant of at) {
          expect(instant).toBeGreaterThanOrEqual(times[0] ?? 0);
          expect(instant).toBeLessThanOrEqual(times.at(-1) ?? 0);
        }
        // Every episode is raised once and cleared at most once.
        const open = new Set<string>();
        for (const { alarm, change } of events) {
          if (change === "raised") {
            expect(open.has(alarm)).toBe(false);
            open.add(alarm);
          }
          if (change === "cleared") expect(open.delete(alarm)).toBe(true);
        }
      },
    );
  });
}
