/** How long and how often. The full benchmark takes about twenty minutes, the quick one is done within 45 s. */

export interface Plan {
  readonly name: "full" | "quick";
  /** Feed seconds of eight bays. */
  readonly engine: { readonly runs: number; readonly seconds: number; readonly warmUpS: number };
  /**
   * The relay's few lines run 32,000 times a second and are compiled at once; Vigil's are not, so it is warmed up at
   * `warmUpPace` times the live pace: what is measured is a server that has run for some minutes. The relay could not
   * follow that, and is warm after `relayWarmUpS`.
   */
  readonly server: {
    readonly rounds: number;
    readonly warmUpS: number;
    readonly relayWarmUpS: number;
    readonly warmUpPace: number;
    readonly measureS: number;
  };
  /** Each bay on the screen alarms once in `alarmEveryS`: as seldom as a hundred alarms allow. */
  readonly screen: {
    readonly warmUpS: number;
    readonly readingsS: number;
    readonly alarmsS: number;
    readonly alarmEveryS: number;
  };
  /** How often a person acts. */
  readonly act: { readonly times: number };
  /** Both pages are warmed up at `warmUpPace` times the live pace: what is measured is a page that has stood for a while. */
  readonly mainThread: {
    readonly rounds: number;
    readonly warmUpS: number;
    readonly warmUpPace: number;
    readonly measureS: number;
  };
  /** Each round a new page: drawn once, then dragged for so long. */
  readonly chart: { readonly rounds: number; readonly panS: number };
  /** Each round opens the bay's page and the list of sessions once. */
  readonly bayPage: { readonly rounds: number };
  /** Each round asks every filter once. */
  readonly log: { readonly episodes: number; readonly rounds: number };
  /** So many days of eight bays are lived through, and copied so often. */
  readonly year: { readonly days: number; readonly copies: number };
  /** How often the server is started again. */
  readonly recovery: { readonly rounds: number };
  /** When the heap is looked at, seconds after the wall is up. In the quick plan, at both ends of what `mainThread` measures. */
  readonly heap: { readonly firstS: number; readonly secondS: number };
}

export const FULL: Plan = {
  name: "full",
  engine: { runs: 7, seconds: 200_000, warmUpS: 200_000 },
  server: { rounds: 3, warmUpS: 15, relayWarmUpS: 15, warmUpPace: 5, measureS: 20 },
  screen: { warmUpS: 10, readingsS: 200, alarmsS: 60, alarmEveryS: 24 },
  act: { times: 100 },
  mainThread: { rounds: 3, warmUpS: 6, warmUpPace: 10, measureS: 20 },
  chart: { rounds: 7, panS: 6 },
  bayPage: { rounds: 7 },
  log: { episodes: 1_000_000, rounds: 3 },
  year: { days: 5, copies: 49 },
  recovery: { rounds: 5 },
  heap: { firstS: 60, secondS: 600 },
};

export const QUICK: Plan = {
  name: "quick",
  engine: { runs: 3, seconds: 50_000, warmUpS: 50_000 },
  server: { rounds: 1, warmUpS: 1.5, relayWarmUpS: 0.5, warmUpPace: 5, measureS: 2 },
  screen: { warmUpS: 0.5, readingsS: 3, alarmsS: 5, alarmEveryS: 3 },
  act: { times: 6 },
  mainThread: { rounds: 1, warmUpS: 2, warmUpPace: 10, measureS: 2.5 },
  chart: { rounds: 3, panS: 2 },
  bayPage: { rounds: 3 },
  log: { episodes: 50_000, rounds: 2 },
  year: { days: 1, copies: 9 },
  recovery: { rounds: 1 },
  heap: { firstS: 6, secondS: 8.5 },
};
