import { useValue } from "../ui/use-value.ts";
import { useLive } from "./live-context.ts";
import { useRunbookTexts } from "./runbook-texts.ts";

/** What an alarm means, in place of the bays: the alarms above it and the sound go on. */
export function WallRunbook({ alarm }: { readonly alarm: string }) {
  const link = useValue(useLive().link);
  const texts = useRunbookTexts(link.state === "live");
  const wall = window.location.pathname;
  return (
    <div className="wall-runbook" key={alarm}>
      {texts === null ? (
        <main className="wall-runbook-missing">
          <h1>This text has not come from the server yet</h1>
          <p>Look at the patient and the bedside monitor first.</p>
          <a href={wall}>Back to the wall</a>
        </main>
      ) : (
        <texts.RunbookOnWall alarm={alarm} wall={wall} />
      )}
    </div>
  );
}
