/** The ward as it runs, on a journal on a disk, in fake time; it can be killed at any instant. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Journal, openSqliteJournal } from "@vigil/server/journal";
import { bayId, command, commandId, FakeClock } from "@vigil/server/testing";
import { type CommandAnswer, Ward } from "@vigil/server/ward";
import type { AlarmId } from "@vigil/shared/alarms";
import { boardRow } from "@vigil/shared/board";
import type { AtMs } from "@vigil/shared/ids";
import { actorSchema } from "@vigil/shared/session";
import { faultyJournal } from "./planted.ts";
import { type RungState, type Values, VITALS } from "./ward-state.ts";

export type Place = "1" | "2";
export const PLACES = ["1", "2"] as const satisfies readonly Place[];
const NURSE = actorSchema.parse({ id: "nurse-1", name: "Nora Nurse", role: "nurse" });
export const DBP = 75;
const COMMIT_EVERY_MS = 50;
/** Kept in memory where the system has such a place: what is tested is the order of writes, not the disk. */
const PLACE = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

export class RealWard {
  readonly #directory: string;
  #journal: Journal;
  #ward: Ward;
  #sent = 0;
  #last: {
    readonly id: string;
    readonly place: Place;
    readonly document: unknown;
    readonly answer: CommandAnswer | null;
  } | null = null;
  #clock: FakeClock;
  #told: string[] = [];
  /** The last input before the last decision that displays were told of: up to here, at least, all must survive. */
  shown = 0;
  readonly problems: string[] = [];

  static async open(): Promise<RealWard> {
    const directory = mkdtempSync(join(PLACE, "vigil-model-"));
    const journal = await openSqliteJournal(directory);
    journal.addBays(PLACES.map((place) => ({ id: bayId(place), name: place })));
    return new RealWard(directory, journal, new FakeClock());
  }

  private constructor(directory: string, journal: Journal, clock: FakeClock) {
    this.#directory = directory;
    this.#journal = journal;
    this.#clock = clock;
    this.#ward = this.#start();
  }

  #start(): Ward {
    const onProblem = (sentence: string) => this.problems.push(sentence);
    const journal = faultyJournal(this.#journal);
    const ward = new Ward({ clock: this.#clock, journal, commitEveryMs: COMMIT_EVERY_MS, onProblem });
    ward.changes.subscribe(({ after, events }) => {
      // A plain value may be seen a moment before it is kept; what was decided, and all before it, is kept first.
      if (events.length > 0) this.shown = this.#journal.lastSeq;
      for (const event of events) {
        if (event.type === "alarm") this.#told.push(`${after.id}: ${event.at} ${event.change} ${event.alarm}`);
        if (event.type === "delivery") {
          this.#told.push(`${after.id}: ${event.at} ${event.state} ${event.rung} ${event.alarm}`);
        }
      }
    });
    ward.start(() => undefined);
    return ward;
  }

  get now(): AtMs {
    return this.#clock.now();
  }

  /** Inputs that were taken, durable or not. */
  get taken(): number {
    return this.#journal.lastSeq;
  }

  takeTold(): string[] {
    const told = this.#told;
    this.#told = [];
    return told;
  }

  view(place: Place) {
    const bay = this.#ward.bay(bayId(place))!;
    const row = boardRow(bay);
    const deliveries = new Map(bay.alarms.map((alarm) => [alarm.id, alarm.deliveries]));
    return {
      phase: row.phase,
      pausedUntil: row.audioPausedUntil,
      off: VITALS.filter((vital) => row.alarmsOff.includes(vital)),
      alarms: row.alarms.map(({ id, tier, priority, condition, acknowledged, annunciation, extreme, limit }) => ({
        id,
        tier,
        priority,
        condition,
        acknowledged,
        annunciation,
        extreme,
        limit,
        rungs: (deliveries.get(id) ?? []).map(({ state }) => state),
      })),
    };
  }

  wait(ms: number): void {
    this.#clock.advance(ms);
  }

  /** Time passes with nobody looking: timers fire late. */
  sleep(ms: number): void {
    this.#clock.jump(ms);
  }

  /** With a cuff's systolic pressure comes a diastolic one that nothing is ever wrong with. */
  read(place: Place, values: Values): void {
    const { sbp } = values;
    const dbp = sbp === undefined ? {} : { dbp: sbp === null ? null : DBP };
    this.#ward.receive(bayId(place), { measuredAt: null, cadenceS: null, values: { ...values, ...dbp } });
  }

  act(place: Place, document: unknown): CommandAnswer | null {
    this.#sent += 1;
    const id = `c${this.#sent}`;
    const answer = this.#ward.command(bayId(place), commandId(id), NURSE, command(document));
    this.#last = { id, place, document, answer };
    return answer;
  }

  /** The last command once more, as a display does that heard no answer: then, and now. */
  actAgain(): readonly [CommandAnswer | null, CommandAnswer | null] | null {
    if (this.#last === null) return null;
    const { id, place, document, answer } = this.#last;
    return [answer, this.#ward.command(bayId(place), commandId(id), NURSE, command(document))];
  }

  delivered(place: Place, alarm: AlarmId, rung: number, state: Exclude<RungState, "queued" | "cancelled">): void {
    this.#ward.delivered(bayId(place), { alarm, rung, state, reason: null });
  }

  /** As kill -9: what was not committed is gone, no timer lives on. Up again after `downMs`. */
  async crash(downMs: number): Promise<void> {
    this.#journal.close();
    this.#journal = await openSqliteJournal(this.#directory);
    this.#clock = new FakeClock(this.#clock.now() + downMs);
  }

  startAgain(): void {
    this.#ward = this.#start();
  }

  end(): void {
    this.#journal.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
