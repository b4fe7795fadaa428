import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ROLES, type Role } from "@vigil/shared/people";
import { type ListedPerson, PASSWORD_MIN } from "@vigil/shared/wire";
import { type FormEvent, useState } from "react";
import { Refusal } from "../courses/refusal.tsx";
import { AdminFrame } from "./admin-frame.tsx";
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
          <table className="admin-table admin-people">
            <thead>
              <tr>
                {["Name", "Sign-in name", "Role", "State", "Change"].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.map((person) => (
                <PersonRow key={person.id} person={person} />
              ))}
            </tbody>
          </table>
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
    <tr>
      <th scope="row">{person.name}</th>
      <td>{person.username}</td>
      <td>
        <NativeSelect
          aria-label={`Role of ${person.name}`}
          data={[...ROLES]}
          value={person.role}
          onChange={(event) => send("PATCH", address, { role: event.currentTarget.value })}
        />
      </td>
      <td>{state.join(", ") || "may sign in"}</td>
      <td className="admin-people-acts">
        {password === null ? (
          <Button variant="default" onClick={() => setPassword("")}>
            New password for {person.name}
          </Button>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              send("POST", `${address}/password`, { password }, () => setPassword(null));
            }}
          >
            <TextInput
              type="password"
              label={`For one sign-in of ${person.name}, at least ${PASSWORD_MIN} characters`}
              autoComplete="off"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit">Set it</Button>
          </form>
        )}
        <Button variant="default" onClick={() => send("PATCH", address, { disabled: !person.disabled })}>
          {person.disabled ? "Let in" : "Shut out"} {person.name}
        </Button>
        {person.locked && (
          <Button variant="default" onClick={() => send("POST", `${address}/unlock`, {})}>
            Unlock {person.name}
          </Button>
        )}
        <Refusal why={refused} />
      </td>
    </tr>
  );
}

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
    <form className="admin-people-form" onSubmit={submit} aria-labelledby="new-person">
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
