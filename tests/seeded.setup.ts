/**
 * Every run of the tests draws the same cases, so that a red one is a change's fault and not the day's luck.
 * `npm run explore` draws others: what it finds becomes a test of its own.
 */
import fc from "fast-check";

const SEED = 20_261_128;

if (process.env["MODE"] !== "explore") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED });
