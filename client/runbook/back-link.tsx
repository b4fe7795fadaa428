import { useRouter } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useState } from "react";
import { fromEvent, interval, merge, startWith, switchMap } from "rxjs";
import { browserTime } from "../live/index.ts";
import { PlaceLink } from "./place-link.tsx";
import type { RunbookPlace } from "./runbook-place.ts";
import type { WayBack } from "./way-back.ts";

const LEFT_ALONE_S = 60;
const SIGNS_OF_A_PERSON = ["pointermove", "pointerdown", "keydown", "wheel", "scroll"];

/** The way back to where the runbook was opened; Escape takes it too. A wall takes it by itself when nobody is there. */
export function BackLink({ place: { back, hrefOf } }: { readonly place: RunbookPlace }) {
  return (
    <nav className="runbook-back" aria-label="Way back">
      {back === null ? <a href="/wall">To the wall</a> : <PlaceLink href={back.href}>{back.words}</PlaceLink>}
      <PlaceLink href={hrefOf(null)}>All runbooks</PlaceLink>
      {back !== null && <Leaving back={back} />}
    </nav>
  );
}

function Leaving({ back }: { readonly back: WayBack }) {
  const { history } = useRouter();
  const [leftS, setLeftS] = useState(LEFT_ALONE_S);
  const onLeave = useEffectEvent(() => history.push(back.href));
  const { byItself } = back;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") onLeave();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  useEffect(() => {
    if (!byItself) return;
    const person = merge(...SIGNS_OF_A_PERSON.map((name) => fromEvent(window, name, { capture: true })));
    const waiting = person
      .pipe(
        startWith(null),
        switchMap(() => {
          setLeftS(LEFT_ALONE_S);
          return interval(1_000, browserTime.scheduler);
        }),
      )
      .subscribe((passed) => {
        setLeftS(LEFT_ALONE_S - 1 - passed);
        if (passed + 1 >= LEFT_ALONE_S) onLeave();
      });
    return () => waiting.unsubscribe();
  }, [byItself]);
  if (!byItself) return null;
  return (
    <p>
      by itself, if nobody touches anything, in <span className="runbook-left">{leftS} s</span>
    </p>
  );
}
