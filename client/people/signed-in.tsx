import { useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { useHere } from "./use-here.ts";
import "./sign-in.css";

export const TOUCHES = ["pointerdown", "keydown", "wheel"] as const;

/** Who is signed in, the way to be somebody else, and word to the server that somebody is at the screen. */
export function SignedIn() {
  const { here, me } = useHere();
  const href = useRouterState({ select: ({ location }) => location.href });
  useEffect(() => {
    for (const event of TOUCHES) window.addEventListener(event, here.touched, { passive: true });
    return () => {
      for (const event of TOUCHES) window.removeEventListener(event, here.touched);
    };
  }, [here]);
  if (me === null) return null;
  return (
    <p className="signed-in">
      {me.person === null ? "Nobody is signed in" : `${me.person.name}, ${me.person.role}`}
      <a href={`/sign-in?to=${encodeURIComponent(href)}`}>{me.person === null ? "Sign in" : "Change"}</a>
    </p>
  );
}
