import { Button, Table, TextInput } from "@mantine/core";
import { type ProtocolId, protocolChanges, protocolIdSchema } from "@vigil/shared/administration";
import { startOfDay } from "@vigil/shared/course";
import { type Protocol, protocolSchema } from "@vigil/shared/protocol";
import type { AdminView, VersionView } from "@vigil/shared/wire";
import { type FormEvent, useState } from "react";
import { Refusal } from "../courses/refusal.tsx";
import { zoneText } from "../ui/zone-text.ts";
import { useAdminAct } from "./admin-api.ts";
import { AdminFrame, WithAdmin } from "./admin-frame.tsx";
import { AdminTable } from "./admin-table.tsx";
import { OneWord } from "./bays-page.tsx";
import { placeText } from "./place-text.ts";
import { ProtocolEditor } from "./protocol-editor.tsx";

export function ProtocolsPage() {
  return (
    <AdminFrame title="Protocols">
      <p className="admin-lead">
        A protocol’s rules change by versions: somebody drafts one, another person who is a supervisor approves it, and
        from its day on sessions are opened under it. A session that is open keeps the version it began with.
      </p>
      <WithAdmin>
        {(view) => (
          <>
            {view.protocols.map((line) => (
              <ProtocolLine key={line.id} line={line} view={view} />
            ))}
            <NewProtocol view={view} />
          </>
        )}
      </WithAdmin>
    </AdminFrame>
  );
}

type Line = AdminView["protocols"][number];
const BUILT_IN: Protocol = protocolSchema.parse({});

function ProtocolLine({ line, view }: { readonly line: Line; readonly view: AdminView }) {
  const [editing, setEditing] = useState<Protocol | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  const latest = line.versions.findLast(({ withdrawn }) => withdrawn === null)?.document ?? BUILT_IN;
  const shown = line.versions.find(({ version }) => version === open);
  return (
    <section className="admin-section" aria-labelledby={`protocol-${line.id}`}>
      <h2 id={`protocol-${line.id}`}>
        {line.inUse?.name ?? latest.name} <small>{line.id}</small>
      </h2>
      <p>{inUseText(line)}</p>
      {line.versions.length > 0 && (
        <Versions
          line={line}
          zone={view.zone}
          open={open}
          onOpen={(version) => setOpen(version === open ? null : version)}
        />
      )}
      {shown !== undefined && <Version key={shown.version} line={line} version={shown} zone={view.zone} />}
      {editing === null ? (
        <Button variant="default" onClick={() => setEditing(latest)}>
          Draft the next version
        </Button>
      ) : (
        <ProtocolEditor id={line.id} base={editing} targets={view.targets} done={() => setEditing(null)} />
      )}
    </section>
  );
}

function inUseText({ inUse }: Line): string {
  if (inUse === null) return "No version is in use yet: no session can be opened under it.";
  if (inUse.version === undefined) return "The built-in protocol is in use until a version of your own is.";
  return `Version ${inUse.version} is in use.`;
}

const STATE_TEXT = {
  draft: "draft",
  approved: "approved",
  "in-use": "in use",
  past: "past",
  withdrawn: "withdrawn",
} as const;

interface VersionsProps {
  readonly line: Line;
  readonly zone: string;
  readonly open: number | null;
  readonly onOpen: (version: number) => void;
}

function Versions({ line, zone, open, onOpen }: VersionsProps) {
  const times = zoneText(zone, 0, 0);
  return (
    <AdminTable heads={["Version", "State", "What is different", "Drafted", "Approved"]} lastHead="Look at it">
      {line.versions.toReversed().map(({ version, state, why, drafted, approved, withdrawn }) => (
        <Table.Tr key={version} data-state={state}>
          <Table.Td>{version}</Table.Td>
          <Table.Td data-label="State">
            <b>{STATE_TEXT[state]}</b>
            {approved !== null && withdrawn === null && <small>from {times.dateTime(approved.inUseFrom)}</small>}
            {withdrawn !== null && <small>{withdrawn.reason}</small>}
          </Table.Td>
          <Table.Td data-label="What is different">{why}</Table.Td>
          <Table.Td data-label="Drafted">
            {drafted.by?.name ?? "–"} <small>{times.dateTime(drafted.at)}</small>
          </Table.Td>
          <Table.Td data-label="Approved">
            {approved === null ? (
              "–"
            ) : (
              <>
                {approved.by?.name ?? "–"} <small>{times.dateTime(approved.at)}</small>
              </>
            )}
          </Table.Td>
          <Table.Td>
            <Button variant="default" aria-expanded={open === version} onClick={() => onOpen(version)}>
              {open === version ? "Close" : "Differences"}
              <span className="unseen"> of version {version}</span>
            </Button>
          </Table.Td>
        </Table.Tr>
      ))}
    </AdminTable>
  );
}

