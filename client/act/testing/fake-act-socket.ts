import type { CommandReply, CommandRequestInput, EscalationNotice } from "@vigil/shared/wire";
import { BehaviorSubject, NEVER, type Observable, of, Subject } from "rxjs";
import type { ActSocket, Call } from "../act-socket.ts";

/** A server at the other end of a fake wire, which answers commands as a test tells it. */
export class FakeActSocket implements ActSocket {
  readonly up = new BehaviorSubject(true);
  readonly calls = new Subject<Call>();
  readonly commands: CommandRequestInput[] = [];
  readonly attended: (readonly string[])[] = [];
  readonly confirmed: EscalationNotice[] = [];
  closed = false;
  /** `null`: no answer comes. */
  reply: (request: CommandRequestInput) => CommandReply | null = () => ({ ok: true, seq: 1 });

  command(request: CommandRequestInput): Observable<CommandReply> {
    this.commands.push(request);
    const reply = this.reply(request);
    return reply === null ? NEVER : of(reply);
  }

  attend(targets: readonly string[]): void {
    this.attended.push(targets);
  }

  call(notice: EscalationNotice): void {
    this.calls.next({ notice, shown: () => this.confirmed.push(notice) });
  }

  renew(): void {}

  close(): void {
    this.closed = true;
  }
}
