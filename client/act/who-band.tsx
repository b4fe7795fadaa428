import { useEffect, useRef } from "react";
import { SignInForm } from "../people/index.ts";
import { useValue } from "../ui/use-value.ts";
import { useActing } from "./acting.ts";

/** Who acts at this screen, and the way to say that it is another. */
export function WhoActs() {
  const { who } = useActing();
  const me = useValue(who.me);
  const person = useValue(who.person);
  const last = me?.person ?? null;
  return (
    <p className="who">
      {person === null ? (
        last === null ? (
          "Nobody is signed in"
        ) : (
          `${last.name} was here`
        )
      ) : (
        <span>
          <b>{person.name}</b>, {person.role}
        </span>
      )}
      <button type="button" className="act act-quiet" onClick={who.change}>
        {person === null ? "Say who" : "Change"}
      </button>
      {last !== null && (
        <a className="act act-quiet" href="/me">
          PIN
        </a>
      )}
      {last !== null && (
        <button type="button" className="act act-quiet" onClick={() => void who.enter((client) => client.signOut())}>
          Sign out
        </button>
      )}
    </p>
  );
}

/** Asks who acts; nothing when that is known. */
export function WhoBand() {
  const { who } = useActing();
  const asking = useValue(who.asking);
  const me = useValue(who.me);
  const before = useRef<Element | null>(null);
  const band = useRef<HTMLElement>(null);
  const isAsked = asking > 0 && me !== null;
  // Whoever came from a row by a key goes on there.
  useEffect(() => {
    if (!isAsked) return;
    before.current = document.activeElement?.closest(".who-band") == null ? document.activeElement : null;
    band.current?.querySelector<HTMLElement>("input, button")?.focus();
    return () => focusAgain(before.current);
  }, [isAsked]);
  if (!isAsked) return null;
  return (
    <section ref={band} className="who-band" aria-label="Who acts here">
      <b>Who acts here?</b>
      {me.demonstration && <small>A demonstration with simulated patients: one click is enough.</small>}
      <SignInForm
        key={me.byPin.map(({ id }) => id).join()}
        me={me}
        enter={who.enter}
        aside={
          <button type="button" className="act act-quiet" onClick={who.dismiss}>
            Not now
          </button>
        }
      />
    </section>
  );
}

function focusAgain(before: Element | null): void {
  if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus();
}
