/** The courses of the demonstration: past visits and scores of a few patients, each standing at another point. */
import type { BayInput } from "@vigil/shared/bay";
import {
  addDays,
  type CourseAct,
  type CourseFact,
  INSTRUMENT_FACTS,
  type Instrument,
  instantOf,
  localDateOf,
  type Zone,
} from "@vigil/shared/course";
import { type AtMs, type BayId, bayIdSchema, commandIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { nurseOfPlace } from "../bedside/index.ts";
import { type Random, randomFrom } from "../random/index.ts";
import { pastVisit } from "./visit.ts";

interface DemoCourse {
  readonly recordNumber: string;
  readonly initials: string;
  /** Where the visits took place; one bay each, so that none overlap. */
  readonly bay: BayId;
  /** Days ago, the first visit first. */
  readonly visits: readonly number[];
  /** Days ago and total; a PHQ-9 is entered item by item. */
  readonly scores: readonly {
    readonly instrument: Instrument;
    readonly told: readonly (readonly [ago: number, total: number])[];
  }[];
  /** Days from now; negative: it should have been. */
  readonly booked?: number;
  /** The last PHQ-9 tells of thoughts of death. */
  readonly thoughtsOfDeath?: boolean;
  readonly closedDaysAgo?: number;
}

const bay = (id: string): BayId => bayIdSchema.parse(id);

/** Invented patients. The first two are in today's bays. */
const COURSES: readonly DemoCourse[] = [
  {
    recordNumber: "KT-1042",
    initials: "RM",
    bay: bay("1"),
    visits: [9, 7, 4],
    scores: [
      {
        instrument: "phq-9",
        told: [
          [12, 21],
          [8, 17],
          [7, 15],
          [5, 11],
          [4, 12],
          [1, 9],
        ],
      },
    ],
  },
  {
    recordNumber: "KT-1047",
    initials: "LP",
    bay: bay("2"),
    visits: [3],
    scores: [
      {
        instrument: "madrs",
        told: [
          [6, 34],
          [2, 24],
        ],
      },
    ],
  },
  {
    recordNumber: "KT-1017",
    initials: "EV",
    bay: bay("3"),
    visits: [141, 139, 136, 134, 132, 129, 94, 58, 24],
    scores: [
      {
        instrument: "phq-9",
        told: [
          [148, 22],
          [138, 18],
          [133, 12],
          [126, 7],
          [119, 6],
          [112, 8],
          [105, 12],
          [98, 14],
          [91, 7],
          [80, 8],
          [70, 11],
          [62, 13],
          [55, 7],
          [45, 8],
          [35, 10],
          [27, 12],
          [20, 7],
          [10, 8],
          [3, 9],
        ],
      },
      {
        instrument: "gad-7",
        told: [
          [148, 15],
          [126, 8],
          [91, 7],
          [55, 6],
          [20, 5],
        ],
      },
    ],
    booked: 4,
  },
  {
    recordNumber: "KT-1029",
    initials: "JB",
    bay: bay("4"),
    visits: [78, 75, 71, 68, 64, 61],
    scores: [
      {
        instrument: "phq-9",
        told: [
          [80, 19],
          [70, 13],
          [60, 8],
          [50, 8],
          [40, 11],
          [25, 15],
          [12, 17],
        ],
      },
    ],
  },
  {
    recordNumber: "KT-1051",
    initials: "SO",
    bay: bay("5"),
    visits: [8, 5],
    scores: [
      {
        instrument: "phq-9",
        told: [
          [9, 18],
          [6, 16],
          [4, 12],
        ],
      },
    ],
    booked: -1,
  },
  {
    recordNumber: "KT-1038",
    initials: "AW",
    bay: bay("6"),
    visits: [2],
    scores: [
      {
        instrument: "phq-9",
        told: [
          [3, 24],
          [1, 19],
        ],
      },
    ],
    booked: 1,
    thoughtsOfDeath: true,
  },
  {
    recordNumber: "KT-1033",
    initials: "DH",
    bay: bay("7"),
    visits: [33, 30, 26, 23, 19, 16],
    scores: [
      {
        instrument: "pcl-5",
        told: [
          [35, 52],
          [27, 38],
          [20, 30],
          [14, 24],
          [6, 27],
        ],
      },
    ],
  },
  {
    recordNumber: "KT-1008",
    initials: "NC",
    bay: bay("8"),
    visits: [210, 207, 203, 200, 196, 193, 160],
    scores: [
      {
        instrument: "pain-nrs",
        told: [
          [212, 8],
          [195, 4],
          [180, 3],
          [158, 2],
          [130, 2],
        ],
      },
    ],
    closedDaysAgo: 128,
  },
];

const PROTOCOL = protocolSchema.parse({});

export interface DemoCourses {
  readonly visits: readonly { readonly bay: BayId; readonly inputs: readonly BayInput[] }[];
  readonly facts: readonly CourseFact[];
}

/** Everything before today, all legal, in time order. The same `now`, `seed` and `zone` give the same past. */
export function demoCourses(now: AtMs, seed: number, zone: Zone): DemoCourses {
  const today = localDateOf(now, zone);
  // Noon and the hours around it are on every day's clock.
  const hour = (ago: number, time: string): AtMs =>
    instantOf(addDays(today, -ago), time, zone) ?? now - ago * 86_400_000;
  const visits = COURSES.map(({ recordNumber, initials, bay: at, visits: days }, place) => {
    const random = randomFrom(seed, `course/${recordNumber}`);
    const patient = { initials, recordNumber, weightKg: Math.round(random.within([55, 95])) };
    const by = nurseOfPlace(place);
    return {
      bay: at,
      inputs: days.flatMap((ago) =>
        pastVisit(
          { id: `past-${recordNumber}-${ago}`, at: hour(ago, "10:00"), patient, protocol: PROTOCOL, by },
          random,
        ),
      ),
    };
  });
  const facts = COURSES.flatMap((course, place) => {
    const random = randomFrom(seed, `scores/${course.recordNumber}`);
    const by = nurseOfPlace(place);
    const fact = (name: string, at: AtMs, act: CourseAct): CourseFact => ({
      id: commandIdSchema.parse(`demo-${course.recordNumber}-${name}`),
      recordNumber: course.recordNumber,
      at,
      by,
      act,
    });
    return actsOf(course, random).map(([name, ago, act]) =>
      fact(name, hour(ago, "09:20"), act(addDays(today, course.booked ?? 0))),
    );
  });
  return { visits, facts: facts.sort((a, b) => a.at - b.at) };
}

type DemoAct = readonly [name: string, ago: number, act: (booked: string) => CourseAct];

function actsOf({ scores, booked, thoughtsOfDeath, closedDaysAgo }: DemoCourse, random: Random): DemoAct[] {
  const acts: DemoAct[] = scores.flatMap(({ instrument, told }) =>
    told.map(([ago, total], index): DemoAct => {
      const last = thoughtsOfDeath === true && index === told.length - 1 ? 1 : 0;
      const answers =
        INSTRUMENT_FACTS[instrument].items === null ? { total } : { items: [...itemsOf(total - last, random), last] };
      return [`${instrument}-${ago}`, ago, () => ({ type: "record-score", instrument, answers })];
    }),
  );
  if (booked !== undefined) {
    acts.push(["booked", 2, (date) => ({ type: "book-session", date, time: "10:30" })]);
  }
  if (closedDaysAgo !== undefined) {
    acts.push([
      "closed",
      closedDaysAgo,
      () => ({ type: "close-course", reason: "Pain stays low; comes back when it returns." }),
    ]);
  }
  return acts;
}

/** The first eight items of a PHQ-9 that add up to `total` (at most 24). */
function itemsOf(total: number, random: Random): number[] {
  const items = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let left = total; left > 0; ) {
    const index = Math.floor(random.within([0, items.length]));
    const item = items[index] ?? 3;
    if (item >= 3) continue;
    items[index] = item + 1;
    left -= 1;
  }
  return items;
}
