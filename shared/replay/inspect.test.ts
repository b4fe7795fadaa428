/** The reasons people read: one story for each kind of decision. */
import { describe, expect, it } from "vitest";
import type { BayInput } from "../bay/index.ts";
import { bayIdSchema, commandIdSchema } from "../ids/index.ts";
import { type ProtocolDocument, protocolSchema } from "../protocol/index.ts";
import { actorSchema, type Command, commandSchema } from "../session/index.ts";
import type { ReadingValues } from "../vitals/index.ts";
import { inspect } from "./inspect.ts";
import { Replay } from "./replay.ts";

const BAY = bayIdSchema.parse("1");
const WELL: ReadingValues = { hr: 70, spo2: 98, rr: 14 };
const FREE: ProtocolDocument = { startChecks: [], dischargeChecks: [], reasonForEarlyStop: false };

class Story {
  readonly #protocol: ProtocolDocument;
  readonly #inputs: { readonly bay: typeof BAY; readonly input: BayInput }[] = [];

  constructor(protocol: ProtocolDocument = {}) {
    this.#protocol = { ...FREE, ...protocol };
    const plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 };
    this.does(0, { type: "open-session", sessionId: "s", patient: { initials: "AB", weightKg: 70 }, plan });
    this.does(0, { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 80 } });
    this.does(0, { type: "start-infusion" });
  }

  does(s: number, document: object): this {
    const command: Command = commandSchema.parse(document);
    const id = commandIdSchema.parse(`c${this.#inputs.length}`);
    const by = actorSchema.parse({ id: "n1", name: "Nora Nurse", role: "nurse" });
    return this.#takes({ kind: "command", at: s * 1000, id, by, command });
  }

  reads(fromS: number, toS: number, values: ReadingValues): this {
    for (let s = fromS; s <= toS; s++) {
      this.#takes({ kind: "reading", at: s * 1000, measuredAt: null, cadenceS: 1, values });
    }
    return this;
  }

  #takes(input: BayInput): this {
    this.#inputs.push({ bay: BAY, input });
    return this;
  }

  /** Of every event of this alarm, or of acts and refusals by their command: what changed, and why. */
  why(of: string, toS?: number): string[] {
    if (toS !== undefined) this.#takes({ kind: "tick", at: toS * 1000 });
    const replay = new Replay(this.#inputs, { protocol: protocolSchema.parse(this.#protocol) });
    return replay.log.flatMap((entry) => {
      const { event } = entry;
      const name =
        event.type === "alarm" || event.type === "delivery"
          ? event.alarm
          : "command" in event
            ? event.command
            : event.type;
      if (name !== of) return [];
      const what = event.type === "alarm" ? event.change : event.type === "delivery" ? event.state : event.type;
      const found = inspect(replay, entry, BAY)?.decisions.find(
        (each) => JSON.stringify(each.event) === JSON.stringify(event),
      );
      return [`${what}: ${found?.reason}`];
    });
  }
}

