import { VITAL_FACTS, VITALS, type Vital } from "@vigil/shared/vitals";
import { useRef, useState } from "react";
import { type BayDetail, NoteLine, useActing } from "../act/index.ts";
import type { LiveBay } from "../live/index.ts";
import { BellOff } from "../ui/icons.tsx";
import { useValue } from "../ui/use-value.ts";
import { withinLimits } from "../ui/within-limits.ts";
import { setText, usePaint } from "../wall/use-paint.ts";
import { AlarmOffDialog } from "./alarm-off-dialog.tsx";
import { type BayLimits, rulesOf } from "./bay-limits.ts";
import { LimitsDialog } from "./limits-dialog.tsx";
import { LIMIT_KEYS, LIMIT_LABEL, type LimitKey, ruleOf } from "./limits-form.ts";
import "./limits.css";

interface LimitsTableProps {
  readonly bay: LiveBay;
  readonly limits: BayLimits;
  readonly off: BayDetail["alarmsOff"];
  /** No session: there is nothing to edit yet. */
  readonly isFree: boolean;
}

/** The limits in force, and which alarms a person has switched off. */
export function LimitsTable({ bay, limits, off, isFree }: LimitsTableProps) {
  const [editing, setEditing] = useState<Vital | null>(null);
  const [silencing, setSilencing] = useState<Vital | null>(null);
  return (
    <section className="limits" aria-label="Limits">
      <h2>Limits and alarms</h2>
      <DiffersNote limits={limits} />
      {limits.cautions.map((sentence) => (
        <p className="limits-differ" key={sentence}>
          {sentence}
        </p>
      ))}
      <table>
        <thead>
          <tr>
            <th scope="col">Vital</th>
            <th scope="col" className="limit-now">
              Now
            </th>
            {LIMIT_KEYS.map((key) => (
              <th scope="col" key={key}>
                {LIMIT_LABEL[key]}
              </th>
            ))}
            {!isFree && (
              <>
                <th scope="col">
                  <span className="unseen">Change limits</span>
                </th>
                <th scope="col" className="limit-alarms">
                  Alarms
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {VITALS.map((vital) => (
            <tr key={vital}>
              <th scope="row">
                {VITAL_FACTS[vital].label} <small className="limit-unit">{VITAL_FACTS[vital].unit}</small>
              </th>
              <td className="limit-now" data-label="Now">
                <ValueNow bay={bay} vital={vital} />
              </td>
              {LIMIT_KEYS.map((key) => (
                <td key={key} data-label={LIMIT_LABEL[key]}>
                  <LimitCell limits={limits} vital={vital} name={key} />
                  {key === "high.warning" && <Rises limits={limits} vital={vital} />}
                </td>
              ))}
              {!isFree && (
                <>
                  <td className="limit-change">
                    <ChangeCell bay={bay} limits={limits} vital={vital} onEdit={() => setEditing(vital)} />
                  </td>
                  <td className="limit-alarms">
                    <AlarmsCell bay={bay} vital={vital} off={off} onOff={() => setSilencing(vital)} />
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="limits-note">
        {isFree
          ? "These are the protocol’s limits. They can be changed for one session, once it is open."
          : "Changes hold for this session. At its end the limits are the protocol’s again, and every alarm is on."}
      </p>
      {editing !== null && (
        <LimitsDialog
          bay={bay}
          vital={editing}
          now={limits.now[editing]}
          protocol={limits.protocol[editing]}
          relative={rulesOf(limits.nowRises, editing)}
          onClose={() => setEditing(null)}
        />
      )}
      {silencing !== null && <AlarmOffDialog bay={bay} vital={silencing} onClose={() => setSilencing(null)} />}
    </section>
  );
}

function ValueNow({ bay, vital }: { readonly bay: LiveBay; readonly vital: Vital }) {
  const text = useRef<HTMLElement>(null);
  usePaint(bay, (row, { now }) => {
    const { value, at, staleAfterMs } = row.vitals[vital];
    setText(text.current, value === null || at === null || now >= at + staleAfterMs ? "–" : String(Math.round(value)));
  });
  return <span ref={text} />;
}

/** Names the vitals of which a person has changed the limits; nothing when all are the protocol's. */
function DiffersNote({ limits }: { readonly limits: BayLimits }) {
  const edited = VITALS.filter((vital) => isEdited(limits, vital)).map((vital) => VITAL_FACTS[vital].label);
  if (edited.length === 0) return null;
  return (
    <p className="limits-differ">
      <b>{edited.join(", ")}</b>: limits differ from the protocol.
    </p>
  );
}

const isEdited = (limits: BayLimits, vital: Vital): boolean =>
  LIMIT_KEYS.some((key) => ruleOf(limits.now[vital], key)?.limit !== ruleOf(limits.protocol[vital], key)?.limit) ||
  percents(limits.nowRises, vital) !== percents(limits.protocolRises, vital);

const percents = (rises: BayLimits["nowRises"], vital: Vital): string =>
  rulesOf(rises, vital)
    .map(({ riseOverBaseline }) => `+${Math.round(riseOverBaseline * 100)} %`)
    .join(", ");

interface LimitCellProps {
  readonly limits: BayLimits;
  readonly vital: Vital;
  readonly name: LimitKey;
}

function LimitCell({ limits, vital, name }: LimitCellProps) {
  const now = ruleOf(limits.now[vital], name)?.limit;
  const protocol = ruleOf(limits.protocol[vital], name)?.limit;
  if (now === protocol) return now ?? <span className="limit-none">–</span>;
  return (
    <span className="limit-edited">
      <b>{now ?? "none"}</b> <small>protocol {protocol ?? "none"}</small>
    </span>
  );
}

/** The rises over the baseline, and what they come to: "+30 %: 166". */
function Rises({ limits, vital }: { readonly limits: BayLimits; readonly vital: Vital }) {
  return limits.nowRises
    .filter((rise) => rise.vital === vital)
    .map(({ rule, limit }) => (
      <small className="limit-rise" key={rule.riseOverBaseline}>
        or +{Math.round(rule.riseOverBaseline * 100)} % over baseline
        {limit === null ? "" : `: ${withinLimits({ low: null, high: limit }).high}`}
      </small>
    ));
}

interface ChangeCellProps {
  readonly bay: LiveBay;
  readonly limits: BayLimits;
  readonly vital: Vital;
  readonly onEdit: () => void;
}

function ChangeCell({ bay, limits, vital, onEdit }: ChangeCellProps) {
  const { desk } = useActing();
  const { label } = VITAL_FACTS[vital];
  const place = `protocol ${bay.id} ${vital}`;
  const revert = () => {
    void desk.act(place, bay.id, {
      type: "set-limits",
      vital,
      limits: limits.protocol[vital] ?? {},
      relative: rulesOf(limits.protocolRises, vital),
    });
  };
  return (
    <>
      <div className="limit-acts">
        <button type="button" className="act" onClick={onEdit}>
          Change<span className="unseen"> limits of {label}</span>
        </button>
        {isEdited(limits, vital) && (
          <button type="button" className="act act-quiet" onClick={revert}>
            Back to protocol<span className="unseen">: {label}</span>
          </button>
        )}
      </div>
      <NoteLine place={place} />
    </>
  );
}

interface AlarmsCellProps {
  readonly bay: LiveBay;
  readonly vital: Vital;
  readonly off: BayDetail["alarmsOff"];
  readonly onOff: () => void;
}

function AlarmsCell({ bay, vital, off, onOff }: AlarmsCellProps) {
  const { desk } = useActing();
  const isOff = useValue(bay.facts).alarmsOff.includes(vital);
  const { label } = VITAL_FACTS[vital];
  const place = `on ${bay.id} ${vital}`;
  const by = off.find((one) => one.vital === vital);
  return (
    <>
      <div className="limit-acts">
        {isOff ? (
          <>
            <span className="limit-off">
              <BellOff label="alarms" /> <b>OFF</b>
              {by !== undefined && (
                <small>
                  {by.name}: {by.reason}
                </small>
              )}
            </span>
            <button
              type="button"
              className="act"
              onClick={() => void desk.act(place, bay.id, { type: "alarm-on", vital })}
            >
              Switch on<span className="unseen"> alarms of {label}</span>
            </button>
          </>
        ) : (
          <>
            <span>on</span>
            <button type="button" className="act act-quiet" onClick={onOff}>
              Switch off …<span className="unseen"> alarms of {label}</span>
            </button>
          </>
        )}
      </div>
      <NoteLine place={place} />
    </>
  );
}
