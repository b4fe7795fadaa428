import type { ClinicView } from "@vigil/shared/wire";
import { createContext, useContext, useEffect, useState } from "react";
import type { LiveBay, LocalTime } from "../live/index.ts";
import { openHere, type PeopleClient, peopleClient } from "../people/index.ts";
import { newRandomId } from "../ui/random-id.ts";
import { type ActSocket, openActSocket } from "./act-socket.ts";
import { type Attendance, openAttendance } from "./attendance.ts";
import { type AskDetail, askServer, type BayDetail, openDetails } from "./bay-detail.ts";
import { type Desk, openDesk } from "./desk.ts";
import { openWho, type Who } from "./who.ts";

/** Everything a page needs on which people act. */
export interface Acting {
  readonly who: Who;
  readonly desk: Desk;
  readonly attendance: Attendance;
  readonly detailOf: ReturnType<typeof openDetails>;
  /** A name for what is begun here, such as a session. */
  readonly newId: () => string;
  /** The second person of a double-check gives name and PIN or password, for this one command. */
  readonly witness: PeopleClient["witness"];
  /** To whom a patient may be handed over; `null`: the server does not say. */
  readonly carers: PeopleClient["carers"];
  close(): void;
}

export interface ActingParts {
  readonly socket: ActSocket;
  readonly time: LocalTime;
  readonly newId: () => string;
  readonly storage: () => Pick<Storage, "getItem" | "setItem">;
  readonly askDetail: AskDetail;
  /** The clinic's targets of the ladder; `null`: they could not be told. */
  readonly askTargets: () => Promise<readonly string[] | null>;
  readonly people: PeopleClient;
}

/** Opens it on a socket that it then owns. */
export function openActing({ socket, time, newId, storage, askDetail, askTargets, people }: ActingParts): Acting {
  const here = openHere(people, time);
  const who = openWho(here);
  const changing = here.changes.subscribe(() => socket.renew());
  const desk = openDesk({ socket, who, time, newId });
  const attendance = openAttendance(socket, storage);
  // Asked again with every new connection: while it was away they may have changed.
  const asking = socket.up.subscribe((up) => {
    if (!up) return;
    askTargets().then(
      (targets) => targets !== null && attendance.learn(targets),
      () => undefined,
    );
  });
  return {
    who,
    desk,
    attendance,
    detailOf: openDetails(askDetail, time),
    newId,
    carers: () => people.carers(),
    witness: (username, secret, signed) => people.witness(username, secret, signed),
    close() {
      asking.unsubscribe();
      changing.unsubscribe();
      here.close();
      attendance.close();
      desk.close();
      socket.close();
    },
  };
}

export const openBrowserActing = (time: LocalTime): Acting =>
  openActing({
    socket: openActSocket(),
    time,
    newId: newRandomId,
    storage: () => sessionStorage,
    askDetail: askServer,
    askTargets,
    people: peopleClient,
  });

async function askTargets(): Promise<readonly string[] | null> {
  const response = await fetch("/api/clinic");
  if (!response.ok) return null;
  // The same program speaks at both ends.
  const { targets } = (await response.json()) as ClinicView;
  return targets;
}

export const ActingContext = createContext<Acting | null>(null);

export function useActing(): Acting {
  const acting = useContext(ActingContext);
  if (acting === null) throw new Error("useActing outside of a workplace");
  return acting;
}

/** `null` until the server has answered, and while it is not `wanted`. */
export function useBayDetail(bay: LiveBay, wanted: boolean): BayDetail | null {
  const { detailOf } = useActing();
  const [known, setKnown] = useState<{ readonly bay: LiveBay; readonly detail: BayDetail } | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const subscription = detailOf(bay).subscribe((detail) => setKnown({ bay, detail }));
    return () => subscription.unsubscribe();
  }, [bay, wanted, detailOf]);
  return wanted && known?.bay === bay ? known.detail : null;
}
