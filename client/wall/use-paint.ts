import type { BoardRow } from "@vigil/shared/board";
import type { AtMs } from "@vigil/shared/ids";
import { useLayoutEffect, useRef } from "react";
import { EMPTY, type Observable, Subscription, skip } from "rxjs";
import type { LiveBay, LiveBoard, Shown } from "../live/index.ts";
import { useLive } from "./live-context.ts";

/** @returns until when time alone changes nothing of it; `undefined`: look with every second */
type Paint<Input extends readonly unknown[]> = (...input: Input) => AtMs | undefined;

interface Painter {
  paint: () => AtMs | undefined;
  /** Of a row, all that it shows; `null`: it shows the second alone. */
  sees: ((row: BoardRow) => readonly unknown[]) | null;
  until: AtMs;
  seen: readonly unknown[];
}

/** All that is painted of one bay, or of the second alone: told of it once, however many they are. */
class Painters {
  readonly #painters = new Set<Painter>();
  readonly #seconds: Observable<Shown>;
  readonly #rows: Observable<BoardRow>;
  #told = Subscription.EMPTY;

  constructor(seconds: Observable<Shown>, rows: Observable<BoardRow>) {
    this.#seconds = seconds;
    this.#rows = rows;
  }

  /** @returns the undo */
  add(painter: Painter): () => void {
    if (this.#painters.size === 0) {
      // What they begin with is painted already.
      this.#told = this.#seconds.pipe(skip(1)).subscribe(({ now }) => this.#second(now));
      this.#told.add(this.#rows.pipe(skip(1)).subscribe((row) => this.#row(row)));
    }
    this.#painters.add(painter);
    return () => {
      this.#painters.delete(painter);
      if (this.#painters.size === 0) this.#told.unsubscribe();
    };
  }

  #second(now: AtMs): void {
    for (const painter of this.#painters) if (now >= painter.until) repaint(painter);
  }

  #row(row: BoardRow): void {
    for (const painter of this.#painters) {
      if (painter.sees === null) continue;
      const sees = painter.sees(row);
      if (painter.until !== LOOK && isSame(sees, painter.seen)) continue;
      painter.seen = sees;
      repaint(painter);
    }
  }
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false;
  return true;
}

const LOOK: AtMs = Number.NEGATIVE_INFINITY;

function repaint(painter: Painter): void {
  painter.until = painter.paint() ?? LOOK;
}

/** By bay, and by board for what belongs to none. */
const PAINTERS = new WeakMap<object, Painters>();

function paintersOf(live: LiveBoard, bay: LiveBay | undefined): Painters {
  const known = PAINTERS.get(bay ?? live);
  if (known !== undefined) return known;
  const painters = bay === undefined ? new Painters(live.shown, EMPTY) : new Painters(live.shownFor(bay), bay.row);
  PAINTERS.set(bay ?? live, painters);
  return painters;
}

function usePainter(bay: LiveBay | undefined, paint: () => AtMs | undefined, sees: Painter["sees"]): void {
  const live = useLive();
  const painter = useRef<Painter>({ paint, sees, until: LOOK, seen: [] });
  // Rendered anew: nothing of what was painted before need be right.
  useLayoutEffect(() => {
    painter.current.paint = paint;
    painter.current.sees = sees;
    repaint(painter.current);
  });
  useLayoutEffect(() => paintersOf(live, bay).add(painter.current), [bay, live]);
}

/**
 * Writes what changes with every second and every reading straight into the elements of a component. Rendering 64 tiles
 * a second would cost several times what their three numbers do; React renders what changes seldom.
 * @param sees of a row, all that is shown of it: another row with the same is passed over; left out, none is
 */
export function usePaint(
  bay: LiveBay,
  paint: Paint<[row: BoardRow, shown: Shown]>,
  sees: (row: BoardRow) => readonly unknown[] = (row) => [row],
): void {
  const live = useLive();
  usePainter(bay, () => paint(bay.row.value, live.shown.value), sees);
}

/** For what shows the second alone; of a `bay`, in the bay's turn. */
export function usePaintSecond(paint: Paint<[shown: Shown]>, bay?: LiveBay): void {
  const live = useLive();
  usePainter(bay, () => paint(live.shown.value), null);
}

/** What was written last, by element and name (a text has none): to ask the elements themselves costs more than most writing. */
const WRITTEN = new WeakMap<Element, Map<string, string>>();

function isWritten(element: Element, name: string, value: string): boolean {
  const written = WRITTEN.get(element) ?? new Map<string, string>();
  if (written.get(name) === value) return true;
  if (written.size === 0) WRITTEN.set(element, written);
  written.set(name, value);
  return false;
}

/** Writes a text where it differs: an element that is left alone costs nothing. Nobody else may write into that element. */
export function setText(element: Element | null, text: string): void {
  if (element === null || isWritten(element, "", text)) return;
  const node = element.firstChild;
  if (node instanceof Text) node.data = text;
  else element.textContent = text;
}

/** The same with a `data-` attribute. */
export function setData(element: HTMLElement | SVGElement | null, name: string, value: string): void {
  if (element !== null && !isWritten(element, name, value)) element.dataset[name] = value;
}
