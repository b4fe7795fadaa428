import { useEffect } from "react";
import { AlarmList, useActing } from "../act/index.ts";
import { useValue } from "../ui/use-value.ts";
import { useLive } from "../wall/live-context.ts";
import { BayLine } from "./bay-line.tsx";
import { BoardGate } from "./board-gate.tsx";
import { Silenced } from "./silenced.tsx";
import "./station.css";

/** The alarms of the ward, to act on; and how every bay is. */
export function StationPage() {
  const { attendance } = useActing();
  const { alarms } = useValue(useLive().summary);
  useEffect(() => {
    attendance.begin();
  }, [attendance]);
  return (
    <BoardGate>
      {({ bays }) => (
        <main className="page">
          <title>Station · Vigil</title>
          <h1 className="unseen">Station</h1>
          <Silenced bays={bays} />
          <AlarmList alarms={alarms} none="No alarms" />
          <section className="bay-lines" aria-label="Bays">
            <h2>Bays</h2>
            <ul>
              {bays.map((bay) => (
                <BayLine key={bay.id} bay={bay} />
              ))}
            </ul>
          </section>
        </main>
      )}
    </BoardGate>
  );
}
