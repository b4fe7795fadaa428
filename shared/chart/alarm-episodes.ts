/** Alarms as episodes: what the engine's events tell one by one, put together. */
import { type AlarmEvent, priorityRank } from "../alarms/index.ts";
import type { Bay, BayEvent } from "../bay/index.ts";
import type { AlarmEpisode } from "./session-chart.ts";

export class AlarmEpisodes {
  readonly #all: AlarmEpisode[] = [];

  /** What one step decided; `after` is the bay it left. */
  take(events: readonly BayEvent[], after: Bay): void {
    for (const event of events) if (event.type === "alarm") this.#follow(event, after);
    for (const alarm of after.alarms) {
      const open = this.#open(alarm.id);
      if (open !== undefined && open.extreme !== alarm.extreme) this.#change(open, { extreme: alarm.extreme });
    }
  }

  /** In the order in which they were raised. */
  get all(): readonly AlarmEpisode[] {
    return this.#all;
  }

  #follow(event: AlarmEvent, after: Bay): void {
    if (event.change === "raised") {
      const { alarm: id, kind, priority, at: raisedAt, value: extreme, limit } = event;
      this.#all.push({ id, kind, priority, raisedAt, clearedAt: null, extreme, limit, acknowledged: null });
      return;
    }
    // A latched alarm is acknowledged after it has cleared.
    const episode = this.#open(event.alarm) ?? this.#all.findLast(({ id }) => id === event.alarm);
    if (episode === undefined) return;
    if (event.change === "escalated" && priorityRank(event.priority) > priorityRank(episode.priority)) {
      this.#change(episode, { priority: event.priority, limit: event.limit });
    }
    // At the next bay it goes on: the patient's alarms go along.
    if (event.change === "cleared" && event.reason === "transferred") return;
    if (event.change === "cleared") this.#change(episode, { clearedAt: event.at });
    if (event.change === "acknowledged" && episode.acknowledged === null) {
      const name = after.alarms.find(({ id }) => id === event.alarm)?.acknowledgement?.name ?? event.by ?? "";
      this.#change(episode, { acknowledged: { at: event.at, name } });
    }
  }

  #open(id: AlarmEpisode["id"]): AlarmEpisode | undefined {
    return this.#all.findLast((episode) => episode.id === id && episode.clearedAt === null);
  }

  #change(episode: AlarmEpisode, change: Partial<AlarmEpisode>): void {
    this.#all[this.#all.indexOf(episode)] = { ...episode, ...change };
  }
}
