import { useRouter } from "@tanstack/react-router";
import { PASSWORD_MIN } from "@vigil/shared/wire";
import { useState } from "react";
import { ask } from "./people-client.ts";
import { useEntry, Wrong } from "./sign-in-form.tsx";
import { useHere } from "./use-here.ts";
import "../act/act.css";
import "./sign-in.css";

/** Makes an administrator, or gives one a new password, once. The secret stands behind the #, which no browser sends anywhere or writes to a log. */
export function FirstStartPage() {
  const router = useRouter();
  const { me } = useHere();
  const isWayBack = me !== null && !me.firstStart;
  const heading = isWayBack ? "Way back for an administrator" : "First start";
  const [token] = useState(() => window.location.hash.slice(1));
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const { wrong, busy, submit } = useEntry(async () => {
    const answer = await ask("/api/first-start", "POST", { token, name, username, password });
    if (!(answer instanceof Response)) return answer;
    router.history.push("/admin/people");
    return null;
  });
  return (
    <main className="sign-in-page">
      <title>{`${heading} · Vigil`}</title>
      <h1>{heading}</h1>
      {isWayBack ? (
        <p>
          An administrator who forgot the password keeps the old sign-in name and chooses a new password here. A name
          that nobody has makes another administrator. This page works once.
        </p>
      ) : (
        <p>You become the administrator: the one who lets others in. This page works once.</p>
      )}
      <form className="sign-in-form" onSubmit={submit}>
        <label>
          Your name, as others shall read it
          <input maxLength={60} autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label>
          Sign-in name
          <input
            maxLength={40}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        </label>
        <label>
          Password, at least {PASSWORD_MIN} characters
          <input
            type="password"
            autoComplete="new-password"
            minLength={PASSWORD_MIN}
            maxLength={128}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        <button type="submit" className="act act-main" disabled={busy}>
          Begin
        </button>
        <Wrong text={wrong} />
      </form>
    </main>
  );
}
