import { Button, NativeSelect, Table, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ROLES, type Role } from "@vigil/shared/people";
import { type ListedPerson, PASSWORD_MIN } from "@vigil/shared/wire";
import { type FormEvent, useState } from "react";
import { Refusal } from "../courses/refusal.tsx";
import { AdminFrame } from "./admin-frame.tsx";
import { AdminTable } from "./admin-table.tsx";
import { peopleQuery, useSending } from "./people-api.ts";

/** Who may sign in, as what; the administrator lets in, shuts out, and helps whoever forgot the password. */
export function PeoplePage() {
  return (
    <AdminFrame title="People">
      <PeopleOf />
    </AdminFrame>
  );
}

function PeopleOf() {
  const { data, error } = useQuery(peopleQuery);
  return (
    <>
      <Refusal why={error?.message ?? null} />
      {data !== undefined && (
        <>
          <AdminTable heads={["Name", "Sign-in name", "Role", "State"]} lastHead="Change">
            {data.map((person) => (
              <PersonRow key={person.id} person={person} />
            ))}
          </AdminTable>
          <NewPerson />
        </>
      )}
    </>
  );
}

function PersonRow({ person }: { readonly person: ListedPerson }) {
  const client = useQueryClient();
  const { send, refused } = useSending(() => client.invalidateQueries({ queryKey: peopleQuery.queryKey }));
  const [password, setPassword] = useState<string | null>(null);
  const address = `/api/people/${person.id}`;
  const state = [
    person.disabled && "shut out",
    person.locked && "locked after wrong tries",
    person.mustChangePassword && "chooses a password at the next sign-in",
    person.demonstration && "of the demonstration",
  ].filter((word) => word !== false);
  return (
    <Table.Tr>
      <Table.Th scope="row">{person.name}</Table.Th>
      <Table.Td data-label="Sign-in name">{person.username}</Table.Td>
      <Table.Td data-label="Role">
        <NativeSelect
          className="admin-role"
          aria-label={`Role of ${person.name}`}
          data={[...ROLES]}
          value={person.role}
          onChange={(event) => send("PATCH", address, { role: event.currentTarget.value })}
        />
      </Table.Td>
      <Table.Td data-label="State">{state.join(", ") || "may sign in"}</Table.Td>
      <Table.Td>
        <div className="admin-acts admin-people-acts">
          {password === null && (
            <Button variant="default" onClick={() => setPassword("")}>
              New password <Of person={person} />
            </Button>
          )}
          <Button variant="default" onClick={() => send("PATCH", address, { disabled: !person.disabled })}>
            {person.disabled ? "Let in" : "Shut out"} <Of person={person} />
          </Button>
          {person.locked && (
            <Button variant="default" onClick={() => send("POST", `${address}/unlock`, {})}>
              Unlock <Of person={person} />
            </Button>
          )}
          {password !== null && (
            <form
              className="admin-password"
              onSubmit={(event) => {
                event.preventDefault();
                send("POST", `${address}/password`, { password }, () => setPassword(null));
              }}
            >
              <TextInput
                type="password"
                label={`For one sign-in of ${person.name}, at least ${PASSWORD_MIN} characters`}
                autoComplete="off"
                autoFocus
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
              <Button type="submit">Set it</Button>
              <Button variant="default" onClick={() => setPassword(null)}>
                Leave it
              </Button>
            </form>
          )}
          <Refusal why={refused} />
        </div>
      </Table.Td>
    </Table.Tr>
  );
}

/** Whom a button is about: the row shows it, who only hears the button is told. */
const Of = ({ person }: { readonly person: ListedPerson }) => <span className="unseen">{person.name}</span>;

function NewPerson() {
  const client = useQueryClient();
  const { send, refused } = useSending(() => client.invalidateQueries({ queryKey: peopleQuery.queryKey }));
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  const [role, setRole] = useState<Role>("nurse");
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send("POST", "/api/people", { name, username, role, password }, () => {
      setName("");
      setUsername("");
      setPassword("");
    });
  };
  return (
    <form className="admin-add admin-people-form" onSubmit={submit} aria-labelledby="new-person">
      <h2 id="new-person">Let somebody in</h2>
      <TextInput
        label="Name, as others read it"
        maxLength={60}
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <TextInput
        label="Sign-in name"
        maxLength={40}
        autoComplete="off"
        value={username}
        onChange={(e) => setUsername(e.currentTarget.value)}
      />
      <NativeSelect
        label="Role"
        data={[...ROLES]}
        value={role}
        onChange={(e) => setRole(ROLES.find((each) => each === e.currentTarget.value) ?? "nurse")}
      />
      <TextInput
        type="password"
        label={`Password for the first sign-in, at least ${PASSWORD_MIN} characters`}
        autoComplete="off"
        value={password}
        onChange={(e) => setPassword(e.currentTarget.value)}
      />
      <Button type="submit">Let in</Button>
      <Refusal why={refused} />
    </form>
  );
}