describe("a limit alarm says", () => {
  it("which limit, how long, and what it took to end it", () => {
    const story = new Story()
      .reads(1, 10, WELL)
      .reads(11, 35, { ...WELL, spo2: 92 })
      .reads(36, 60, WELL);
    expect(story.why("spo2.low")).toEqual([
      "raised: SpO₂ was below the warning limit of 94 % for 15 s without a break: medium priority.",
      "cleared: SpO₂ was 95 % or more (the warning limit of 94 %; its deadband is 1) for 5 s without a break.",
    ]);
  });

  it("that it became graver, milder, and stays when nobody saw it", () => {
    const story = new Story()
      .reads(1, 35, { ...WELL, spo2: 85 })
      .reads(36, 70, { ...WELL, spo2: 92 })
      .reads(71, 90, WELL);
    expect(story.why("spo2.low")).toEqual([
      "raised: SpO₂ was below the critical limit of 90 % for 10 s without a break: high priority.",
      "deescalated: SpO₂ was 91 % or more (the critical limit of 90 %; its deadband is 1) for 5 s without a break. What is left of it has medium priority.",
      "cleared: SpO₂ was 95 % or more (the warning limit of 94 %; its deadband is 1) for 5 s without a break. Nobody has seen it, and an alarm as grave as it was stays until somebody has.",
    ]);
  });

  it("that a pressure rose over the baseline", () => {
    const story = new Story().reads(1, 1, { sbp: 160, dbp: 80 }).reads(2, 2, { sbp: 130, dbp: 80 });
    expect(story.why("sbp.high")).toEqual([
      "raised: SBP was above the warning limit of 156 mmHg, a rise of 30 % over the baseline of 120 mmHg, at once: medium priority.",
      "cleared: SBP was 153 mmHg or less (the warning limit of 156 mmHg, a rise of 30 % over the baseline of 120 mmHg; its deadband is 3), and one value is enough.",
    ]);
  });

  it("that data was lost and came back", () => {
    const low = { ...WELL, spo2: 92 };
    const story = new Story()
      .reads(1, 20, low)
      .reads(21, 30, { ...WELL, spo2: null })
      .reads(31, 32, low);
    expect(story.why("spo2.low").slice(1)).toEqual([
      "unknown: No valid SpO₂ came for 5 s. Losing data ends no alarm: it stands until a value says otherwise.",
      "present: A valid SpO₂ came again, and it has not ended the alarm.",
    ]);
    expect(story.why("signal-lost.spo2")).toEqual([
      "raised: No valid SpO₂ came for 5 s, while the monitor goes on talking.",
      "cleared: A valid SpO₂ came again.",
    ]);
  });

  it("that the rules were changed and not the patient", () => {
    const story = new Story().reads(1, 20, { ...WELL, spo2: 92 });
    story.does(21, { type: "set-limits", vital: "spo2", limits: { low: { warning: { limit: 90, delay: 15 } } } });
    expect(story.why("spo2.low").slice(1)).toEqual([
      "cleared: By the rules as they are now the last SpO₂, 92, is no alarm.",
    ]);
  });
});

describe("everything else says", () => {
  it("how long the monitor was silent, and what that hides", () => {
    const story = new Story().reads(1, 10, { ...WELL, spo2: null });
    expect(story.why("monitor-silent", 60)).toEqual([
      "raised: The monitor has sent nothing for 10 s.",
      "escalated: The monitor has sent nothing for 30 s.",
    ]);
    expect(story.why("signal-lost.spo2", 60)).toContain(
      "cleared: The whole monitor is silent, and that alarm says it for every signal.",
    );
  });

  it("to whom the ladder takes it, and that an answer was enough", () => {
    const story = new Story().reads(1, 50, { ...WELL, spo2: 85 });
    story.does(50, { type: "acknowledge-alarm", alarm: "spo2.low" });
    const why = story.why("spo2.low");
    expect(why[1]).toMatch(
      /^queued: It is of high priority and nobody acknowledged it for 30 s: the ladder takes it to /,
    );
    expect(why[2]).toMatch(
      /^cancelled: Acknowledged, over, or changed in priority: .* need not be called for what it was\.$/,
    );
    expect(why[3]).toBe("acknowledged: A person has seen it: it sounds no more until it ends or becomes graver.");
  });

  it("which phase an act led to, and why one was refused", () => {
    const story = new Story().does(5, { type: "start-infusion" });
    expect(story.why("start-infusion")).toEqual([
      "act: From preparation to infusing.",
      "refused: Nothing was changed, because the session's phase does not allow it.",
    ]);
  });

  it("what is overdue", () => {
    const story = new Story().reads(1, 2, WELL);
    expect(story.why("observation-overdue", 3600)[0]).toMatch(
      /^raised: Nobody recorded an observation for \d+ min; one is due every \d+ min\.$/,
    );
    expect(story.why("plan-elapsed", 3600)[0]).toBe(
      "raised: The planned 40 min of the infusion are over, and it has not been stopped.",
    );
  });
});
