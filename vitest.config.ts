import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Programs that tests start by the dozen read their modules compiled: half of what a start costs.
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(new URL("node_modules/.cache/node", import.meta.url));

/** What measures flashes, tones and pictures: with nothing beside it. */
const ALONE = ["sound", "alarms"].map((name) => `tests/browser/${name}.test.ts`);

/** Runs before each file's tests. */
const setupFiles = ["tests/seeded.setup.ts"];

/** What comes later is waited for as long as a busy machine needs: who waits in vain has failed anyway. */
const PATIENCE_MS = 30_000;
/** Above it, for whoever waits several times. */
const LONGEST_MS = 180_000;
const patient = {
  testTimeout: LONGEST_MS,
  hookTimeout: LONGEST_MS,
  expect: { poll: { timeout: PATIENCE_MS } },
} as const;

const inBrowser = {
  ...patient,
  environment: "node",
  pool: "forks",
  globalSetup: "tests/browser/built-pages.ts",
} as const;

export default defineConfig({
  test: {
    maxWorkers: 2, // of two cores it would leave one idle
    projects: [
      {
        test: {
          ...patient,
          name: "shared",
          environment: "node",
          setupFiles,
          isolate: false, // Pure functions leave nothing behind: half of their time went into starting workers.
          include: ["shared/**/*.test.ts"],
        },
      },
      {
        test: {
          ...patient,
          name: "unit",
          environment: "node",
          setupFiles,
          include: ["{server,simulators,tests}/**/*.test.ts"],
          exclude: ["**/node_modules/**", "tests/browser/**"],
        },
      },
      {
        test: {
          ...patient,
          name: "client",
          environment: "jsdom",
          pool: "threads", // which start sooner than processes
          setupFiles: [...setupFiles, "client/patient.setup.ts"],
          globals: true, // Testing Library clears the page after a test only if it finds a global afterEach.
          include: ["client/**/*.test.{ts,tsx}"],
        },
      },
      {
        test: {
          ...inBrowser,
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          exclude: ALONE,
          sequence: { groupOrder: 1 }, // after all others, so that nothing else competes with the browsers
        },
      },
      {
        test: {
          ...inBrowser,
          name: "browser-alone",
          include: ALONE,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
