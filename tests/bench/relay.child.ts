/**
 * The baseline: the barest socket.io server that brings readings to walls. One message a reading to each wall; it
 * parses nothing, decides nothing and keeps nothing.
 */
import { createServer } from "node:http";
import { Server } from "socket.io";
import { answer } from "./answer.ts";
import { Meter } from "./meter.ts";

const meter = new Meter();
const http = createServer();
const io = new Server(http, { serveClient: false });
const walls = io.of("/");
walls.on("connection", (socket) => {
  socket.on("watch", (_request: unknown, ack: () => void) => {
    void socket.join("walls");
    ack();
  });
});
io.of("/ingest").on("connection", (socket) => {
  socket.on("reading", (reading: unknown) => walls.to("walls").emit("reading", reading));
});

const calls = {
  start: () =>
    new Promise<string>((resolve, reject) => {
      http.once("error", reject);
      http.listen(0, "127.0.0.1", () => {
        const address = http.address();
        resolve(`http://127.0.0.1:${typeof address === "object" ? address?.port : address}`);
      });
    }),
  startMeter: () => meter.start(),
  used: () => meter.used(),
};
export type RelayCalls = typeof calls;
answer(calls, () => io.close());
