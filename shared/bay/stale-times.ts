import type { Protocol } from "../protocol/index.ts";
import { cuffIntervalMs, isDrugOnBoard, type Session } from "../session/index.ts";
import { staleAfterMs } from "../vitals/index.ts";
import type { Bay } from "./bay.ts";

/** After how long each vital is stale, from the protocol, the phase's cuff programme and the monitor's cadence. */
export function staleTimes(protocol: Protocol, session: Session | null, cadenceS: number): Bay["staleAfterMs"] {
  const rules = session?.protocol ?? protocol;
  const interval =
    session !== null && isDrugOnBoard(session.phase)
      ? cuffIntervalMs(session)
      : rules.cuffIntervalMin.infusing * 60_000;
  const of = (vital: keyof Bay["staleAfterMs"]) =>
    staleAfterMs(vital, { cadenceS, cuffIntervalMs: interval, protocolS: rules.staleAfter[vital] });
  return { hr: of("hr"), spo2: of("spo2"), rr: of("rr"), sbp: of("sbp"), dbp: of("dbp"), map: of("map") };
}
