import { Button, Table, TextInput } from "@mantine/core";
import { bandOf, INSTRUMENT_FACTS, type LocalDate, type Score, type Standing } from "@vigil/shared/course";
import type { CourseDetail } from "@vigil/shared/wire";
import { useState } from "react";
import { sessionText } from "./course-text.ts";
import { dateText, spanText } from "./day-text.ts";
import { Refusal } from "./refusal.tsx";
import { ScoreForm } from "./score-form.tsx";
import { useAct } from "./use-act.ts";

type Session = Standing["sessions"][number];
type Entry =
  | { readonly at: number; readonly kind: "score"; readonly score: Score }
  | { readonly at: number; readonly kind: "session"; readonly session: Session };

/** Sessions and scores in one line of time, the last first: what the plot shows, for reading and for setting right. */
export function History({ detail }: { readonly detail: CourseDetail }) {
  const { scores, standing } = detail;
  const entries: Entry[] = [
    ...scores.map((score) => ({ at: score.takenAt, kind: "score", score }) as const),
    ...standing.sessions.map((session) => ({ at: session.startedAt, kind: "session", session }) as const),
  ].sort((a, b) => b.at - a.at);
  if (entries.length === 0) return null;
  return (
    <section className="course-history" aria-label="Sessions and scores">
      <h2>Sessions and scores</h2>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th>Told</Table.Th>
            <Table.Th>
              <span className="unseen">Set right</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) =>
            entry.kind === "session" ? (
              <SessionLine key={entry.session.id} session={entry.session} today={standing.today} />
            ) : (
              <ScoreLine key={entry.score.id} score={entry.score} detail={detail} />
            ),
          )}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function SessionLine({ session, today }: { readonly session: Session; readonly today: LocalDate }) {
  const { relief } = session;
  return (
    <Table.Tr className="history-session">
      <Table.Td>
        {dateText(session.date, today)} <small>{session.time}</small>
      </Table.Td>
      <Table.Td>
        <b>{sessionText(session)}</b> <small>bay {session.bay}</small>
      </Table.Td>
      <Table.Td>
        {session.open && "going on"}
        {relief !== null &&
          `relief ${spanText(relief.first, relief.last, today)}${relief.lostOn === null ? "" : `, lost by ${dateText(relief.lostOn, today)}`}`}
      </Table.Td>
      <Table.Td />
    </Table.Tr>
  );
}

function ScoreLine({ score, detail }: { readonly score: Score; readonly detail: CourseDetail }) {
  const { today, baseline } = detail.standing;
  const [act, setAct] = useState<"none" | "correct" | "withdraw">("none");
  const facts = INSTRUMENT_FACTS[score.instrument];
  const toggle = (wanted: "correct" | "withdraw") => setAct(act === wanted ? "none" : wanted);
  return (
    <>
      <Table.Tr>
        <Table.Td>
          {dateText(score.date, today)} <small>{score.time}</small>
        </Table.Td>
        <Table.Td>
          {facts.label} <b>{score.total}</b> {bandOf(score.instrument, score.total).label}
          {baseline?.score === score.id && <small className="mark">baseline</small>}
        </Table.Td>
        <Table.Td>
          <small>
            {score.by.name}
            {score.corrected !== null && `, set right by ${score.corrected.by.name}: ${score.corrected.words}`}
            {score.flag?.done != null && `. Item 9: ${score.flag.done.by.name}: ${score.flag.done.words}`}
          </small>
        </Table.Td>
        <Table.Td className="line-acts">
          <Button variant="subtle" color="gray" aria-expanded={act === "correct"} onClick={() => toggle("correct")}>
            Set right
          </Button>
          <Button variant="subtle" color="gray" aria-expanded={act === "withdraw"} onClick={() => toggle("withdraw")}>
            Withdraw
          </Button>
        </Table.Td>
      </Table.Tr>
      {act !== "none" && (
        <Table.Tr>
          <Table.Td colSpan={4}>
            {act === "correct" ? (
              <ScoreForm detail={detail} correcting={score} done={() => setAct("none")} />
            ) : (
              <WithdrawForm score={score} />
            )}
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function WithdrawForm({ score }: { readonly score: Score }) {
  const { send, sending, refused } = useAct();
  const [reason, setReason] = useState("");
  return (
    <form
      className="line-form"
      onSubmit={(event) => {
        event.preventDefault();
        send({ type: "withdraw-score", score: score.id, reason });
      }}
    >
      <TextInput
        label="Why it is withdrawn"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" loading={sending} disabled={reason.trim() === ""}>
        Withdraw the score
      </Button>
      <Refusal why={refused} />
    </form>
  );
}
