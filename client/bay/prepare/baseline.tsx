import type { BoardRow } from "@vigil/shared/board";
import type { AtMs } from "@vigil/shared/ids";
import { BASELINE_VITALS } from "@vigil/shared/protocol";
import { VITAL_FACTS } from "@vigil/shared/vitals";
import { useState } from "react";
import { NoteLine, useActing } from "../../act/index.ts";
import { useValue } from "../../ui/use-value.ts";
import { useLive } from "../../wall/live-context.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { TextField } from "../form/text-field.tsx";
import { ActDialog } from "../session/act-dialog.tsx";
import { placeOf } from "../session/places.ts";
import { type BaselineTexts, NO_BASELINE, readBaseline } from "./baseline-form.ts";

/** Vital signs before the drug: at one touch what the monitor shows now, or by hand. */
export function Baseline({ bay, session, visit: { zone } }: SessionSectionProps) {
  const { desk, who } = useActing();
  const { now } = useValue(useLive().shown);
  const row = useValue(bay.row);
  const [byHand, setByHand] = useState(false);
  const { baseline } = session;
  const place = placeOf(bay, "baseline");
  const missing = BASELINE_VITALS.filter((vital) => freshOf(row, vital, now) === null);
  const text = (vital: (typeof BASELINE_VITALS)[number]) => freshOf(row, vital, now) ?? "–";
  const ask = async () => {
    if ((await who.ask()) !== null) setByHand(true);
  };
  return (
    <section className="prepare-part" aria-labelledby="baseline-title">
      <h3 id="baseline-title">Baseline vital signs</h3>
      {baseline !== null && (
        <p className="baseline-taken">
          <b>
            HR {baseline.hr} · SpO₂ {baseline.spo2} % · BP {baseline.sbp}/{baseline.dbp}
          </b>{" "}
          taken {zone.time(baseline.at)}
        </p>
      )}
      <p className="baseline-now">
        Monitor now: HR {text("hr")} · SpO₂ {text("spo2")} % · BP {text("sbp")}/{text("dbp")}
      </p>
      {missing.length > 0 && (
        <p className="prepare-note">
          Not fresh: {missing.map((vital) => VITAL_FACTS[vital].label).join(", ")}. Measure, or enter by hand.
        </p>
      )}
      <div className="prepare-acts">
        <button
          type="button"
          className={baseline === null && missing.length === 0 ? "act act-main" : "act"}
          onClick={() => void desk.act(place, bay.id, { type: "record-baseline" })}
        >
          {baseline === null ? "Take from the monitor" : "Take again"}
        </button>
        <button type="button" className="act act-quiet" onClick={ask}>
          By hand …
        </button>
      </div>
      {byHand ? <BaselineDialog bay={bay} onClose={() => setByHand(false)} /> : <NoteLine place={place} />}
    </section>
  );
}

function BaselineDialog({ bay, onClose }: Pick<SessionSectionProps, "bay"> & { readonly onClose: () => void }) {
  const { desk } = useActing();
  const [texts, setTexts] = useState<BaselineTexts>(NO_BASELINE);
  const [tried, setTried] = useState(false);
  const place = placeOf(bay, "baseline");
  const read = readBaseline(texts);
  const submit = () => {
    setTried(true);
    return read.values !== null && desk.act(place, bay.id, { type: "record-baseline", values: read.values });
  };
  return (
    <ActDialog title="Baseline by hand" submit="Take as baseline" place={place} onSubmit={submit} onClose={onClose}>
      <div className="form-pair">
        {BASELINE_VITALS.map((vital) => (
          <TextField
            key={vital}
            label={`${VITAL_FACTS[vital].label}, ${VITAL_FACTS[vital].unit}`}
            kind="figure"
            maxLength={5}
            text={texts[vital]}
            onText={(text) => setTexts({ ...texts, [vital]: text })}
            wrong={tried ? read.errors[vital] : undefined}
          />
        ))}
      </div>
    </ActDialog>
  );
}

/** As the server judges it: a stale value is no baseline. */
function freshOf({ vitals }: BoardRow, vital: (typeof BASELINE_VITALS)[number], now: AtMs): number | null {
  const { value, at, staleAfterMs } = vitals[vital];
  return value === null || at === null || now >= at + staleAfterMs ? null : value;
}
