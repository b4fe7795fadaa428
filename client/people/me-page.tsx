import { PASSWORD_MIN } from "@vigil/shared/wire";
import { useState } from "react";
import { ask, type Refused } from "./people-client.ts";
import { useEntry, Wrong } from "./sign-in-form.tsx";
import { useHere } from "./use-here.ts";
import "../act/act.css";
import "./sign-in.css";

/** What one sets for oneself: the PIN for shared stations, and the password. */
export function MePage() {
  const { me } = useHere();
  const [said, setSaid] = useState("");
  const [password, setPassword] = useState("");
  const [pin, setPin] = useState("");
  const [own, setOwn] = useState("");
  const put = async (path: string, body: object, done: string): Promise<Refused | null> => {
    const answer = await ask(path, "PUT", { password, ...body });
    if (!(answer instanceof Response)) return answer;
    setSaid(done);
    setPin("");
    setOwn("");
    return null;
  };
  const setting = useEntry(() =>
    pin === ""
      ? put(
          "/api/me/password",
          { newPassword: own },
          "The password is changed. Every other screen of yours is signed out.",
        )
      : put("/api/me/pin", { pin }, "The PIN is set. It is good where you signed in by password within the shift."),
  );
  return (
    <main className="sign-in-page">
      <title>PIN and password · Vigil</title>
      <h1>PIN and password</h1>
      {me !== null && <p>{me.person === null ? "Nobody is signed in." : `${me.person.name}, ${me.person.role}`}</p>}
      <p className="sign-in-note">
        By PIN you come back at a shared station where you signed in by password within the shift. Fill in the one that
        shall change.
      </p>
      <form className="sign-in-form" onSubmit={setting.submit}>
        <Field label="Your password now" text={password} onText={setPassword} />
        <Field label="New PIN, 4 to 8 digits" text={pin} onText={setPin} />
        <Field label={`Or a new password, at least ${PASSWORD_MIN} characters`} text={own} onText={setOwn} />
        <button type="submit" className="act act-main" disabled={setting.busy || (pin === "") === (own === "")}>
          {own !== "" && pin === "" ? "Change the password" : "Set the PIN"}
        </button>
        <Wrong text={setting.wrong} />
      </form>
      <p role="status">{setting.wrong === null ? said : ""}</p>
      <p className="sign-in-note">
        <a href="/station">To the station</a>
      </p>
    </main>
  );
}

interface FieldProps {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
}

function Field({ label, text, onText }: FieldProps) {
  return (
    <label>
      {label}
      <input
        type="password"
        autoComplete="off"
        maxLength={128}
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
    </label>
  );
}
