import type { CheckView } from "@vigil/shared/bay";
import { useState } from "react";
import { NoteLine, useActing } from "../../act/index.ts";
import { Check } from "../../ui/icons.tsx";
import { useValue } from "../../ui/use-value.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { placeOf } from "../session/places.ts";
import { SecondPerson } from "../session/second-person.tsx";

/** What the protocol asks a person to confirm before the start, and who did. */
export function Checklist({ bay, session, visit }: SessionSectionProps) {
  return (
    <section className="prepare-part" aria-labelledby="checks-title">
      <h3 id="checks-title">Checklist</h3>
      {session.startChecks.length === 0 && <p className="prepare-note">The protocol asks for no confirmation.</p>}
      <ul className="checks">
        {session.startChecks.map((check) => (
          <CheckLine key={check.check} bay={bay} session={session} visit={visit} check={check} />
        ))}
      </ul>
    </section>
  );
}

function CheckLine({ bay, visit: { zone }, check }: SessionSectionProps & { readonly check: CheckView }) {
  const { desk, who } = useActing();
  const me = useValue(who.person);
  const [asking, setAsking] = useState(false);
  const place = placeOf(bay, `check ${check.check}`);
  const signed = [check.first, check.second].flatMap((one) =>
    one === null ? [] : [`${one.name} ${zone.time(one.at)}`],
  );
  const wantsSecond = check.first !== null && !check.confirmed;
  const press = () => {
    // Whoever confirmed first hands the screen to somebody else, who gives their own name.
    if (wantsSecond && me?.id === check.first?.by) setAsking(!asking);
    else void desk.act(place, bay.id, { type: "confirm-check", check: check.check });
  };
  return (
    <li className="check" data-done={check.confirmed}>
      <span className="check-sign">{check.confirmed && <Check label="confirmed" />}</span>
      <span className="check-what">
        {check.check}
        <small>
          {signed.join(", ")}
          {wantsSecond && " · a second person must check it too"}
          {check.first === null && check.needsSecond && "two people"}
        </small>
      </span>
      {!check.confirmed && (
        <button type="button" className="act" aria-expanded={wantsSecond ? asking : undefined} onClick={press}>
          {wantsSecond ? "Second person" : "Confirm"}
          <span className="unseen">: {check.check}</span>
        </button>
      )}
      {asking && wantsSecond && <SecondPerson bay={bay} check={check.check} place={place} />}
      <NoteLine place={place} />
    </li>
  );
}
