/** Pages for which somebody has to be signed in lead there first. The server keeps its doors shut whatever a page does. */
import { redirect } from "@tanstack/react-router";
import { peopleClient } from "./people-client.ts";

interface Target {
  readonly location: { readonly href: string };
}

/** Asked once: whoever is not there any more is told by the server, at the place of the press. */
let somebodyIsHere = false;

export function needsPerson(target: Target): Promise<void> | undefined {
  return somebodyIsHere ? undefined : askFirst(target);
}

async function askFirst({ location }: Target): Promise<void> {
  const me = await peopleClient.me();
  // A server that does not answer is said by the page itself, which goes on trying.
  if (me === null) return;
  if (me.person === null) throw redirect({ to: "/sign-in", search: { to: location.href } });
  somebodyIsHere = true;
}
