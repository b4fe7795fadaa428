import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { SoundReport } from "@vigil/shared/wire";
import {
  BehaviorSubject,
  catchError,
  combineLatest,
  distinctUntilChanged,
  EMPTY,
  filter,
  interval,
  merge,
  mergeMap,
  type Observable,
  Subject,
  Subscription,
  switchMap,
  take,
  tap,
  timeout,
  timer,
} from "rxjs";
import { applyFrame, baysOf, type LiveBay, type LiveBoardBays, newestReadingAt } from "./board-store.ts";
import { type LinkState, linkState, silences } from "./link.ts";
import type { LocalTime } from "./local-time.ts";
import { RollingDelay } from "./rolling-delay.ts";
import { ServerClock } from "./server-clock.ts";
import type { LiveSocket } from "./socket.ts";
import { NOTHING, type Summary, summarise } from "./summary.ts";
import { followBoard } from "./sync.ts";
import { Turns } from "./turns.ts";

/** A heartbeat and a look at the server's clock at once, while no frames come. */
const PING_EVERY_MS = 1_000;
/** Frames are signs of life themselves: beside them only the clock is looked at, this often. */
const CLOCK_EVERY_MS = 5_000;
/** A frame that is further from now by the server's clock: a clock was set, or a machine slept. The clock is looked at soon. */
const CLOCK_OFF_MS = 1_000;
/** At first several looks in quick succession, so that the clock is right from the start. */
const FIRST_PINGS = 5;
const FIRST_PING_EVERY_MS = 120;
/** A connection that claims to be up and says nothing for so long is dropped and made again. */
const DEAD_AFTER_MS = 5_000;

/** Nobody at this screen may see the board any more: it must not stay. Other trouble passes, and what is shown grows old by itself. */
const IS_SHUT_OUT: readonly string[] = ["sign-in", "forbidden"];

const isInstant = (answer: unknown): answer is AtMs => typeof answer === "number" && Number.isFinite(answer);

/** A new second waits so long for a frame, where the last one is not older. */
const SECOND_WAITS_MS = 100;

/** How often the delay from reading to screen is measured. */
const LOOK_EVERY_MS = 1_000;

export type BoardState =
  | { readonly kind: "connecting" }
  | { readonly kind: "refused"; readonly code: string; readonly reason: string }
  | ({ readonly kind: "board" } & LiveBoardBays);

export interface Link {
  readonly state: LinkState;
  /** By the server's clock, when it was last heard. */
  readonly heardAt: AtMs | null;
}

/** The second being shown: the same on every screen. */
export interface Shown {
  readonly now: AtMs;
  /** The link is lost: what is computed for this second rests on the last facts. */
  readonly estimated: boolean;
}

export interface LiveBoard {
  readonly state: BehaviorSubject<BoardState>;
  readonly summary: BehaviorSubject<Summary>;
  readonly link: BehaviorSubject<Link>;
  /** The clinic's own time zone (IANA), for times of day; `null` until the server has told it. */
  readonly zone: BehaviorSubject<string | null>;
  readonly shown: BehaviorSubject<Shown>;
  /** The same for one bay: at most a third of a second later. */
  shownFor(bay: LiveBay): Observable<Shown>;
  /** From reading to screen, as measured here; looked at once a second. */
  delay(): DurationMs | null;
  /** Whether alarms are heard at this screen: told with every connection, and now. */
  tellSound(sound: SoundReport["sound"]): void;
  close(): void;
}

