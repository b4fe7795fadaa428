/** Takes one backup on a thread of its own: reading and checking a whole journal must not delay an alarm. */
import { parentPort, workerData } from "node:worker_threads";
import * as z from "zod";
import { backupJournal } from "./backup.ts";

const { source, target, at } = z.object({ source: z.string(), target: z.string(), at: z.number() }).parse(workerData);
parentPort?.postMessage(await backupJournal(source, target, at));
