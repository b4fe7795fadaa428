import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { act, render, screen } from "@testing-library/react";
import type { BoardRow } from "@vigil/shared/board";
import type { ReactNode } from "react";
import { of } from "rxjs";
import { type Acting, openActing } from "../../act/acting.ts";
import { FakeActSocket } from "../../act/testing/fake-act-socket.ts";
import { FakeStorage } from "../../act/testing/fake-storage.ts";
import { type LiveBoard, openLiveBoard } from "../../live/live-board.ts";
import { FakeSocket } from "../../live/testing/fake-socket.ts";
import { FakeTime } from "../../live/testing/fake-time.ts";
import { frame, snapshot } from "../../live/testing/rows.ts";
import { aPerson, FakePeople } from "../../people/testing/fake-people.ts";
import { WorkplaceOf } from "../workplace.tsx";

const OTHERS = [aPerson("Bo"), aPerson("Cy Berg", "supervisor")];

/** A page of the workplace before a fake server, with a nurse at it. */
export class Scene {
  readonly time = new FakeTime();
  readonly board = new FakeSocket(this.time);
  readonly desk = new FakeActSocket();
  readonly live: LiveBoard;
  readonly acting: Acting;
  readonly people: FakePeople;
  /** What `GET /api/bays/:bay` answers. */
  detail: unknown = {};
  /** The server's clock when the page is shown. */
  at = 1_000_000;
  #seq = 10;

  constructor({ person = "Ada" }: { readonly person?: string | null } = {}) {
    addWhatJsdomLacks();
    const storage = new FakeStorage();
    this.people = new FakePeople(person === null ? null : aPerson(person), ...OTHERS);
    this.people.idleAfterMs = 24 * 3_600_000;
    let id = 0;
    this.live = openLiveBoard(this.board, this.time, undefined);
    this.acting = openActing({
      socket: this.desk,
      time: this.time,
      newId: () => `id-${++id}`,
      storage: () => storage,
      askDetail: () => of(this.detail),
      askTargets: () => Promise.resolve(null),
      people: this.people,
    });
  }

  async show(page: ReactNode, ...rows: readonly BoardRow[]): Promise<void> {
    this.board.reply = () => ({ ok: true, snapshot: snapshot(rows, { at: this.at }) });
    const root = createRootRoute({
      component: () => (
        <WorkplaceOf live={this.live} acting={this.acting}>
          {page}
        </WorkplaceOf>
      ),
    });
    const router = createRouter({ routeTree: root, history: createMemoryHistory() });
    render(<RouterProvider router={router} />);
    await screen.findByRole("banner");
    await act(async () => this.board.up.next(true));
  }

  async send(...rows: readonly BoardRow[]): Promise<void> {
    await act(async () => this.board.frames.next(frame(++this.#seq, { rows })));
  }

  async pass(ms: number): Promise<void> {
    await act(async () => this.time.advance(ms));
  }

  close(): void {
    this.live.close();
    this.acting.close();
  }
}

function addWhatJsdomLacks(): void {
  window.scrollTo = () => {};
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
}
