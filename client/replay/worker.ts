/** The worker: reads feeds, runs the engine, answers. */
import type { Asks, Question, Reply } from "./asking.ts";
import { ReplayDesk } from "./desk.ts";
import { fileLines, sessionLines } from "./read-lines.ts";

const desk = new ReplayDesk(() => performance.now());

async function answerTo(question: Question): Promise<Asks[keyof Asks]["answer"]> {
  switch (question.name) {
    case "openSession":
      return desk.open(`Session ${question.ask.id}`, sessionLines(question.ask.id), question.ask.lines);
    case "openFile":
      return desk.open(question.ask.file.name, fileLines(question.ask.file), question.ask.lines);
    case "view":
      return desk.view(question.ask);
    case "whatIf":
      return desk.whatIf(question.ask);
    case "charts":
      return desk.charts(question.ask);
    case "detail":
      return desk.detail(question.ask);
  }
}

// One after the other: what is asked while a feed is read is answered from that feed.
let last: Promise<void> = Promise.resolve();
addEventListener("message", ({ data: question }: MessageEvent<Question>) => {
  last = last.then(async () => {
    try {
      postMessage({ id: question.id, answer: await answerTo(question) } satisfies Reply);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      postMessage({ id: question.id, failed: reason } satisfies Reply);
    }
  });
});
