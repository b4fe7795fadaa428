/** The replay's own clock: where it stands, how fast it goes, and what is to be seen there. */
import type { AtMs, BayId, SessionId } from "@vigil/shared/ids";
import type { LogEntry, Position, VitalEdit } from "@vigil/shared/replay";
import { BehaviorSubject, interval, type Subscription } from "rxjs";
import type { LocalTime } from "../live/index.ts";
import type { Go, NotOpened, Opened, View, WhatIf, Which } from "./asking.ts";
import type { ReplayEngine } from "./engine.ts";
import { ReplayBoard } from "./replay-board.ts";

export const SPEEDS = [0.25, 0.5, 1, 2, 5, 10, 30, 100, 300, 1000] as const;

/** Pictures a second while it plays: as many as the wall shows. */
const LOOK_EVERY_MS = 75;

export type Opening =
  | { readonly kind: "nothing" }
  | { readonly kind: "reading"; readonly what: string }
  | ({ readonly kind: "refused"; readonly what: string } & NotOpened)
  | ({ readonly kind: "open"; readonly session: SessionId | null } & Opened);

/** Where a session is opened, as an address says it. */
export interface Place {
  readonly at: AtMs | null;
  readonly bay: BayId | null;
  readonly edits: readonly VitalEdit[];
  readonly which: Which | null;
}

export class ReplayPlayer {
  readonly opening = new BehaviorSubject<Opening>({ kind: "nothing" });
  readonly view = new BehaviorSubject<View | null>(null);
  readonly playing = new BehaviorSubject(false);
  readonly speed = new BehaviorSubject<number>(1);
  readonly which = new BehaviorSubject<Which>("recorded");
  readonly bay = new BehaviorSubject<BayId | null>(null);
  readonly edits = new BehaviorSubject<readonly VitalEdit[]>([]);
  readonly whatIf = new BehaviorSubject<WhatIf | null>(null);
  readonly board = new ReplayBoard();
  readonly #engine: ReplayEngine;
  readonly #time: LocalTime;
  #clock: Subscription | null = null;
  /** Asked and not answered; and what is to be asked then, the latest alone. */
  #asking = false;
  #next: Go | null = null;

  constructor(engine: ReplayEngine, time: LocalTime) {
    this.#engine = engine;
    this.#time = time;
  }

  get log(): readonly LogEntry[] {
    const { value } = this.opening;
    const recorded = value.kind === "open" ? value.log : [];
    return this.which.value === "what-if" ? (this.whatIf.value?.log ?? recorded) : recorded;
  }

  openSession(id: SessionId, place: Partial<Place> = {}): Promise<void> {
    return this.#open(`session ${id}`, id, this.#engine.ask("openSession", { id }), place);
  }

  openFile(file: File): Promise<void> {
    return this.#open(file.name, null, this.#engine.ask("openFile", { file }), {});
  }

  async #open(
    what: string,
    session: SessionId | null,
    asked: Promise<Opened | NotOpened>,
    { at = null, bay = null, edits = [], which = null }: Partial<Place>,
  ): Promise<void> {
    this.pause();
    this.opening.next({ kind: "reading", what });
    const opened = await asked.catch((error: Error): NotOpened => ({ ok: false, reason: error.message }));
    if (!opened.ok) return this.opening.next({ kind: "refused", what, ...opened });
    this.whatIf.next(null);
    this.edits.next(edits);
    this.which.next("recorded");
    this.bay.next(opened.bays.find((each) => each === bay) ?? opened.bays[0] ?? null);
    this.view.next(null);
    this.board.open(opened.title, opened.bays);
    this.opening.next({ kind: "open", session, ...opened });
    this.go({ kind: "at", at: at ?? opened.from });
    if (edits.length > 0) await this.tryLimits(edits);
    if (edits.length > 0 && which !== null) this.show(which);
  }

  close(): void {
    this.pause();
    this.opening.next({ kind: "nothing" });
  }

  /** The instant that is shown, or will be next. */
  get at(): AtMs {
    if (this.#next?.kind === "at") return this.#next.at;
    return this.view.value?.position.at ?? 0;
  }

  /** While one place is being asked for, only the last of what is asked meanwhile counts. */
  go(go: Go): void {
    this.#next = go;
    if (!this.#asking) void this.#ask();
  }

  step(kind: "second" | "input" | "event" | "alarm", by: 1 | -1): void {
    this.pause();
    const { value: opened } = this.opening;
    if (opened.kind !== "open") return;
    // Pressed before the first picture: from the beginning.
    this.go({ kind, from: this.view.value?.position ?? { at: opened.from, taken: 0 }, by });
  }

  /** To a place among the inputs of one instant. */
  goTo({ at }: Position): void {
    this.pause();
    this.go({ kind: "at", at });
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    while (this.#next !== null) {
      const go = this.#next;
      this.#next = null;
      const view = await this.#engine
        .ask("view", { go, which: this.which.value, bay: this.bay.value })
        .catch(() => null);
      if (view === null) break;
      this.board.show(view);
      this.view.next(view);
    }
    this.#asking = false;
  }

  play(): void {
    const { value: opened } = this.opening;
    if (opened.kind !== "open" || this.playing.value) return;
    if (this.at >= opened.to) this.go({ kind: "at", at: opened.from });
    let from = this.at >= opened.to ? opened.from : this.at;
    let since = this.#time.now();
    let speed = this.speed.value;
    this.playing.next(true);
    this.#clock = interval(LOOK_EVERY_MS, this.#time.scheduler).subscribe(() => {
      const now = this.#time.now();
      from = Math.min(opened.to, from + (now - since) * speed);
      since = now;
      speed = this.speed.value;
      this.go({ kind: "at", at: Math.round(from) });
      if (from >= opened.to) this.pause();
    });
  }

  pause(): void {
    this.#clock?.unsubscribe();
    this.#clock = null;
    if (this.playing.value) this.playing.next(false);
  }

  choose(bay: BayId): void {
    this.bay.next(bay);
    this.#again();
  }

  show(which: Which): void {
    this.which.next(which);
    this.#again();
  }

  /** The whole recording under other limits; no edits: as recorded again. */
  async tryLimits(edits: readonly VitalEdit[]): Promise<void> {
    this.edits.next(edits);
    const answer = await this.#engine.ask("whatIf", { edits });
    this.whatIf.next(edits.length === 0 ? null : answer);
    this.show(edits.length === 0 ? "recorded" : "what-if");
  }

  lanes(bay: BayId, buckets: number) {
    return this.#engine.ask("lanes", { bay, which: this.which.value, buckets });
  }

  #again(): void {
    const position = this.view.value?.position;
    if (position !== undefined && !this.playing.value) this.go({ kind: "at", at: position.at });
  }

  end(): void {
    this.pause();
    this.#engine.close();
  }
}
