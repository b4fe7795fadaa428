import { useRouter } from "@tanstack/react-router";
import { SignInForm } from "./sign-in-form.tsx";
import { useHere } from "./use-here.ts";
import "../act/act.css";

/** Only a page of this server: a link must not lead whoever signs in somewhere else. */
const safeTarget = (to: unknown): string =>
  typeof to === "string" && /^\/(?![/\\])[^\s\\]*$/.test(to) ? to : "/station";

export function SignInPage() {
  const router = useRouter();
  const { here, me } = useHere();
  const to = safeTarget(Reflect.get(router.state.location.search, "to"));
  return (
    <main className="sign-in-page">
      <title>Sign in · Vigil</title>
      <h1>Vigil</h1>
      {me === null && <p>Asking the server who is here.</p>}
      {me?.demonstration === true && (
        <p>
          <b>This is a demonstration.</b> The patients are simulated, nobody needs a password, and only this machine can
          reach it. Look around as:
        </p>
      )}
      {me?.firstStart === true && (
        <p>
          There is nobody yet who could sign in. Open the link that the server printed in its terminal: it makes the
          administrator.
        </p>
      )}
      {me !== null && !me.firstStart && (
        <SignInForm
          key={String(me.byPin.length)}
          me={me}
          enter={async (way) => {
            const refused = await here.enter(way);
            if (refused === null) router.history.push(to);
            return refused;
          }}
        />
      )}
      {me !== null && !me.demonstration && (
        <p className="sign-in-note">
          Forgotten the password? The administrator gives you one for a single time. An administrator comes back with{" "}
          <b>vigil people reset</b>, on the server.
        </p>
      )}
      <p className="sign-in-note">
        <a href="/wall">To the wall</a>
      </p>
    </main>
  );
}
