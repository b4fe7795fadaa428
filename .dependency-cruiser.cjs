// The arrows of ARCHITECTURE.md, checked. Which room of shared/ may import which others:
const SHARED_ROOMS = {
  ids: [],
  vitals: ["ids"],
  pharmacokinetics: ["ids"],
  protocol: ["ids", "vitals"],
  session: ["ids", "vitals", "protocol"],
  course: ["ids", "vitals", "protocol", "session"],
  administration: ["ids", "vitals", "protocol", "session"],
  audit: ["ids", "vitals", "protocol", "session"],
  alarms: ["ids", "vitals", "protocol", "session"],
  bay: ["ids", "vitals", "protocol", "session", "alarms"],
  board: ["ids", "vitals", "protocol", "session", "alarms", "bay"],
  chart: ["ids", "vitals", "pharmacokinetics", "protocol", "session", "alarms", "bay"],
  csv: [],
  feed: ["ids", "vitals", "session", "alarms", "bay"],
  replay: ["ids", "vitals", "protocol", "session", "alarms", "bay", "board", "chart", "csv"],
  measures: ["ids", "protocol", "alarms", "board"],
  people: ["session"],
  wire: [
    "ids",
    "people",
    "vitals",
    "protocol",
    "session",
    "alarms",
    "course",
    "bay",
    "board",
    "chart",
    "measures",
    "audit",
    "administration",
  ],
};

const TEST = "\\.test\\.tsx?$";
const oneOf = (names) => `(${names.join("|")})`;
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const sharedRooms = Object.entries(SHARED_ROOMS).map(([room, imports]) =>
  rule(
    `shared-${room}`,
    `shared/${room} may import ${imports.join(", ") || "no other room"}.`,
    { path: `^shared/${room}/`, pathNot: TEST },
    { path: "^shared/", pathNot: `^shared/${oneOf([room, ...imports])}/` },
  ),
);

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    rule("no-circular", "Modules that need each other are one module, or hide a third.", {}, { circular: true }),

    rule(
      "workspaces",
      "client, server and simulators import shared and nothing else of ours; only tests/ and clinic.ts compose.",
      { path: "^(client|server|simulators)/" },
      { path: ["^(client|server|simulators|tests)/", "^[^/]+\\.ts$"], pathNot: "^$1/" },
    ),
    rule(
      "shared-doors",
      "A room of shared/ is entered through its index.ts: @vigil/shared/<room>.",
      { path: "^(shared/[^/]+/|[^/]+)" },
      { path: "^shared/", pathNot: ["^$1", "^shared/[^/]+/index\\.ts$"] },
    ),
    rule(
      "vigil-unresolved",
      "Our packages export the index.ts of each room and nothing deeper.",
      {},
      { path: "^@vigil/", couldNotResolve: true },
    ),

    rule(
      "shared-pure",
      "shared/ imports zod and itself: no Node, no DOM, no other package.",
      { path: "^shared/", pathNot: TEST },
      { pathNot: ["^shared/", "^node_modules/zod/"] },
    ),
    rule(
      "shared-tests",
      "Tests beside the source of shared/ are as pure; what needs more belongs in tests/.",
      { path: `^shared/.*${TEST}` },
      { pathNot: ["^shared/", "^node_modules/(zod|vitest|fast-check)/"] },
    ),
    ...sharedRooms,
    rule(
      "shared-alarms-types",
      "Of session, shared/alarms knows the types only.",
      { path: "^shared/alarms/", pathNot: TEST },
      { path: "^shared/session/", dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "shared-rooms-known",
      "A new room of shared/ needs its arrows in .dependency-cruiser.cjs.",
      { path: "^shared/([^/]+)/", pathNot: [`^shared/${oneOf(Object.keys(SHARED_ROOMS))}/`, TEST] },
      { path: "^shared/", pathNot: "^shared/$1/" },
    ),

    rule(
      "server-rooms",
      "A room of server/ knows other rooms by type at most; app.ts hands it what it needs.",
      { path: "^server/([^/]+)/", pathNot: TEST },
      { path: "^server/[^/]+/", pathNot: ["^server/$1/", "node_modules"], dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "server-doors",
      "A room of server/ is entered through its index.ts.",
      { path: "^server/([^/]+(?:/|$))" },
      { path: "^server/[^/]+/", pathNot: ["^server/$1", "^server/[^/]+/index\\.ts$", "node_modules"] },
    ),
    rule(
      "server-composes",
      "Only app.ts, config.ts and the processes of the server compose its rooms; index.ts shows them.",
      { path: "^server/[^/]+\\.ts$", pathNot: ["^server/(app|config|index|what-if\\.child)\\.ts$", TEST] },
      { path: "^server/[^/]+/" },
    ),
    rule(
      "server-composed",
      "What is composed does not know its composer.",
      { path: "^server/[^/]+/", pathNot: TEST },
      { path: "^server/(app|index)\\.ts$" },
    ),
  ],
  options: {
    // Dependency-cruiser cannot use TypeScript 7 as a library.
    parser: "swc",
    exclude: { path: ["^(dist|data|coverage)/", "^client/dist/"] },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
