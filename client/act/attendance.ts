/** For whom of the escalation ladder this screen stands, and the calls that came because nobody acknowledged an alarm. */
import type { EscalationNotice } from "@vigil/shared/wire";
import { BehaviorSubject, combineLatest } from "rxjs";
import type { ActSocket, Call } from "./act-socket.ts";

/** As the built-in protocol names them (shared/protocol, `escalation`). */
export const TARGETS = ["second nurse", "supervisor"] as const;
type Target = (typeof TARGETS)[number];

export interface Attendance {
  /** `null`: this tab was never a station; it stands for nobody. */
  readonly targets: BehaviorSubject<readonly Target[] | null>;
  readonly calls: BehaviorSubject<readonly Call[]>;
  /** Makes this tab a station: for everybody, unless a person chose otherwise here before. */
  begin(): void;
  set(target: Target, on: boolean): void;
  /** Drops the calls of which `isOver` is true. */
  drop(isOver: (notice: EscalationNotice) => boolean): void;
  close(): void;
}

const KEY = "vigil.attends";

export function openAttendance(
  socket: Pick<ActSocket, "up" | "calls" | "attend">,
  storage: () => Pick<Storage, "getItem" | "setItem">,
): Attendance {
  const targets = new BehaviorSubject<readonly Target[] | null>(remembered(storage));
  const calls = new BehaviorSubject<readonly Call[]>([]);

  function choose(chosen: readonly Target[]): void {
    targets.next(chosen);
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
    targets,
    calls,
    begin: () => {
      if (targets.value === null) choose(TARGETS);
    },
    set: (target, on) => choose(TARGETS.filter((one) => (one === target ? on : (targets.value ?? []).includes(one)))),
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

function remembered(storage: () => Pick<Storage, "getItem">): readonly Target[] | null {
  try {
    const kept: unknown = JSON.parse(storage().getItem(KEY) ?? "null");
    return Array.isArray(kept) ? TARGETS.filter((target) => kept.includes(target)) : null;
  } catch {
    return null;
  }
}
