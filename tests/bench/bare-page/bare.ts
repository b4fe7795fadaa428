/** The baseline of the wall: watches the same board and writes three numbers a bay from the same frames, no more. */
import type { Frame, Snapshot, WatchReply } from "@vigil/shared/wire";
import { io } from "socket.io-client";

interface Numbers {
  readonly hr: Text;
  readonly spo2: Text;
  readonly bp: Text;
}

const board = new URLSearchParams(location.search).get("board");
const socket = io({ transports: ["websocket"] });
const bays: Numbers[] = [];

const write = (text: Text, data: string): void => {
  if (text.data !== data) text.data = data;
};

function begin({ rows }: Snapshot): void {
  for (const row of rows) {
    const [hr, spo2, bp] = [new Text(), new Text(), new Text()];
    const line = document.body.appendChild(document.createElement("p"));
    for (const text of [hr, spo2, bp]) line.appendChild(document.createElement("span")).append(text);
    indexOf.set(row.bay, bays.length);
    bays.push({ hr, spo2, bp });
    writeRow(row);
  }
}

const indexOf = new Map<string, number>();

function writeRow({ bay, vitals }: Frame["rows"][number]): void {
  const numbers = bays[indexOf.get(bay) ?? -1];
  if (numbers === undefined) return;
  write(numbers.hr, String(vitals.hr.value));
  write(numbers.spo2, String(vitals.spo2.value));
  write(numbers.bp, `${vitals.sbp.value}/${vitals.dbp.value}`);
}

function take({ readings, rows }: Frame): void {
  for (const [index, , hr, spo2, , sbp, dbp] of readings) {
    const numbers = bays[index];
    if (numbers === undefined) continue;
    if (hr !== null) write(numbers.hr, String(hr));
    if (spo2 !== null) write(numbers.spo2, String(spo2));
    if (sbp !== null) write(numbers.bp, `${sbp}/${dbp}`);
  }
  for (const row of rows) writeRow(row);
}

socket.on("frame", take);
socket.on("connect", () => {
  socket.emit("watch", { board }, (reply: WatchReply) => {
    if (reply.ok && "snapshot" in reply) begin(reply.snapshot);
  });
});
