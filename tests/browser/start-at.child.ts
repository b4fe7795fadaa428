/** The program as `npm start` runs it, at a day and hour that a test chose: VIGIL_TEST_COURSE. */
import { fileURLToPath } from "node:url";
import { readConfig } from "@vigil/server";
import pino from "pino";
import { buildClient } from "../../build-client.ts";
import { openClinic } from "../../clinic.ts";
import { type Course, SteeredClock } from "./steered-clock.ts";

const course: Course = JSON.parse(process.env.VIGIL_TEST_COURSE ?? "");
const config = readConfig(process.env);
const clinic = await openClinic({
  config,
  clock: new SteeredClock(course),
  log: pino({ level: config.logLevel }),
  clientDir: await buildClient(fileURLToPath(new URL("../..", import.meta.url))),
  say: (sentence) => process.stdout.write(`${sentence}\n`),
});
process.once("SIGTERM", () => void clinic.close().then(() => process.exit(0)));
