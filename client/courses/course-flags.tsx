import { Button, Textarea } from "@mantine/core";
import type { CourseFlag } from "@vigil/shared/course";
import type { CourseDetail } from "@vigil/shared/wire";
import { useState } from "react";
import { flagSentence, flagText } from "./course-text.ts";
import { Refusal } from "./refusal.tsx";
import { useAct } from "./use-act.ts";

/** What needs a person, before all else on the page. */
export function CourseFlags({ detail: { standing, scores } }: { readonly detail: CourseDetail }) {
  return (
    <ul className="course-flags" aria-label="Needs attention" aria-live="polite">
      {standing.flags.map((flag) => (
        <li key={`${flag.code} ${flag.score ?? flag.date}`} data-code={flag.code}>
          <b className="flag-title">{flagText(flag, standing.today)}</b>
          <p>
            {flagSentence(
              flag,
              scores.find(({ id }) => id === flag.score),
              standing.today,
            )}
          </p>
          {flag.score !== null && <WhatWasDone score={flag.score} />}
        </li>
      ))}
    </ul>
  );
}

function WhatWasDone({ score }: { readonly score: NonNullable<CourseFlag["score"]> }) {
  const { send, sending, refused } = useAct();
  const [note, setNote] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send({ type: "answer-flag", score, note });
      }}
    >
      <Textarea
        className="flag-note"
        aria-label="What was done"
        placeholder="What was done, and who was told"
        rows={2}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={sending} disabled={note.trim() === ""}>
        Write down
      </Button>
      <Refusal why={refused} />
    </form>
  );
}
