import { useLocation, useRouter } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { fromEvent, interval, merge, startWith, switchMap } from "rxjs";
import { browserTime } from "../live/index.ts";
import { type WayBack, wayBack } from "./way-back.ts";

const LEFT_ALONE_S = 60;
const SIGNS_OF_A_PERSON = ["pointermove", "pointerdown", "keydown", "wheel", "scroll"];

/** The way back to where the runbook was opened; Escape takes it too. A wall takes it by itself when nobody is there. */
export function BackLink() {
  const search = useLocation({ select: (location) => location.searchStr });
  const back = useMemo(() => wayBack(search), [search]);
  return back === null ? (
    <nav className="runbook-back" aria-label="Way back">
      <a href="/wall">To the wall</a>
      <a href="/runbook">All runbooks</a>
    </nav>
  ) : (
    <Back back={back} search={search} />
  );
}

function Back({ back, search }: { readonly back: WayBack; readonly search: string }) {
  const { history } = useRouter();
  const [leftS, setLeftS] = useState(LEFT_ALONE_S);
  const goBack = () => history.push(back.href);
  const onLeave = useEffectEvent(goBack);
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
    const person = merge(...SIGNS_OF_A_PERSON.map((name) => fromEvent(window, name)));
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
  return (
    <nav className="runbook-back" aria-label="Way back">
      <a
        href={back.href}
        onClick={(event) => {
          event.preventDefault();
          goBack();
        }}
      >
        {back.words}
      </a>
      <a href={`/runbook${search}`}>All runbooks</a>
      {byItself && (
        <p>
          by itself in <span className="runbook-left">{leftS} s</span>, if nobody touches anything
        </p>
      )}
    </nav>
  );
}
