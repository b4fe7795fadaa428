/** The replay's own clock: where it stands, how fast it goes, and what is to be seen there. */
import type { AtMs, BayId, SessionId } from "@vigil/shared/ids";
import type { LogEntry, VitalEdit } from "@vigil/shared/replay";
import { BehaviorSubject, interval, type Subscription } from "rxjs";
import type { LocalTime } from "../live/index.ts";
import type { Move, NotOpened, Opened, View, WhatIf, Which, Window } from "./asking.ts";
import type { ReplayEngine } from "./engine.ts";
import { ReplayBoard } from "./replay-board.ts";

export const SPEEDS = [0.25, 0.5, 1, 2, 5, 10, 30, 100, 300, 1000] as const;

/** Pictures a second while it plays: as many as the wall shows. */
const LOOK_EVERY_MS = 75;

/** What is replayed: a session of this clinic, or a file of this computer. */
export type Source =
  | { readonly kind: "session"; readonly id: SessionId }
  | { readonly kind: "file"; readonly file: File };

export type Opening =
  | { readonly kind: "nothing" }
  | { readonly kind: "reading"; readonly source: Source }
  | ({ readonly kind: "refused"; readonly source: Source } & NotOpened)
  | ({ readonly kind: "open"; readonly source: Source } & Opened);

export const sourceText = (source: Source): string =>
  source.kind === "session" ? `Session ${source.id}` : source.file.name;

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
  /** Asked and not answered; and what is to be asked then. */
  #asking = false;
  #moves: readonly Move[] = [];
  /** Counts what was opened and closed: an answer to what is no longer wanted opens nothing. */
  #openings = 0;

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
    return this.open({ kind: "session", id }, place);
  }

  openFile(file: File): Promise<void> {
    return this.open({ kind: "file", file });
  }

  /** @param lines no more than so many of the feed */
  async open(
    source: Source,
    { at = null, bay = null, edits = [], which = null }: Partial<Place> = {},
    lines: number | null = null,
  ): Promise<void> {
    this.pause();
    this.#openings += 1;
    const mine = this.#openings;
    this.opening.next({ kind: "reading", source });
    const asked =
      source.kind === "session"
        ? this.#engine.ask("openSession", { id: source.id, lines })
        : this.#engine.ask("openFile", { file: source.file, lines });
    const opened = await asked.catch((error: Error): NotOpened => ({ ok: false, reason: error.message }));
    if (mine !== this.#openings) return;
    if (!opened.ok) return this.opening.next({ kind: "refused", source, ...opened });
    this.whatIf.next(null);
    this.edits.next(edits);
    this.which.next("recorded");
    this.bay.next(opened.bays.find((each) => each === bay) ?? opened.bays[0] ?? null);
    this.#moves = [];
    this.view.next(null);
    this.board.open(opened.title, opened.bays);
    this.opening.next({ kind: "open", source, ...opened });
    this.go({ kind: "at", at: at ?? opened.from });
    if (edits.length > 0) await this.tryLimits(edits);
    if (edits.length > 0 && which !== null && mine === this.#openings) this.show(which);
  }

  close(): void {
    this.pause();
    this.#openings += 1;
    this.#moves = [];
    this.opening.next({ kind: "nothing" });
    this.view.next(null);
  }

  /** The instant that is shown, or will be next. */
  get at(): AtMs {
    const last = this.#moves.at(-1);
    return last?.kind === "at" ? last.at : (this.view.value?.position.at ?? 0);
  }

  /** An instant makes what was asked before it idle; steps go on from what was asked last, though it is not shown yet. */
  go(move: Move): void {
    this.#moves = move.kind === "at" ? [move] : [...this.#moves, move];
    if (!this.#asking) void this.#ask();
  }

  step(kind: "second" | "input" | "event" | "alarm", by: 1 | -1): void {
    this.pause();
    if (this.opening.value.kind === "open") this.go({ kind, by });
  }

  /** To a place in the recording, and the bay to look at there. */
  goTo({ at, taken, bay }: { readonly at: AtMs; readonly taken?: number; readonly bay?: BayId }): void {
    this.pause();
    if (bay !== undefined) this.bay.next(bay);
    this.go({ kind: "at", at, ...(taken === undefined ? {} : { taken }) });
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    while (this.#moves.length > 0) {
      const { value: bay } = this.bay;
      const asked = { from: this.view.value?.position ?? null, moves: this.#moves, which: this.which.value, bay };
      this.#moves = [];
      const mine = this.#openings;
      const view = await this.#engine.ask("view", asked).catch(() => null);
      if (mine !== this.#openings) continue;
      if (view === null) break;
      // Whoever chose another bay meanwhile keeps it.
      if (view.bay !== bay && this.bay.value === bay) this.bay.next(view.bay);
      this.board.show(view);
      this.view.next(view);
    }
    this.#asking = false;
  }

  play(): void {
    const { value: opened } = this.opening;
    if (opened.kind !== "open" || this.playing.value) return;
    if (this.at >= opened.to) this.go({ kind: "at", at: opened.from });
    // From where the steps lead that are still under way.
    let from: AtMs | null = null;
    let since = this.#time.now();
    let speed = this.speed.value;
    this.playing.next(true);
    this.#clock = interval(LOOK_EVERY_MS, this.#time.scheduler).subscribe(() => {
      const now = this.#time.now();
      if (from === null && this.#asking) {
        since = now;
        return;
      }
      from = Math.min(opened.to, (from ?? this.at) + (now - since) * speed);
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
    const mine = this.#openings;
    const answer = await this.#engine.ask("whatIf", { edits });
    if (mine !== this.#openings) return;
    this.whatIf.next(edits.length === 0 ? null : answer);
    this.show(edits.length === 0 ? "recorded" : "what-if");
  }

  charts(bay: BayId) {
    return this.#engine.ask("charts", { bay, which: this.which.value });
  }

  detail(bay: BayId, place: number, window: Window) {
    return this.#engine.ask("detail", { bay, which: this.which.value, place, window });
  }

  #again(): void {
    const position = this.view.value?.position;
    if (position !== undefined && !this.playing.value && this.#moves.length === 0) {
      this.go({ kind: "at", ...position });
    }
  }

  end(): void {
    this.pause();
    this.#engine.close();
  }
}
