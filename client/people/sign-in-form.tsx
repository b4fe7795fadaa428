/** The ways in: a click in the demonstration, a PIN where one signed in today, name and password everywhere. */
import { ROLES } from "@vigil/shared/people";
import { type KnownPerson, type Me, PASSWORD_MIN } from "@vigil/shared/wire";
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { PeopleClient, Refused } from "./people-client.ts";
import "./sign-in.css";

type Enter = (way: (client: PeopleClient) => Promise<Refused | null>) => Promise<Refused | null>;

interface SignInFormProps {
  readonly me: Me;
  readonly enter: Enter;
  /** Beside the button that signs in. */
  readonly aside?: ReactNode;
}

export function SignInForm({ me, enter, aside }: SignInFormProps) {
  const [byPin, setByPin] = useState<KnownPerson | null>(null);
  const [withPassword, setWithPassword] = useState(me.byPin.length === 0);
  if (me.demonstration) return <DemonstrationForm enter={enter} aside={aside} />;
  if (byPin !== null) return <PinForm person={byPin} enter={enter} onBack={() => setByPin(null)} />;
  if (withPassword) return <PasswordForm enter={enter} aside={aside} />;
  return (
    <div className="sign-in-ways">
      {me.byPin.map((person) => (
        <button key={person.id} type="button" className="act act-main" onClick={() => setByPin(person)}>
          {person.name}
        </button>
      ))}
      <button type="button" className="act" onClick={() => setWithPassword(true)}>
        Somebody else
      </button>
      {aside}
    </div>
  );
}

function DemonstrationForm({ enter, aside }: Pick<SignInFormProps, "enter" | "aside">) {
  const [wrong, setWrong] = useState<string | null>(null);
  return (
    <div className="sign-in-ways">
      {ROLES.map((role, place) => (
        <button
          key={role}
          type="button"
          className={place === 0 ? "act act-main" : "act"}
          onClick={() =>
            void enter((client) => client.signInToDemonstration(role)).then((refused) =>
              setWrong(refused?.reason ?? null),
            )
          }
        >
          As {role}
        </button>
      ))}
      {aside}
      <Wrong text={wrong} />
    </div>
  );
}

function PinForm({
  person,
  enter,
  onBack,
}: {
  readonly person: KnownPerson;
  readonly enter: Enter;
  readonly onBack: () => void;
}) {
  const [pin, setPin] = useState("");
  const { wrong, busy, submit } = useEntry(() => enter((client) => client.signInByPin(person.id, pin)));
  const field = useFocus();
  return (
    <form className="sign-in-form" aria-label={`PIN of ${person.name}`} onSubmit={submit}>
      <label>
        PIN of {person.name}
        <input
          ref={field}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          value={pin}
          onChange={(event) => setPin(event.target.value)}
        />
      </label>
      <button type="submit" className="act act-main" disabled={busy || pin === ""}>
        That is me
      </button>
      <button type="button" className="act act-quiet" onClick={onBack}>
        Somebody else
      </button>
      <Wrong text={wrong} />
    </form>
  );
}

function PasswordForm({ enter, aside }: Pick<SignInFormProps, "enter" | "aside">) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  /** Asked for when the password was given by the administrator, for one time. */
  const [own, setOwn] = useState<string | null>(null);
  const field = useFocus();
  const { wrong, busy, submit } = useEntry(async () => {
    const refused = await enter((client) => client.signIn(username, password, own ?? undefined));
    if (refused?.code === "change-password") setOwn("");
    return refused;
  });
  return (
    <form className="sign-in-form" aria-label="Sign in" onSubmit={submit}>
      <label>
        Sign-in name
        <input
          ref={field}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={80}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
      </label>
      <label>
        Password
        <input
          type="password"
          autoComplete="current-password"
          maxLength={128}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      {own !== null && (
        <label>
          Your own new password, at least {PASSWORD_MIN} characters
          <input
            type="password"
            autoComplete="new-password"
            minLength={PASSWORD_MIN}
            maxLength={128}
            value={own}
            onChange={(event) => setOwn(event.target.value)}
          />
        </label>
      )}
      <button type="submit" className="act act-main" disabled={busy || username === "" || password === ""}>
        Sign in
      </button>
      {aside}
      <Wrong text={wrong} />
    </form>
  );
}

/** One try at a time, and why the last one failed. */
export function useEntry(tries: () => Promise<Refused | null>) {
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  return {
    wrong,
    busy,
    submit(event: FormEvent) {
      event.preventDefault();
      setBusy(true);
      setWrong(null);
      void tries().then((refused) => {
        setBusy(false);
        setWrong(refused?.reason ?? null);
      });
    },
  };
}

function useFocus() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return field;
}

export function Wrong({ text }: { readonly text: string | null }) {
  const id = useId();
  return (
    <p id={id} className="sign-in-wrong" role="alert">
      {text ?? ""}
    </p>
  );
}
