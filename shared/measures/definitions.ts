/**
 * What each measure means, in the words that stand beside its figure, and the figures of the literature to hold it against
 * (alarms.md, "Measures for supervisors").
 */

export interface Definition {
  readonly term: string;
  readonly text: string;
}

export const DEFINITIONS = {
  perBayDay: {
    term: "Alarms per bay-day",
    text: "Alarms raised, divided by the days on which a bay had a session, each bay counted for itself. An escalation is the same alarm.",
  },
  perSessionHour: {
    term: "Alarms per session-hour",
    text: "Alarms raised, divided by the hours during which sessions were open.",
  },
  acknowledged: {
    term: "Time to acknowledge",
    text: "From when an alarm was raised, or last escalated, to when a person acknowledged it. Alarms that nobody acknowledged are not in it.",
  },
  overTarget: {
    term: "Answered late",
    text: "Of the high alarms, those that called for more than 60 s before somebody acknowledged them, or without anybody ever doing so: by then the ladder has called the supervisor. What came to an end unseen within 60 s is not in it.",
  },
  selfCleared: {
    term: "Self-cleared",
    text: "The condition ended by itself before anyone had acknowledged the alarm.",
  },
  duration: { term: "Duration", text: "From when an alarm was raised to when its condition was over." },
  floods: {
    term: "Floods",
    text: "More than 10 alarms raised for one nurse within 10 minutes, until fewer than 5 are.",
  },
  chattering: {
    term: "Chattering",
    text: "The same alarm at the same bay was raised three times or more within one minute. Raisings that follow in that minute are the same burst.",
  },
  standing: { term: "Standing", text: "The condition held for more than 30 minutes, or still does." },
  paused: { term: "Sound paused", text: "Time of the period during which the sound of a bay was paused." },
  edits: { term: "Limits edited", text: "Limits changed for a session, and alarms of a vital switched off." },
  actionable: {
    term: "Not actionable",
    text: "Of the alarms somebody marked, those that asked for nothing a person then did.",
  },
  downtime: {
    term: "Monitor silent",
    text: "Time of the period during which a bay with a session had no message from its monitor, from the last message to the next: silences of 10 s and more (2.5 times as long as the monitor's cadence, where that is more), those during an outage of the server too. Shorter gaps are not in it.",
  },
} as const satisfies Readonly<Record<string, Definition>>;

export interface Benchmark {
  readonly text: string;
  readonly source: string;
}

/** Burdens known from elsewhere: bedside monitors of other wards, not infusion clinics. */
export const BENCHMARKS = {
  perBayDay: {
    low: 187,
    high: 187,
    text: "187 audible alarms per bed-day",
    source: "Drew et al. 2014, PLoS ONE 9(10): e110274: consecutive patients of intensive care units",
  },
  notActionable: {
    low: 0.87,
    high: 0.99,
    text: "87 % (intensive care) and 99 % (ward) not actionable",
    source: "Bonafide et al. 2015, Journal of Hospital Medicine 10(6): 345–351: one children's hospital",
  },
} as const satisfies Readonly<Record<string, Benchmark & { readonly low: number; readonly high: number }>>;