/** Opens a board on a socket that this board then owns. */
export function openLiveBoard(socket: LiveSocket, time: LocalTime, board: string | undefined): LiveBoard {
  const clock = new ServerClock(() => time.now());
  const delays = new RollingDelay();
  const state = new BehaviorSubject<BoardState>({ kind: "connecting" });
  const summary = new BehaviorSubject<Summary>(NOTHING);
  const link = new BehaviorSubject<Link>({ state: "connecting", heardAt: null });
  const shown = new BehaviorSubject<Shown>({ now: 0, estimated: false });
  const zone = new BehaviorSubject<string | null>(null);
  const turns = new Turns(shown.value, time.scheduler);
  const answered = new Subject<void>();
  const heard = new Subject<void>();
  let heardAt: AtMs | null = null;
  let frameAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let looksOff = false;
  let isSecondDue = false;
  let secondWaits = Subscription.EMPTY;

  const sync = followBoard({
    socket,
    time,
    board,
    canResume: () => state.value.kind === "board",
    onSnapshot(snapshot) {
      clock.hint(snapshot.at);
      if (zone.value !== snapshot.zone) zone.next(snapshot.zone);
      const before = state.value.kind === "board" ? state.value.bays : [];
      const bays = baysOf(snapshot, before);
      showSecond();
      state.next({ kind: "board", board: snapshot.board, bays });
      summary.next(summarise(bays, snapshot.flood));
      heard.next();
    },
    onFrame(frame) {
      if (state.value.kind !== "board") return;
      frameAt = time.now();
      looksOff ||= Math.abs(frame.at - (clock.now() ?? frame.at)) > CLOCK_OFF_MS;
      const newest = newestReadingAt(state.value.bays, frame);
      // What waits for a picture comes with this one, if there is one to be made.
      const isSeen = applyFrame(state.value, frame);
      if (isSeen) {
        if (isSecondDue) showSecond();
        else turns.takeTurn();
      }
      if (frame.rows.length > 0 || frame.flood !== summary.value.flood) {
        summary.next(summarise(state.value.bays, frame.flood));
      }
      heard.next();
      if (newest !== null) measureWhenPainted(newest, isSeen);
    },
    onRefused({ code, reason }) {
      // Any other refusal has not taken the board away: what is shown stays, and the link is lost.
      if (state.value.kind !== "board" || code === "unknown-board") state.next({ kind: "refused", code, reason });
    },
  });

  // Looking on asks the browser for a picture, so it is done now and then, and with one that is made anyway, unless none is.
  let lookAgainAt = 0;
  function measureWhenPainted(newest: AtMs, isSeen: boolean): void {
    if (time.now() < lookAgainAt + (isSeen ? 0 : LOOK_EVERY_MS)) return;
    lookAgainAt = time.now() + LOOK_EVERY_MS;
    time.afterPaint(() => {
      const now = clock.now();
      if (now !== null) delays.add(now - newest, time.now());
    });
  }

  /** Where frames come all the time, a new second waits for the next one: a picture of its own would cost as much. */
  function showSecondSoon(): void {
    secondWaits.unsubscribe();
    isSecondDue = time.now() - frameAt <= SECOND_WAITS_MS;
    if (isSecondDue) secondWaits = time.scheduler.schedule(showSecond, SECOND_WAITS_MS);
    else showSecond();
  }

  function showSecond(): void {
    isSecondDue = false;
    secondWaits.unsubscribe();
    const now = clock.now();
    if (now === null) return;
    // A timer may end a hair before its second begins.
    shown.next({ now: Math.floor((now + 5) / 1000) * 1000, estimated: link.value.state === "lost" });
    turns.next(shown.value);
  }

  const isAskDue = (): boolean =>
    looksOff || time.now() - frameAt >= PING_EVERY_MS || time.now() - askedAt >= CLOCK_EVERY_MS;

  const sound = new BehaviorSubject<SoundReport["sound"] | null>(null);

  const work = merge(
    combineLatest([socket.up, sound.pipe(distinctUntilChanged())]).pipe(
      tap(([up, told]) => {
        if (up && told !== null) socket.sound({ sound: told });
      }),
    ),
    socket.up.pipe(
      switchMap((up) =>
        up
          ? merge(
              timer(0, FIRST_PING_EVERY_MS, time.scheduler).pipe(take(FIRST_PINGS)),
              interval(PING_EVERY_MS, time.scheduler).pipe(filter(isAskDue)),
            )
          : EMPTY,
      ),
      mergeMap(() => {
        const asked = time.now();
        askedAt = asked;
        looksOff = false;
        return socket.time().pipe(
          timeout({ first: DEAD_AFTER_MS, scheduler: time.scheduler }),
          catchError(() => EMPTY),
          // Anything else is a refusal: no sign of a live link, and nothing to set a clock by.
          filter(isInstant),
          tap((serverAt) => clock.roundTrip(asked, serverAt, time.now())),
        );
      }),
      tap(() => answered.next()),
      // A server that answers but sends no board is not a live link.
      filter(() => sync.inSync),
      tap(() => heard.next()),
    ),
    linkState(heard.pipe(tap(() => (heardAt = clock.now()))), time).pipe(
      tap((now) => {
        link.next({ state: now, heardAt });
        showSecond();
      }),
    ),
    silences(merge(answered, heard), DEAD_AFTER_MS, time).pipe(tap(() => socket.reconnect())),
    socket.refusals.pipe(
      filter(({ code }) => state.value.kind !== "board" || IS_SHUT_OUT.includes(code)),
      tap(({ code, reason }) => {
        state.next({ kind: "refused", code, reason });
        summary.next(NOTHING);
      }),
    ),
  ).subscribe();

  const second = time.scheduler.schedule(function tick() {
    showSecondSoon();
    const now = clock.now();
    this.schedule(undefined, now === null ? 200 : Math.max(20, 1000 - (now % 1000)));
  });

  return {
    tellSound: (now) => sound.next(now),
    state,
    summary,
    link,
    shown,
    zone,
    shownFor: (bay) => turns.of(state.value.kind === "board" ? state.value.bays.indexOf(bay) : 0),
    delay: () => delays.figure(time.now()),
    close() {
      work.unsubscribe();
      second.unsubscribe();
      secondWaits.unsubscribe();
      turns.close();
      sync.stop();
      socket.close();
    },
  };
}
