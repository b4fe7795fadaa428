import { Outlet } from "@tanstack/react-router";
import type { PersonId } from "@vigil/shared/ids";
import { useEffect, useRef, useState } from "react";
import { useValue } from "../ui/use-value.ts";
import type { Here } from "./here.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { useHere } from "./use-here.ts";
import { useTouches } from "./use-touches.ts";
import "../act/act.css";
import "./sign-in.css";

/** A page outside of the workplace: who works on it is there, and who comes back to it says who they are. */
export function Presence() {
  const { here } = useHere();
  const [visit, setVisit] = useState(0);
  useTouches(here);
  return (
    <>
      <AwayBand here={here} onAnother={() => setVisit((before) => before + 1)} />
      <Outlet key={visit} />
    </>
  );
}

/**
 * Asks who is here when nobody is. @param onAnother what the page holds is not theirs, or was refused: it begins anew. Whoever
 * comes back finds what they had typed.
 */
export function AwayBand({ here, onAnother }: { readonly here: Here; readonly onAnother: () => void }) {
  const me = useValue(here.me);
  const person = useValue(here.person);
  const last = useRef<PersonId | null>(null);
  useEffect(() => {
    if (person !== null) last.current = person.id;
  }, [person]);
  if (me === null || person !== null) return null;
  return (
    <section className="away-band" aria-label="Who is here">
      <b>
        {me.person === null
          ? "Nobody is signed in here any more."
          : "Nobody has touched this screen for a while. Who is here?"}
      </b>
      <SignInForm
        key={me.byPin.map(({ id }) => id).join()}
        me={me}
        enter={async (way) => {
          const before = last.current;
          const refused = await here.enter(way);
          if (refused === null && here.person.value?.id !== before) onAnother();
          return refused;
        }}
      />
    </section>
  );
}
