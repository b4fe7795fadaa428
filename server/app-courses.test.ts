/** Courses over HTTP, on a server with a real journal. */
import type { CourseActInput } from "@vigil/shared/course";
import type { CourseDetail, CourseList } from "@vigil/shared/wire";
import { expect, it } from "vitest";
import { startServer } from "./app.ts";
import {
  call,
  closing,
  FakeClock,
  failWrites,
  inJournal,
  openSession,
  postJson,
  recordBaseline,
  serverOptions,
  temporaryDirectory,
} from "./testing/index.ts";

const DAY = 24 * 3_600_000;

async function startedServer(dataDir = temporaryDirectory(), clock = new FakeClock()) {
  const server = closing(await startServer(serverOptions(clock, { dataDir })));
  const get = async <T>(path: string): Promise<T> => (await call(`${server.url}${path}`)).json() as Promise<T>;
  return {
    clock,
    server,
    dataDir,
    list: () => get<CourseList>("/api/courses"),
    detail: (patient: string) => get<CourseDetail>(`/api/courses/${encodeURIComponent(patient)}`),
    act: async (patient: string, id: string, act: CourseActInput | object) => {
      const answer = await postJson(`${server.url}/api/courses/${encodeURIComponent(patient)}/acts`, {
        id,
        act,
      });
      const body: { code?: string; detail?: string } = JSON.parse(await answer.text());
      return { status: answer.status, body };
    },
    /** A whole visit at bay 1, as far as a course needs it. */
    visit: async (id: string, recordNumber: string) => {
      const opening = { ...openSession(id), patient: { initials: "AB", name: "Ann Bee", recordNumber, weightKg: 70 } };
      const acts = [
        opening,
        recordBaseline,
        { type: "start-infusion" },
        { type: "abandon-session", reason: "test", left: "against-advice" },
      ];
      for (const [i, command] of acts.entries()) {
        const answer = await postJson(`${server.url}/api/bays/1/commands`, { id: `${id}-${i}`, command });
        expect(answer.status).toBe(200);
      }
    },
  };
}

const score = (total: number): CourseActInput => ({ type: "record-score", instrument: "phq-9", answers: { total } });

it("tells a patient's course from sessions, scores and bookings, and keeps it over a restart", async () => {
  const dataDir = temporaryDirectory();
  const first = await startedServer(dataDir);
  expect((await first.act("R 7/1", "a1", score(20))).status).toBe(200);
  first.clock.advance(60_000);
  await first.visit("s1", "R 7/1");
  first.clock.advance(DAY);
  await first.act("R 7/1", "a2", score(9));
  await first.act("R 7/1", "a3", { type: "book-session", date: "2026-03-05", time: "09:30", bay: "2" });
  const before = await first.detail("R 7/1");
  expect(before.patient).toEqual({ recordNumber: "R 7/1", initials: "AB", name: "Ann Bee" });
  expect(before.standing).toMatchObject({
    today: "2026-03-03",
    induction: { done: 1, of: 6, day: 2, days: 28 },
    due: { from: "2026-03-04", to: "2026-03-07" },
    booked: { id: "a3", date: "2026-03-05", time: "09:30", bay: "2" },
    sessions: [{ number: 1, date: "2026-03-02", relief: { first: "2026-03-03", lastedDays: 1 } }],
    flags: [],
  });
  expect((await first.list()).courses).toMatchObject([
    {
      recordNumber: "R 7/1",
      sessions: 1,
      lastScore: { total: 9, change: -11, band: "mild", inRelief: true },
      closed: false,
    },
  ]);
  await first.server.close();

  const again = await startedServer(dataDir, first.clock);
  expect(await again.detail("R 7/1")).toEqual(before);
});

it("carries an act out once, and refuses its id for another patient", async () => {
  const { act, detail } = await startedServer();
  expect(await act("R-1", "same", score(20))).toEqual({ status: 200, body: { ok: true } });
  expect(await act("R-1", "same", score(3))).toEqual({ status: 200, body: { ok: true } });
  expect((await detail("R-1")).scores.map(({ total }) => total)).toEqual([20]);
  expect(await act("R-2", "same", score(20))).toMatchObject({ status: 409, body: { code: "id-taken" } });
});

