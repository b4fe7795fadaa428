/** The hands of a nurse and a monitor at the doors of a server that may be killed between any two of their acts. */
import type { BoardAlarm, BoardRow } from "@vigil/shared/board";
import { asBench, asPage, type Badges } from "../badges.ts";

export interface KillableServer {
  readonly url: string;
  readonly badges: Badges;
  kill(): Promise<void>;
}

type Call = NonNullable<BoardAlarm["escalatedTo"]>;

const post = (url: string, credentials: object, body: object): Promise<Response> =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...credentials },
    body: JSON.stringify(body),
  });

export class Hands<S extends KillableServer> {
  readonly #start: () => Promise<S>;
  #server: S;
  #acts = 0;

  private constructor(start: () => Promise<S>, server: S) {
    this.#start = start;
    this.#server = server;
  }

  static async on<S extends KillableServer>(start: () => Promise<S>): Promise<Hands<S>> {
    return new Hands(start, await start());
  }

  get server(): S {
    return this.#server;
  }

  /** @returns the command's id */
  async act(bay: string, command: object): Promise<string> {
    const { id, response } = await this.#send(bay, command);
    if (!response.ok) throw new Error(await response.text());
    return id;
  }

  async refused(bay: string, command: object): Promise<void> {
    const { response } = await this.#send(bay, command);
    if (response.ok) throw new Error("it was not refused");
  }

  /** Five a second. */
  async readings(bay: string, seconds: number, values: object): Promise<void> {
    for (let i = 0; i < seconds * 5; i += 1) await this.#reading(bay, values);
  }

  /** Five a second, until it holds of whom an alarm of the bay was last taken to, and what became of that. */
  async readingsUntil(bay: string, holds: (call: Call) => boolean, values: object): Promise<void> {
    const isSo = async () => {
      const { url, badges } = this.#server;
      const answer = await (await fetch(`${url}/api/bays`, { headers: asBench(badges) })).json();
      const { bays } = answer as { bays: readonly { id: string; row: BoardRow }[] };
      const row = bays.find(({ id }) => id === bay)?.row;
      return row?.alarms.some(({ escalatedTo }) => escalatedTo !== null && holds(escalatedTo));
    };
    while (!(await isSo())) await this.#reading(bay, values);
  }

  async #reading(bay: string, values: object): Promise<void> {
    const { url, badges } = this.#server;
    const response = await post(`${url}/api/readings`, asBench(badges), { bay, cadence: 0.2, ...values });
    if (!response.ok) throw new Error(await response.text());
    await new Promise((resolve) => setTimeout(resolve, 200));
  }

  async crash(): Promise<void> {
    await this.#server.kill();
    this.#server = await this.#start();
  }

  async #send(bay: string, command: object) {
    this.#acts += 1;
    const id = `act-${this.#acts}`;
    const { url, badges } = this.#server;
    // Rules that no clinic has approved are a test bench's.
    const credentials = "protocol" in command ? asBench(badges) : asPage(url, badges.nurse);
    return { id, response: await post(`${url}/api/bays/${bay}/commands`, credentials, { id, command }) };
  }
}
