import { useEffect, useMemo } from "react";
import { browserTime } from "../live/index.ts";
import { useValue } from "../ui/use-value.ts";
import { openHere } from "./here.ts";
import { peopleClient } from "./people-client.ts";

/** Who is at this screen, on a page that is no workplace. */
export function useHere() {
  const here = useMemo(() => openHere(peopleClient, browserTime), []);
  useEffect(() => () => here.close(), [here]);
  return { here, me: useValue(here.me) };
}
