/** Who administers here: a name and a role, kept with this tab of the browser until people sign in. */
import { NativeSelect, TextInput } from "@mantine/core";
import { personIdSchema } from "@vigil/shared/ids";
import type { AdminActRequestInput } from "@vigil/shared/wire";
import { createContext, useContext, useMemo, useState } from "react";

type Person = AdminActRequestInput["by"];

const KEY = "vigil.admin.who";
const ROLES = ["administrator", "supervisor"] as const;
type Role = (typeof ROLES)[number];

export interface Who {
  readonly name: string;
  readonly role: Role;
  /** `null` while the name is not one. */
  readonly person: Person | null;
  readonly set: (name: string, role: Role) => void;
}

export const PersonContext = createContext<Person | null>(null);
export const usePerson = (): Person | null => useContext(PersonContext);

export function useWho(): Who {
  const [{ name, role }, setKept] = useState(remembered);
  const person = useMemo(() => personOf(name, role), [name, role]);
  return {
    name,
    role,
    person,
    set(newName, newRole) {
      setKept({ name: newName, role: newRole });
      try {
        sessionStorage.setItem(KEY, JSON.stringify({ name: newName, role: newRole }));
      } catch {
        // Known until the page is loaded again.
      }
    },
  };
}

export function WhoFields({ who }: { readonly who: Who }) {
  return (
    <fieldset className="courses-who" data-missing={who.person === null}>
      <legend className="unseen">Who administers</legend>
      <TextInput
        aria-label="Your name"
        placeholder="Your name"
        autoComplete="off"
        maxLength={60}
        value={who.name}
        onChange={(event) => who.set(event.currentTarget.value, who.role)}
      />
      <NativeSelect
        aria-label="Your role"
        data={[...ROLES]}
        value={who.role}
        onChange={(event) => who.set(who.name, roleOf(event.currentTarget.value))}
      />
    </fieldset>
  );
}

const roleOf = (text: unknown): Role => ROLES.find((role) => role === text) ?? "administrator";

/** The id is made from the name, so that the same name is the same person in the record. */
function personOf(given: string, role: Role): Person | null {
  const name = given.trim().replace(/\s+/g, " ");
  const id = personIdSchema.safeParse(
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .slice(0, 64)
      .replace(/^-|-$/g, ""),
  );
  return id.success ? { id: id.data, name, role } : null;
}

function remembered(): { readonly name: string; readonly role: Role } {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (typeof kept === "object" && kept !== null && "name" in kept && "role" in kept) {
      return { name: String(kept.name), role: roleOf(kept.role) };
    }
  } catch {
    // Nothing usable is kept.
  }
  return { name: "", role: "administrator" };
}
