/** What this process has used since the last look. */
export interface Used {
  /** User and system time of all its threads. */
  readonly cpuS: number;
  /** Of it, in the system: sockets and disk. */
  readonly systemS: number;
  readonly wallS: number;
}

export class Meter {
  #cpu = process.cpuUsage();
  #at = performance.now();

  start(): void {
    this.#cpu = process.cpuUsage();
    this.#at = performance.now();
  }

  used(): Used {
    const { user, system } = process.cpuUsage(this.#cpu);
    return { cpuS: (user + system) / 1e6, systemS: system / 1e6, wallS: (performance.now() - this.#at) / 1000 };
  }
}
