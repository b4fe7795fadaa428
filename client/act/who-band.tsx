import { type FormEvent, useEffect, useRef, useState } from "react";
import { useValue } from "../ui/use-value.ts";
import { useActing } from "./acting.ts";
import { ROLES, type Role } from "./who.ts";

/** Who acts at this screen, and the way to say that it is another. */
export function WhoActs() {
  const { who } = useActing();
  const person = useValue(who.person);
  return (
    <p className="who">
      {person === null ? (
        "Nobody acts here yet"
      ) : (
        <span>
          <b>{person.name}</b>, {person.role}
        </span>
      )}
      <button type="button" className="act act-quiet" onClick={who.change}>
        {person === null ? "Say who" : "Change"}
      </button>
    </p>
  );
}

/** Asks who acts; nothing when that is known. */
export function WhoBand() {
  const { who } = useActing();
  const asking = useValue(who.asking);
  return asking > 0 ? <WhoForm asking={asking} /> : null;
}

function WhoForm({ asking }: { readonly asking: number }) {
  const { who } = useActing();
  const person = useValue(who.person);
  const [name, setName] = useState(person?.name ?? "");
  const [role, setRole] = useState<Role>(ROLES.find((one) => one === person?.role) ?? "nurse");
  const [wrong, setWrong] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const before = useRef<Element | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked
  useEffect(() => {
    if (document.activeElement?.closest(".who-band") == null) before.current = document.activeElement;
    field.current?.focus();
  }, [asking]);
  // Whoever came from a row by a key goes on there.
  useEffect(() => () => focusAgain(before.current), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWrong(who.answer(name, role));
  };
  return (
    <form className="who-band" aria-label="Who acts here" onSubmit={submit}>
      <b>Who acts here?</b>
      <label>
        Name
        <input
          ref={field}
          value={name}
          maxLength={60}
          autoComplete="off"
          aria-invalid={wrong !== null}
          aria-describedby="who-wrong"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <fieldset>
        <legend className="unseen">Role</legend>
        {ROLES.map((one) => (
          <label key={one} className="choice">
            <input type="radio" name="role" checked={role === one} onChange={() => setRole(one)} />
            {one}
          </label>
        ))}
      </fieldset>
      <button type="submit" className="act act-main">
        That is me
      </button>
      <button type="button" className="act act-quiet" onClick={who.dismiss}>
        Not now
      </button>
      <p id="who-wrong" role="alert">
        {wrong ?? ""}
      </p>
      <small>Kept in this tab and written beside everything done here.</small>
    </form>
  );
}

function focusAgain(before: Element | null): void {
  if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus();
}
