/** For whom of the escalation ladder this screen stands, and the calls that came because nobody acknowledged an alarm. */
import type { EscalationNotice } from "@vigil/shared/wire";
import { BehaviorSubject, combineLatest } from "rxjs";
import type { ActSocket, Call } from "./act-socket.ts";

/** As the built-in protocol names them (shared/protocol, `escalation`), until the clinic's own are known. */
const BUILT_IN = ["second nurse", "supervisor"];

export interface Attendance {
  /** Whom the clinic's ladders can call. */
  readonly known: BehaviorSubject<readonly string[]>;
  /** `null`: this tab was never a station; it stands for nobody. */
  readonly targets: BehaviorSubject<readonly string[] | null>;
  readonly calls: BehaviorSubject<readonly Call[]>;
  /** Makes this tab a station: for everybody, unless a person chose otherwise here before. */
  begin(): void;
  set(target: string, on: boolean): void;
  /** The clinic's targets: who stands for everybody stands for all of them. */
  learn(known: readonly string[]): void;
  /** Drops the calls of which `isOver` is true. */
  drop(isOver: (notice: EscalationNotice) => boolean): void;
  close(): void;
}

const KEY = "vigil.attends";
const EVERYBODY = "everybody";

export function openAttendance(
  socket: Pick<ActSocket, "up" | "calls" | "attend">,
  storage: () => Pick<Storage, "getItem" | "setItem">,
): Attendance {
  const before = remembered(storage);
  const known = new BehaviorSubject<readonly string[]>(BUILT_IN);
  let forAll = before === EVERYBODY;
  const targets = new BehaviorSubject<readonly string[] | null>(before === EVERYBODY ? BUILT_IN : before);

  const calls = new BehaviorSubject<readonly Call[]>([]);

  function choose(chosen: readonly string[] | typeof EVERYBODY): void {
    forAll = chosen === EVERYBODY;
    targets.next(chosen === EVERYBODY ? known.value : chosen);
    try {
      storage().setItem(KEY, JSON.stringify(chosen));
    } catch {
      // Chosen until the page is loaded again.
    }
  }

  // The server forgets with the connection: it is told again with every new one.
  const telling = combineLatest([socket.up, targets]).subscribe(([up, chosen]) => {
    if (up && chosen !== null) socket.attend(chosen);
  });
  const hearing = socket.calls.subscribe((call) => {
    const others = calls.value.filter(({ notice }) => !isSameRung(notice, call.notice));
    calls.next([...others, call]);
  });

  return {
    known,
    targets,
    calls,
    begin: () => {
      if (targets.value === null) choose(EVERYBODY);
    },
    set: (target, on) =>
      choose(known.value.filter((one) => (one === target ? on : (targets.value ?? []).includes(one)))),
    learn(all) {
      known.next(all);
      if (forAll) targets.next(all);
      else if (targets.value?.some((one) => !all.includes(one))) {
        targets.next(targets.value.filter((one) => all.includes(one)));
      }
    },
    drop(isOver) {
      const left = calls.value.filter(({ notice }) => !isOver(notice));
      if (left.length < calls.value.length) calls.next(left);
    },
    close() {
      telling.unsubscribe();
      hearing.unsubscribe();
    },
  };
}

const isSameRung = (a: EscalationNotice, b: EscalationNotice): boolean =>
  a.bay === b.bay && a.alarm === b.alarm && a.rung === b.rung;

function remembered(storage: () => Pick<Storage, "getItem">): readonly string[] | typeof EVERYBODY | null {
  try {
    const kept: unknown = JSON.parse(storage().getItem(KEY) ?? "null");
    if (kept === EVERYBODY) return EVERYBODY;
    return Array.isArray(kept) ? kept.filter((target) => typeof target === "string") : null;
  } catch {
    return null;
  }
}
