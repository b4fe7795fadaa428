import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openSqliteJournal } from "../journal/index.ts";
import { temporaryDirectory } from "../testing/index.ts";
import { AlarmLogDesk, AlarmLogFailed } from "./desk.ts";

it("says that there is no answer while the journal cannot be read, and answers when it can", async () => {
  const directory = temporaryDirectory();
  const problems: string[] = [];
  const desk = new AlarmLogDesk({
    file: join(directory, "journal.sqlite"),
    zone: "Europe/Berlin",
    follow: () => () => [],
    onProblem: (sentence) => problems.push(sentence),
  });
  onTestFinished(() => desk.close());
  await expect(desk.ask("names")).rejects.toThrow(AlarmLogFailed);
  expect(problems).toHaveLength(1);
  const journal = await openSqliteJournal(directory);
  onTestFinished(() => journal.close());
  expect(await desk.ask("names")).toEqual({ nurses: [], protocols: [] });
  // One question that fails leaves the others alone.
  const [failed, page] = await Promise.allSettled([
    desk.ask("page", { sort: "newest", patient: 7 } as never, 0, 0),
    desk.ask("page", { sort: "newest" }, 0, 0),
  ]);
  expect(failed.status).toBe("rejected");
  expect(page).toMatchObject({ status: "fulfilled", value: { total: 0 } });
});

it("answers nothing any more once it is closed", async () => {
  const desk = new AlarmLogDesk({ file: "none", zone: "UTC", follow: () => () => [], onProblem: () => undefined });
  await desk.close();
  await expect(desk.ask("names")).rejects.toThrow("stopping");
});
