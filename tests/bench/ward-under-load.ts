/** A server, the walls that watch it and the gateways that feed it, each kind in a process of its own. */
import program from "../../package.json" with { type: "json" };
import type { GatewayCalls } from "./gateways.child.ts";
import type { Used } from "./meter.ts";
import type { RelayCalls } from "./relay.child.ts";
import type { VigilCalls } from "./vigil.child.ts";
import type { WallCalls, WallTally } from "./walls.child.ts";
import type { Child, Workshop } from "./workshop.ts";

export interface WardLoad {
  readonly bays: number;
  readonly walls: number;
  readonly gateways: number;
  /** So many bays from the first send readings that a screen can tell apart. */
  readonly numbered: number;
}

/** The load the issue names. */
export const THOUSAND_BAYS: WardLoad = { bays: 1000, walls: 32, gateways: 8, numbered: 0 };
/** A full wall, watched by nobody but the browser. */
export const ONE_WALL: WardLoad = { bays: 64, walls: 0, gateways: 1, numbered: 0 };

export interface Measured {
  readonly used: Used;
  readonly sent: number;
  /** How late the load itself was at worst, ms: the machine was busy when this is large. */
  readonly latestMs: number;
  readonly walls: WallTally;
}

export interface LoadedWard {
  readonly url: string;
  readonly gateways: Child<GatewayCalls>;
  /** What the server uses in the next seconds. */
  measure(seconds: number): Promise<Measured>;
  stop(): Promise<void>;
}

export const sleep = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

interface Server {
  readonly url: string;
  readonly askTime: boolean;
  /** After everyone has connected, before the first reading. */
  ready(): Promise<void>;
  startMeter(): Promise<void>;
  used(): Promise<Used>;
  stop(): Promise<void>;
}

async function underLoad(workshop: Workshop, load: WardLoad, server: Server): Promise<LoadedWard> {
  const walls = workshop.fork<WallCalls>(new URL("./walls.child.ts", import.meta.url));
  const gateways = workshop.fork<GatewayCalls>(new URL("./gateways.child.ts", import.meta.url));
  const { url, askTime } = server;
  await Promise.all([
    walls.call("open", { url, walls: load.walls, askTime }),
    gateways.call("connect", { url, gateways: load.gateways, bays: load.bays, numbered: load.numbered }),
  ]);
  await server.ready();
  await gateways.call("setPace", 1);
  return {
    url,
    gateways,
    async measure(seconds) {
      await Promise.all([walls.call("tally"), gateways.call("tally"), server.startMeter()]);
      await sleep(seconds);
      const [used, wallTally, tally] = await Promise.all([server.used(), walls.call("tally"), gateways.call("tally")]);
      return { used, walls: wallTally, ...tally };
    },
    async stop() {
      await gateways.stop();
      await walls.stop();
      await server.stop();
    },
  };
}

/** Those of the runtime with which `npm start` runs the server. The relay gets them as well. */
const SERVER_FLAGS = program.scripts.start.split(" ").filter((word) => word.startsWith("--"));

/** Vigil with a session under way in every bay. The first `withPast` bays have a full trend behind them. */
export async function vigilUnderLoad(
  workshop: Workshop,
  load: WardLoad,
  clientDir: string | null,
  withPast: number,
): Promise<LoadedWard> {
  const vigil = workshop.fork<VigilCalls>(new URL("./vigil.child.ts", import.meta.url), SERVER_FLAGS);
  const { bays } = load;
  const url = await vigil.call("start", { dataDir: workshop.newDirectory("data"), clientDir, bays });
  return underLoad(workshop, load, {
    url,
    askTime: true,
    ready: () => vigil.call("openSessions", { bays, withPast }),
    startMeter: () => vigil.call("startMeter"),
    used: () => vigil.call("used"),
    stop: vigil.stop,
  });
}

export async function relayUnderLoad(workshop: Workshop, load: WardLoad): Promise<LoadedWard> {
  const relay = workshop.fork<RelayCalls>(new URL("./relay.child.ts", import.meta.url), SERVER_FLAGS);
  const url = await relay.call("start");
  return underLoad(workshop, load, {
    url,
    askTime: false,
    ready: () => Promise.resolve(),
    startMeter: () => relay.call("startMeter"),
    used: () => relay.call("used"),
    stop: relay.stop,
  });
}