it.each([
  [422, "malformed", { type: "record-score", instrument: "phq-9", answers: { total: "x" } }],
  [422, "malformed", { type: "book-session", date: "soon", time: "09:30" }],
  [422, "out-of-range", { type: "record-score", instrument: "phq-9", answers: { total: 28 } }],
  [422, "in-the-past", { type: "book-session", date: "2026-03-01", time: "09:30" }],
  [422, "unknown-bay", { type: "book-session", date: "2026-03-05", time: "09:30", bay: "99" }],
  [404, "unknown-score", { type: "withdraw-score", score: "none", reason: "typo" }],
])("refuses with %i %s in a sentence, and keeps nothing", async (status, code, refused) => {
  const { act, dataDir } = await startedServer();
  const answer = await act("R-1", "a", refused);
  expect(answer).toMatchObject({ status, body: { code, status } });
  expect(answer.body.detail).not.toBe("");
  expect(inJournal(dataDir, "select id from course_fact")).toEqual([]);
});

it("says so when it cannot keep an act, and can when the disk is back", async () => {
  const { act, detail, dataDir } = await startedServer();
  const mend = failWrites(dataDir, "course_fact");
  expect(await act("R-1", "a", score(20))).toMatchObject({ status: 503, body: { code: "journal-failed" } });
  expect((await detail("R-1")).scores).toEqual([]);
  mend();
  expect(await act("R-1", "a", score(20))).toMatchObject({ status: 200 });
});

it("counts an open session, and leaves out visits without the drug and patients without a record number", async () => {
  const { server, list, detail } = await startedServer();
  const send = (bay: string, id: string, command: object) =>
    postJson(`${server.url}/api/bays/${bay}/commands`, { id, command });
  await send("1", "c1", { ...openSession("s1"), patient: { initials: "AB", recordNumber: "R-1", weightKg: 70 } });
  await send("2", "c2", openSession("s2"));
  expect((await list()).courses).toMatchObject([{ recordNumber: "R-1", sessions: 0, openAt: "1", due: null }]);
  await send("1", "c3", recordBaseline);
  await send("1", "c4", { type: "start-infusion" });
  expect((await detail("R-1")).standing.sessions).toMatchObject([{ id: "s1", open: true, number: 1 }]);
});

it("answers for a patient nobody knows with an empty course", async () => {
  const { detail } = await startedServer();
  expect(await detail("new")).toMatchObject({
    zone: "Europe/Berlin",
    timeNow: "10:00",
    patient: { recordNumber: "new", initials: null },
    scores: [],
    standing: { sessions: [], due: null },
  });
});

it("books no bay twice at one time, and says for whom it is booked; any bay, another time and one's own booking are free", async () => {
  const { act } = await startedServer();
  const book = (time: string, bay?: string) => ({ type: "book-session", date: "2026-03-05", time, bay });
  expect((await act("R-1", "b1", book("10:30", "2"))).status).toBe(200);
  const refused = await act("R-2", "b2", book("11:00", "2"));
  expect(refused).toMatchObject({ status: 409, body: { code: "bay-taken" } });
  expect(refused.body.detail).toContain("Bay 2 is booked for the patient with record number R-1 at 10:30 that day.");
  expect((await act("R-2", "b3", book("11:00"))).status).toBe(200);
  const move = { type: "move-booking", booking: "b3", date: "2026-03-05", time: "11:00", bay: "2", reason: "window" };
  expect((await act("R-2", "m1", move)).body.code).toBe("bay-taken");
  expect((await act("R-2", "m2", { ...move, time: "11:30" })).status).toBe(200);
  expect((await act("R-1", "m3", { ...move, booking: "b1", time: "10:15" })).status).toBe(200);
});
