/** What the pages ask of the server, and what they send. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { CourseActInput } from "@vigil/shared/course";
import type { CourseDetail, CourseList } from "@vigil/shared/wire";
import { newRandomId } from "../ui/random-id.ts";

/** What the server said no to, or that it said nothing: a sentence for whoever asked. */
class Refused extends Error {}

const NO_ANSWER = "The server does not answer. Nothing was kept; try again when it is back.";
/** What others enter is seen after this. */
const LOOKS_EVERY_MS = 30_000;

async function ask(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new Refused(NO_ANSWER);
  }
  if (response.ok) return response;
  const problem: unknown = await response.json().catch(() => null);
  const said = typeof problem === "object" && problem !== null && "detail" in problem ? String(problem.detail) : "";
  throw new Refused(said === "" ? `The server refused (${response.status}).` : said);
}

const address = (recordNumber: string) => `/api/courses/${encodeURIComponent(recordNumber)}`;

export const coursesQuery = queryOptions({
  queryKey: ["courses"],
  queryFn: async (): Promise<CourseList> => (await ask("/api/courses")).json(),
  refetchInterval: LOOKS_EVERY_MS,
});

export const courseQuery = (recordNumber: string) =>
  queryOptions({
    queryKey: ["courses", recordNumber],
    queryFn: async (): Promise<CourseDetail> => (await ask(address(recordNumber))).json(),
    refetchInterval: LOOKS_EVERY_MS,
  });

/** Sends one act; once it is kept, what is shown is asked for again before it counts as done. */
export function useCourseAct(recordNumber: string) {
  const client = useQueryClient();
  return useMutation<void, Error, { readonly id: string; readonly act: CourseActInput }>({
    mutationFn: async ({ id, act }) => {
      await ask(`${address(recordNumber)}/acts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ id, act }),
      });
      await client.invalidateQueries({ queryKey: ["courses"] });
    },
  });
}

/** A new act's id: the same act sent again after a lost answer carries the same. */
export const newActId = newRandomId;
