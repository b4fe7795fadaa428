import { Button, NumberInput, Table, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { AdminView, BackupsView } from "@vigil/shared/wire";
import { useState } from "react";
import { Refusal } from "../courses/refusal.tsx";
import { zoneText } from "../ui/zone-text.ts";
import { backupsQuery, useAdminAct, useTakeBackup } from "./admin-api.ts";
import { AdminFrame, WithAdmin } from "./admin-frame.tsx";
import { AdminTable } from "./admin-table.tsx";

export function BackupsPage() {
  return (
    <AdminFrame title="Backups">
      <TakenSoFar />
      <WithAdmin>{({ backup }) => <Daily key={`${backup.dailyAt} ${backup.keep}`} backup={backup} />}</WithAdmin>
    </AdminFrame>
  );
}

function TakenSoFar() {
  const { data, error } = useQuery(backupsQuery);
  return (
    <>
      <Refusal why={error?.message ?? null} />
      {data !== undefined && <Taken backups={data} />}
    </>
  );
}

const MB = 1_000_000;
const sizeText = (bytes: number): string => `${(bytes / MB).toFixed(bytes < 10 * MB ? 1 : 0)} MB`;

function Taken({
  backups: { zone, directory, runningSince, failed, nextAt, backups },
}: {
  readonly backups: BackupsView;
}) {
  const { take, sending, refused } = useTakeBackup();
  const times = zoneText(zone, 0, 0);
  return (
    <>
      <p className="admin-lead">
        A backup is a checked copy of everything, taken while the ward runs. They lie in <code>{directory}</code> on the
        server’s machine; keep copies elsewhere. To bring one back: <code>vigil restore FILE --data DIRECTORY</code>.
      </p>
      <div className="admin-acts">
        <Button loading={sending || runningSince !== null} onClick={take}>
          Take a backup now
        </Button>
        <p role="status">
          {runningSince !== null && `Being taken since ${times.second(runningSince)} …`}
          {runningSince === null && nextAt !== null && `The next one by itself: ${times.dateTime(nextAt)}.`}
        </p>
      </div>
      <Refusal why={refused ?? (failed === null ? null : `The last one could not be taken: ${failed}`)} />
      {backups.length === 0 ? (
        <p className="courses-empty">No backup yet.</p>
      ) : (
        <AdminTable heads={["Taken", "Size", "Inputs", "Audit"]} lastHead="Download">
          {backups.map(({ file, takenAt, bytes, inputs, auditEntries, faults }) => (
            <Table.Tr key={file}>
              <Table.Td>
                {times.dateTime(Date.parse(takenAt))}
                <small>{file}</small>
              </Table.Td>
              <Table.Td data-label="Size">{sizeText(bytes)}</Table.Td>
              <Table.Td data-label="Inputs">{inputs.toLocaleString("en-GB")}</Table.Td>
              <Table.Td data-label="Audit">
                {auditEntries.toLocaleString("en-GB")} entries, {faults.length === 0 ? "whole" : <b>not whole</b>}
              </Table.Td>
              <Table.Td>
                <Button component="a" variant="default" href={`/api/admin/backups/${file}`} download>
                  Download
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </AdminTable>
      )}
    </>
  );
}

function Daily({ backup }: { readonly backup: AdminView["backup"] }) {
  const { send, sending, refused } = useAdminAct();
  const [dailyAt, setDailyAt] = useState(backup.dailyAt ?? "02:30");
  const [keep, setKeep] = useState<number | string>(backup.keep);
  return (
    <section className="admin-section" aria-labelledby="daily">
      <h2 id="daily">Once a day</h2>
      <p>
        {backup.dailyAt === null
          ? "No backup is taken by itself."
          : `One is taken every day at ${backup.dailyAt}; the last ${backup.keep} of these are kept.`}
      </p>
      <form
        className="admin-word"
        onSubmit={(event) => {
          event.preventDefault();
          if (typeof keep === "number") send({ type: "set-backup", dailyAt, keep });
        }}
      >
        <TextInput
          type="time"
          label="At (the clinic’s time)"
          value={dailyAt}
          onChange={(event) => setDailyAt(event.currentTarget.value)}
        />
        <NumberInput
          label="Keep the last"
          min={1}
          max={365}
          allowDecimal={false}
          hideControls
          value={keep}
          onChange={setKeep}
        />
        <Button type="submit" loading={sending} disabled={dailyAt === "" || typeof keep !== "number"}>
          Take one every day
        </Button>
        {backup.dailyAt !== null && (
          <Button
            variant="default"
            loading={sending}
            onClick={() => send({ type: "set-backup", dailyAt: null, keep: backup.keep })}
          >
            Stop that
          </Button>
        )}
      </form>
      <Refusal why={refused} />
    </section>
  );
}
