import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          environment: "node",
          include: ["{shared,server,simulators,tests}/**/*.test.ts"],
          exclude: ["**/node_modules/**", "tests/browser/**"],
          testTimeout: 30_000, // properties, on a machine that is busy with other things
        },
      },
      {
        test: {
          name: "client",
          environment: "jsdom",
          globals: true, // Testing Library clears the page after a test only if it finds a global afterEach.
          include: ["client/**/*.test.{ts,tsx}"],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "browser",
          environment: "node",
          include: ["tests/browser/**/*.test.ts"],
          pool: "forks",
          fileParallelism: false,
          sequence: { groupOrder: 1 }, // after all others, so that nothing competes with the browser
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
