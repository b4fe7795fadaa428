import { useRouterState } from "@tanstack/react-router";
import { useHere } from "./use-here.ts";
import "./sign-in.css";

/** Who is signed in, and the way to be somebody else. */
export function SignedIn() {
  const { me } = useHere();
  const href = useRouterState({ select: ({ location }) => location.href });
  if (me === null) return null;
  return (
    <p className="signed-in">
      {me.person === null ? "Nobody is signed in" : `${me.person.name}, ${me.person.role}`}
      <a href={`/sign-in?to=${encodeURIComponent(href)}`}>{me.person === null ? "Sign in" : "Change"}</a>
    </p>
  );
}
