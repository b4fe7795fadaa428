/** A course for the tests of the pages, and a server that remembers what it was sent. */
import { QueryClient } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import {
  type CourseActInput,
  type CourseFact,
  courseActSchema,
  courseOf,
  type PastSession,
  standingOf,
} from "@vigil/shared/course";
import { bayIdSchema, commandIdSchema, personIdSchema, sessionIdSchema } from "@vigil/shared/ids";
import type { CourseDetail } from "@vigil/shared/wire";
import type { ReactNode } from "react";
import { vi } from "vitest";
import { CoursesKit } from "./courses-frame.tsx";
import { DeskContext } from "./use-act.ts";

export const NOON = Date.UTC(2026, 2, 10, 12);
const bay = bayIdSchema.parse("1");

export const visit = (daysAgo: number): PastSession => {
  const startedAt = NOON - daysAgo * 86_400_000;
  const id = sessionIdSchema.parse(`s-${daysAgo}`);
  return { id, bay, initials: "AB", name: null, openedAt: startedAt, startedAt, endedAt: startedAt + 1 };
};

/** What the server would answer at noon of 10 March 2026. */
export function detailOf(facts: readonly CourseFact[] = [], past: readonly PastSession[] = []): CourseDetail {
  const course = courseOf("R-1", facts, "UTC");
  return {
    at: NOON,
    zone: "UTC",
    timeNow: "12:00",
    patient: { recordNumber: "R-1", initials: "AB", name: null },
    standing: standingOf(course, past, NOON, "UTC"),
    scores: course.scores,
    bookings: course.bookings,
    closed: course.closed,
    bays: [{ id: bay, name: "1" }],
  };
}

const nurse = { id: personIdSchema.parse("nora"), name: "Nora", role: "nurse" as const };

export const fact = (id: string, at: number, act: CourseActInput): CourseFact => ({
  id: commandIdSchema.parse(id),
  recordNumber: "R-1",
  at,
  by: nurse,
  act: courseActSchema.parse(act),
});

/** Renders a form of the page as a nurse who said her name sees it. @returns the acts that were sent */
export function renderForm(form: ReactNode): CourseActInput[] {
  const sent: CourseActInput[] = [];
  vi.stubGlobal("fetch", async (_path: string, init?: RequestInit) => {
    if (init?.method === "POST") sent.push(JSON.parse(String(init.body)).act);
    return new Response("{}", { status: 200, headers: { "content-type": "application/json" } });
  });
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }));
  vi.stubGlobal("ResizeObserver", Quiet);
  render(
    <CoursesKit client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <DeskContext value={{ recordNumber: "R-1" }}>{form}</DeskContext>
    </CoursesKit>,
  );
  return sent;
}

/** In a page without layout nothing changes its size. */
class Quiet {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
