import { Button, NativeSelect, Table, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { isAllowed, type Route } from "@vigil/shared/people";
import type { ListedDevice } from "@vigil/shared/wire";
import { type FormEvent, useState } from "react";
import { Refusal } from "../courses/refusal.tsx";
import { useHere } from "../people/index.ts";
import { ClinicTimed } from "../ui/clinic-time.tsx";
import { type ZoneText, zoneText } from "../ui/zone-text.ts";
import { AdminFrame } from "./admin-frame.tsx";
import { AdminTable } from "./admin-table.tsx";
import { boardsQuery, devicesQuery, useSending } from "./people-api.ts";

const KINDS = [
  { value: "monitor", label: "monitor or gateway" },
  { value: "bench", label: "test bench (vigil simulate, play, record)" },
];

/** Screens and programs that hold a credential of their own. */
export function DisplaysPage() {
  return (
    <AdminFrame title="Displays and monitors">
      <ClinicTimed>{({ zone }) => <DevicesOf times={zoneText(zone, 0, 0)} />}</ClinicTimed>
    </AdminFrame>
  );
}

export function DevicesOf({ times }: { readonly times: ZoneText }) {
  const { data, error } = useQuery(devicesQuery);
  const { me } = useHere();
  const may = (route: Route) => me?.person != null && isAllowed(route, me.person.role);
  return (
    <>
      {may("POST /api/displays/approve") && <ApproveDisplay />}
      <Refusal why={error?.message ?? null} />
      {data?.length === 0 && <p className="courses-empty">No display, monitor or gateway has been let in yet.</p>}
      {data !== undefined && data.length > 0 && (
        <AdminTable heads={["Name", "Kind", "For", "Let in by", "Last seen", "Alarm sound"]} lastHead="Change">
          {data.map((device) => (
            <DeviceRow key={device.id} device={device} times={times} mayRevoke={may("DELETE /api/devices/:device")} />
          ))}
        </AdminTable>
      )}
      {may("POST /api/devices") && <NewKey />}
    </>
  );
}

const SOUND_TEXT = { heard: "heard", off: "SOUND OFF", blocked: "SOUND BLOCKED" };

interface DeviceRowProps {
  readonly device: ListedDevice;
  /** By the clinic's clock, wherever the screen stands. */
  readonly times: ZoneText;
  readonly mayRevoke: boolean;
}

export function DeviceRow({ device, times, mayRevoke }: DeviceRowProps) {
  const { id, name, kind, bays, board, createdBy, createdAt, seenAt, revokedAt, sound } = device;
  const client = useQueryClient();
  const { send, refused } = useSending(() => client.invalidateQueries({ queryKey: devicesQuery.queryKey }));
  const scope =
    kind === "display" ? (board ?? "every board") : (bays?.map((bay) => `bay ${bay}`).join(", ") ?? "every bay");
  return (
    <Table.Tr data-retired={revokedAt !== null}>
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td data-label="Kind">{kind}</Table.Td>
      <Table.Td data-label="For">{scope}</Table.Td>
      <Table.Td data-label="Let in by">
        <span>
          {createdBy} <small>{times.dateTime(createdAt)}</small>
        </span>
      </Table.Td>
      <Table.Td data-label="Last seen">{seenAt === null ? "never" : times.dateTime(seenAt)}</Table.Td>
      <Table.Td data-label="Alarm sound">
        {kind !== "display" ? "–" : sound === null ? "not known" : SOUND_TEXT[sound]}
      </Table.Td>
      <Table.Td>
        <div className="admin-acts">
          {revokedAt !== null && "revoked"}
          {revokedAt === null && !mayRevoke && "let in"}
          {revokedAt === null && mayRevoke && (
            <Button variant="default" onClick={() => send("DELETE", `/api/devices/${id}`, undefined)}>
              Revoke <span className="unseen">{name}</span>
            </Button>
          )}
          <Refusal why={refused} />
        </div>
      </Table.Td>
    </Table.Tr>
  );
}

function ApproveDisplay() {
  const client = useQueryClient();
  const { send, refused } = useSending(() => client.invalidateQueries({ queryKey: devicesQuery.queryKey }));
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const { data: boards = [] } = useQuery(boardsQuery);
  const [board, setBoard] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send("POST", "/api/displays/approve", { code, name, ...(board === "" ? {} : { board }) }, () => {
      setCode("");
      setName("");
    });
  };
  return (
    <form className="admin-add admin-people-form" onSubmit={submit} aria-labelledby="approve-display">
      <h2 id="approve-display">Approve a display</h2>
      <p>The screen opens /wall and shows a code. What it holds then shows walls only, and can never act.</p>
      <TextInput
        label="The code it shows"
        autoComplete="off"
        value={code}
        onChange={(e) => setCode(e.currentTarget.value)}
      />
      <TextInput label="Where it hangs" maxLength={60} value={name} onChange={(e) => setName(e.currentTarget.value)} />
      <NativeSelect
        label="What it may show"
        data={[{ value: "", label: "every board" }, ...boards.map(({ id, name }) => ({ value: id, label: name }))]}
        value={board}
        onChange={(e) => setBoard(e.currentTarget.value)}
      />
      <Button type="submit">Approve</Button>
      <Refusal why={refused} />
    </form>
  );
}

function NewKey() {
  const client = useQueryClient();
  const { send, refused } = useSending(() => client.invalidateQueries({ queryKey: devicesQuery.queryKey }));
  const [kind, setKind] = useState("monitor");
  const [name, setName] = useState("");
  const [bays, setBays] = useState("");
  const [key, setKey] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const named = bays.split(",").flatMap((bay) => bay.trim() || []);
    send("POST", "/api/devices", { kind, name, ...(named.length === 0 ? {} : { bays: named }) }, (answer) => {
      const made = typeof answer === "object" && answer !== null && "key" in answer ? String(answer.key) : null;
      setKey(made);
      setName("");
    });
  };
  return (
    <form className="admin-add admin-people-form" onSubmit={submit} aria-labelledby="new-key">
      <h2 id="new-key">A key for a monitor, gateway or test bench</h2>
      <NativeSelect label="Kind" data={KINDS} value={kind} onChange={(e) => setKind(e.currentTarget.value)} />
      <TextInput label="Name" maxLength={60} value={name} onChange={(e) => setName(e.currentTarget.value)} />
      <TextInput
        label={kind === "monitor" ? "Bays it sends for, with commas" : "Bays, with commas; empty: every one"}
        required={kind === "monitor"}
        value={bays}
        onChange={(e) => setBays(e.currentTarget.value)}
      />
      <Button type="submit">Make the key</Button>
      <Refusal why={refused} />
      {key !== null && (
        <p role="status">
          Copy it now, it is not shown again: <code>{key}</code>
        </p>
      )}
    </form>
  );
}
