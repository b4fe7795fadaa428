import { useEffect, useState } from "react";
import { peopleClient } from "./people-client.ts";

/** Says on a demonstration's wall that it is one, and that this screen was let in without a question. */
export function DemonstrationNote() {
  const [isDemonstration, setDemonstration] = useState(false);
  useEffect(() => {
    void peopleClient.me().then((me) => setDemonstration(me?.demonstration ?? false));
  }, []);
  return isDemonstration ? (
    <b title="Every screen of this machine is let in."> Demonstration: simulated patients.</b>
  ) : null;
}
