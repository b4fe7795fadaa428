import { Button, NumberInput } from "@mantine/core";
import type { AdminView } from "@vigil/shared/wire";
import { useState } from "react";
import { Refusal } from "../courses/refusal.tsx";
import { useAdminAct } from "./admin-api.ts";
import { AdminFrame, WithAdmin } from "./admin-frame.tsx";
import { OneWord } from "./bays-page.tsx";

export function SettingsPage() {
  return (
    <AdminFrame title="Escalation and retention">
      <WithAdmin>
        {(view) => (
          <>
            <Targets view={view} />
            <Retention key={view.retention.readingsDays} view={view} />
          </>
        )}
      </WithAdmin>
    </AdminFrame>
  );
}

function Targets({ view }: { readonly view: AdminView }) {
  const { send, sending, refused } = useAdminAct();
  return (
    <section className="admin-section" aria-labelledby="targets">
      <h2 id="targets">Escalation targets</h2>
      <p>
        To whom a high alarm is taken while nobody acknowledges it. When, and in which order, is the protocol’s ladder;
        a station attends as one or more of them.
      </p>
      <ul className="admin-list">
        {view.targets.map((target) => (
          <li key={target}>
            <b>{target}</b>
            <Button variant="default" loading={sending} onClick={() => send({ type: "drop-target", target })}>
              Drop<span className="unseen"> {target}</span>
            </Button>
          </li>
        ))}
      </ul>
      <OneWord
        key={view.targets.length}
        label="A further target"
        first=""
        button="Add the target"
        sending={sending}
        onWord={(target) => send({ type: "add-target", target })}
      />
      <Refusal why={refused} />
    </section>
  );
}

function Retention({ view: { retention } }: { readonly view: AdminView }) {
  const { send, sending, refused } = useAdminAct();
  const [days, setDays] = useState<number | string>(retention.readingsDays ?? "");
  return (
    <section className="admin-section" aria-labelledby="retention">
      <h2 id="retention">Retention of readings</h2>
      <p>
        {retention.readingsDays === null
          ? "Every reading is kept for ever."
          : `Readings older than ${retention.readingsDays} days are thinned: of each minute the lowest, the median and the highest value stay.`}{" "}
        Alarms, acts, extremes and the audit are kept for ever. A session whose readings are thinned can no longer be
        replayed, and says so. What is thinned cannot be brought back but from a backup.
      </p>
      <p>
        Thinned so far: <b>{retention.thinnedSessions}</b> {retention.thinnedSessions === 1 ? "session" : "sessions"}.
      </p>
      <form
        className="admin-word"
        onSubmit={(event) => {
          event.preventDefault();
          if (typeof days === "number") send({ type: "set-retention", readingsDays: days });
        }}
      >
        <NumberInput
          label="Thin readings after (days)"
          min={7}
          max={3650}
          allowDecimal={false}
          hideControls
          value={days}
          onChange={setDays}
        />
        <Button type="submit" loading={sending} disabled={typeof days !== "number"}>
          Thin after these days
        </Button>
        {retention.readingsDays !== null && (
          <Button
            variant="default"
            loading={sending}
            onClick={() => send({ type: "set-retention", readingsDays: null })}
          >
            Keep all from now on
          </Button>
        )}
      </form>
      <Refusal why={refused} />
    </section>
  );
}
