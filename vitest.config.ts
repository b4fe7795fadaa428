import { defineConfig } from "vitest/config";

/** What measures flashes, tones and pictures: with nothing beside it. */
const ALONE = ["sound", "alarms", "wall"].map((name) => `tests/browser/${name}.test.ts`);

/** Runs before each file's tests. */
const setupFiles = ["tests/seeded.setup.ts"];

const inBrowser = {
  environment: "node",
  pool: "forks",
  testTimeout: 60_000,
  hookTimeout: 60_000,
  globalSetup: "tests/browser/built-pages.ts",
  // A page learns of something when the machine has time for it.
  expect: { poll: { timeout: 10_000 } },
} as const;

export default defineConfig({
  test: {
    maxWorkers: 2, // of two cores it would leave one idle
    projects: [
      {
        test: {
          name: "unit",
          environment: "node",
          setupFiles,
          include: ["{shared,server,simulators,tests}/**/*.test.ts"],
          exclude: ["**/node_modules/**", "tests/browser/**"],
          testTimeout: 30_000, // properties, on a machine that is busy with other things
        },
      },
      {
        test: {
          name: "client",
          environment: "jsdom",
          setupFiles,
          globals: true, // Testing Library clears the page after a test only if it finds a global afterEach.
          include: ["client/**/*.test.{ts,tsx}"],
          testTimeout: 30_000,
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