/** What it changes against the version before it, side by side, and what can be done with it. */
function Version({
  line,
  version,
  zone,
}: {
  readonly line: Line;
  readonly version: VersionView;
  readonly zone: string;
}) {
  const before = line.versions.findLast((each) => each.version < version.version && each.withdrawn === null);
  const changes = protocolChanges(before?.document ?? BUILT_IN, version.document);
  const { send, sending, refused } = useAdminAct();
  const { state } = version;
  return (
    <div className="protocol-version">
      {changes.length === 0 ? (
        <p>It says the same as {before === undefined ? "the built-in protocol" : `version ${before.version}`}.</p>
      ) : (
        <Table className="protocol-changes" aria-label={`Differences of version ${version.version}`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Rule</Table.Th>
              <Table.Th>{before === undefined ? "Built in" : `Version ${before.version}`}</Table.Th>
              <Table.Th>Version {version.version}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changes.map(({ place, before: was, after }) => (
              <Table.Tr key={place}>
                <Table.Td>{placeText(place)}</Table.Td>
                <Table.Td>{was ?? "–"}</Table.Td>
                <Table.Td>
                  <b>{after ?? "–"}</b>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {version.cautions.map(({ sentence }) => (
        <p key={sentence} className="admin-caution">
          {sentence}
        </p>
      ))}
      {state === "draft" && <Approve id={line.id} version={version} zone={zone} />}
      {(state === "draft" || state === "approved") && (
        <OneWord
          label={`Why version ${version.version} is withdrawn`}
          first=""
          button="Withdraw it"
          sending={sending}
          onWord={(reason) => send({ type: "withdraw-protocol", protocol: line.id, version: version.version, reason })}
        />
      )}
      <Refusal why={refused} />
    </div>
  );
}

interface ApproveProps {
  readonly id: ProtocolId;
  readonly version: VersionView;
  readonly zone: string;
}

function Approve({ id, version: { version, drafted }, zone }: ApproveProps) {
  const { send, sending, refused } = useAdminAct();
  const [day, setDay] = useState("");
  return (
    <>
      <form
        className="admin-word"
        onSubmit={(event) => {
          event.preventDefault();
          const inUseFrom = day === "" ? 0 : startOfDay(day, zone);
          send({ type: "approve-protocol", protocol: id, version, inUseFrom });
        }}
      >
        <TextInput
          type="date"
          label="In use from the beginning of (empty: at once)"
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Button type="submit" loading={sending}>
          Approve version {version}
        </Button>
      </form>
      <p>To be approved by a supervisor other than {drafted.by?.name ?? "who wrote it"}.</p>
      <Refusal why={refused} />
    </>
  );
}

function NewProtocol({ view }: { readonly view: AdminView }) {
  const [id, setId] = useState("");
  const [chosen, setChosen] = useState<ProtocolId | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = protocolIdSchema.safeParse(id.trim());
    if (!parsed.success) return setWrong("Small letters, digits and hyphens, at most 40.");
    if (view.protocols.some((line) => line.id === parsed.data)) return setWrong("There is a protocol of this name.");
    setWrong(null);
    setChosen(parsed.data);
  };
  if (chosen !== null && !view.protocols.some((line) => line.id === chosen)) {
    return (
      <section className="admin-section" aria-labelledby="new-protocol">
        <h2 id="new-protocol">
          A further protocol <small>{chosen}</small>
        </h2>
        <ProtocolEditor id={chosen} base={BUILT_IN} targets={view.targets} done={() => setChosen(null)} />
      </section>
    );
  }
  return (
    <section className="admin-section" aria-labelledby="new-protocol">
      <h2 id="new-protocol">A further protocol</h2>
      <p>For another kind of session; it is chosen when a session is opened.</p>
      <form className="admin-word" onSubmit={submit}>
        <TextInput
          label="Its short name, such as pain"
          value={id}
          error={wrong}
          onChange={(event) => setId(event.currentTarget.value)}
        />
        <Button type="submit" disabled={id.trim() === ""}>
          Draft its first version
        </Button>
      </form>
    </section>
  );
}
