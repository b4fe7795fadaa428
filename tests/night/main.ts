/** `npm run night`: a whole night of a ward, hurried, and its books. */
import { parseArgs } from "node:util";
import { liveNight } from "./night.ts";
import type { NightPlan } from "./report.ts";
import { nightTables } from "./table.ts";

const USAGE = `npm run night -- [--bays 8] [--hours 10] [--speed 60] [--seed 1]

A real server with a real journal, before it simulated monitors and nurses through every scenario and fault; the server
is killed three times. At the end every alarm must be accounted for, from the journal and by what a wall was shown.

  --bays N    how many bays, 1 to 63, and a free one beside them to which patients are moved
  --hours H   how long the night is, 0.5 to 24
  --speed X   seconds of the night in a real one, 1 to 1000: 10 h at 60 take 10 min
  --seed N    another seed gives another night
  --help      this

Exit code: 0 the books balance, 1 they do not, 2 the words were wrong.
`;

/** @throws when the words are wrong; `null`: only help was asked for */
function readWords(): NightPlan | null {
  const { values } = parseArgs({
    options: {
      bays: { type: "string", default: "8" },
      hours: { type: "string", default: "10" },
      speed: { type: "string", default: "60" },
      seed: { type: "string", default: "1" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  const within = (name: "bays" | "hours" | "speed" | "seed", min: number, max: number, whole: boolean) => {
    const value = Number(values[name]);
    if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
    throw new Error(`--${name} must be a ${whole ? "whole " : ""}number from ${min} to ${max}.`);
  };
  return {
    bays: within("bays", 1, 63, true),
    hours: within("hours", 0.5, 24, false),
    speed: within("speed", 1, 1000, false),
    seed: within("seed", 0, 2 ** 31 - 1, true),
  };
}

let plan: NightPlan | null;
try {
  plan = readWords();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exit(2);
}
if (plan === null) {
  process.stdout.write(USAGE);
  process.exit(0);
}
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));
const report = await liveNight(plan, (line) => process.stderr.write(`${line}\n`));
process.stdout.write(`${nightTables(report)}\n`);
process.exit(report.problems.length === 0 ? 0 : 1);
