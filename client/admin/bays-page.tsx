import { Button, Table, TextInput } from "@mantine/core";
import { bayIdSchema } from "@vigil/shared/ids";
import type { AdminView, MonitorView } from "@vigil/shared/wire";
import { type FormEvent, useState } from "react";
import { Refusal } from "../courses/refusal.tsx";
import { ageText } from "../ui/clock-text.ts";
import { zoneText } from "../ui/zone-text.ts";
import { useAdminAct } from "./admin-api.ts";
import { AdminFrame, WithAdmin } from "./admin-frame.tsx";
import { AdminTable } from "./admin-table.tsx";

export function BaysPage() {
  return (
    <AdminFrame title="Bays and monitors">
      <WithAdmin>
        {(view) => (
          <>
            <AdminTable heads={["Bay", "Monitor last heard", "Sends every", "Its clock", "Dropped"]} lastHead="Change">
              {view.bays.map((bay) => (
                <BayLine key={bay.id} bay={bay} view={view} />
              ))}
            </AdminTable>
            <AddBay />
          </>
        )}
      </WithAdmin>
    </AdminFrame>
  );
}

type Bay = AdminView["bays"][number];
type Asked = "name" | "retire" | null;

function BayLine({ bay, view }: { readonly bay: Bay; readonly view: AdminView }) {
  const [asked, setAsked] = useState<Asked>(null);
  const { send, sending, refused } = useAdminAct();
  const monitor = view.monitors.find((each) => each.bay === bay.id);
  const done = () => setAsked(null);
  return (
    <>
      <Table.Tr data-retired={bay.retired !== null}>
        <Table.Th scope="row">
          {bay.name} {bay.name !== bay.id && <small>{bay.id}</small>}
          {bay.isOccupied && <small>session open</small>}
        </Table.Th>
        {bay.retired === null ? (
          <MonitorCells monitor={monitor} at={view.at} zone={view.zone} />
        ) : (
          <Table.Td colSpan={4} data-label="Retired">
            Retired {zoneText(view.zone, 0, 0).date(bay.retired.at)} by {bay.retired.by?.name ?? "the program"}:{" "}
            {bay.retired.reason}
          </Table.Td>
        )}
        <Table.Td>
          <div className="admin-acts">
            {bay.retired === null ? (
              <>
                <Button variant="default" onClick={() => setAsked(asked === "name" ? null : "name")}>
                  Rename
                </Button>
                <Button variant="default" onClick={() => setAsked(asked === "retire" ? null : "retire")}>
                  Retire
                </Button>
              </>
            ) : (
              <Button variant="default" loading={sending} onClick={() => send({ type: "return-bay", bay: bay.id })}>
                Take back into use
              </Button>
            )}
          </div>
        </Table.Td>
      </Table.Tr>
      {(asked !== null || refused !== null) && (
        <Table.Tr className="admin-asked">
          <Table.Td colSpan={6}>
            {asked === "name" && (
              <OneWord
                label={`New name of bay ${bay.name}`}
                first={bay.name}
                button="Rename"
                sending={sending}
                onWord={(name) => send({ type: "rename-bay", bay: bay.id, name }, done)}
              />
            )}
            {asked === "retire" && (
              <OneWord
                label={`Why bay ${bay.name} is retired`}
                first=""
                button="Retire the bay"
                sending={sending}
                onWord={(reason) => send({ type: "retire-bay", bay: bay.id, reason }, done)}
              />
            )}
            <Refusal why={refused} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

/** Off by more than this, a clock is an alarm (alarms.md, `clock-skew`). */
const SKEW_MS = 5_000;

const DAY_MS = 86_400_000;

const heardText = (agoMs: number, at: number, zone: string): string =>
  agoMs < DAY_MS ? `${ageText(Math.max(0, agoMs))} ago` : zoneText(zone, 0, 0).dateTime(at);

interface MonitorCellsProps {
  readonly monitor: MonitorView | undefined;
  readonly at: number;
  readonly zone: string;
}

function MonitorCells({ monitor, at, zone }: MonitorCellsProps) {
  if (monitor === undefined || monitor.lastMessageAt === null) {
    return (
      <>
        <Table.Td data-label="Last heard">not yet</Table.Td>
        <Table.Td data-label="Sends every">–</Table.Td>
        <Table.Td data-label="Its clock">–</Table.Td>
        <Dropped monitor={monitor} />
      </>
    );
  }
  const { skewMs, cadenceS, lastMessageAt } = monitor;
  return (
    <>
      <Table.Td data-label="Last heard">{heardText(at - lastMessageAt, lastMessageAt, zone)}</Table.Td>
      <Table.Td data-label="Sends every">{cadenceS} s</Table.Td>
      <Table.Td data-label="Its clock" data-off={Math.abs(skewMs ?? 0) > SKEW_MS}>
        {skewText(skewMs)}
      </Table.Td>
      <Dropped monitor={monitor} />
    </>
  );
}

const Dropped = ({ monitor }: { readonly monitor: MonitorView | undefined }) => (
  <Table.Td data-label="Dropped">
    {monitor?.dropped ?? 0}
    {monitor?.lastDropped != null && <small>{monitor.lastDropped}</small>}
  </Table.Td>
);

function skewText(skewMs: number | null): string {
  if (skewMs === null) return "not told";
  const s = Math.round(Math.abs(skewMs) / 100) / 10;
  if (s < 1) return "right";
  return skewMs > 0 ? `${s} s ahead` : `${s} s behind`;
}

interface OneWordProps {
  readonly label: string;
  readonly first: string;
  readonly button: string;
  readonly sending: boolean;
  readonly onWord: (word: string) => void;
}

/** One line of text and what is done with it. */
export function OneWord({ label, first, button, sending, onWord }: OneWordProps) {
  const [word, setWord] = useState(first);
  return (
    <form
      className="admin-word"
      onSubmit={(event) => {
        event.preventDefault();
        onWord(word);
      }}
    >
      <TextInput label={label} maxLength={500} value={word} onChange={(event) => setWord(event.currentTarget.value)} />
      <Button type="submit" loading={sending} disabled={word.trim() === ""}>
        {button}
      </Button>
    </form>
  );
}

function AddBay() {
  const { send, sending, refused } = useAdminAct();
  const [id, setId] = useState("");
  const [name, setName] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const bay = bayIdSchema.safeParse(id.trim());
    setWrong(
      bay.success ? null : "An id has letters, digits, spaces and . _ : - only, and begins with a letter or digit.",
    );
    if (!bay.success) return;
    send({ type: "add-bay", bay: bay.data, name: name.trim() === "" ? bay.data : name }, () => {
      setId("");
      setName("");
    });
  };
  return (
    <form className="admin-add" onSubmit={submit}>
      <h2>Add a bay</h2>
      <div className="admin-word">
        <TextInput
          label="Id, as its monitor names it"
          maxLength={64}
          value={id}
          error={wrong}
          onChange={(event) => setId(event.currentTarget.value)}
        />
        <TextInput
          label="Name, as people call it"
          placeholder={id.trim()}
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" loading={sending} disabled={id.trim() === ""}>
          Add the bay
        </Button>
      </div>
      <p>The id stays for ever; the name can be changed. The new bay stands at the end of the board of all bays.</p>
      <Refusal why={refused} />
    </form>
  );
}
