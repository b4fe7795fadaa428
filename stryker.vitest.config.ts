import { defineConfig } from "vitest/config";

/** `npm run mutate`: the tests beside the rules alone. The properties of tests/ would find more, and take a day for it. */
export default defineConfig({
  test: {
    environment: "node",
    include: ["shared/**/*.test.ts"],
    setupFiles: ["stryker.setup.ts"],
    isolate: false, // Thousands of short runs: most of their time would go into starting workers.
  },
});
