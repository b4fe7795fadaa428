import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { needsPerson } from "./people/gate.ts";
import { NotFound } from "./ui/not-found.tsx";

const rootRoute = createRootRoute({ notFoundComponent: NotFound });

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/wall" });
  },
});
/** What an alarm on a wall means is read on that wall: in place of the bays, under the alarms. */
const readOnWall = ({ runbook, bay }: Record<string, unknown>): { readonly runbook?: string; readonly bay?: string } =>
  typeof runbook !== "string"
    ? {}
    : { runbook, ...(typeof bay === "string" || typeof bay === "number" ? { bay: String(bay) } : {}) };

const wallRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/wall",
  validateSearch: readOnWall,
  component: lazyRouteComponent(() => import("./wall/index.ts"), "DefaultWallPage"),
});
const boardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/wall/$board",
  validateSearch: readOnWall,
  component: lazyRouteComponent(() => import("./wall/index.ts"), "BoardWallPage"),
});

/** Pages for people: whoever leaves one open comes back to it by saying who they are. */
const personRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "person",
  beforeLoad: needsPerson,
  component: lazyRouteComponent(() => import("./people/index.ts"), "Presence"),
});

const coursesRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/courses",
  component: lazyRouteComponent(() => import("./courses/index.ts"), "CoursesPage"),
});
const courseRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/courses/$patient",
  component: lazyRouteComponent(() => import("./courses/index.ts"), "CoursePage"),
});
const sessionsRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/sessions",
  component: lazyRouteComponent(() => import("./sessions/index.ts"), "SessionsPage"),
});
const sessionRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/sessions/$session",
  component: lazyRouteComponent(() => import("./chart/index.ts"), "SessionPage"),
});
const reportRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/sessions/$session/report",
  component: lazyRouteComponent(() => import("./chart/index.ts"), "SessionReportPage"),
});
interface ReplaySearch {
  readonly session?: string;
  /** The instant that is shown, ms since the epoch. */
  readonly at?: number;
  /** The bay that is looked at. */
  readonly bay?: string;
  /** Other limits that are tried; read by the page itself. */
  readonly edits?: unknown;
  /** What was recorded, although other limits are tried. */
  readonly shown?: "recorded";
}
const replayRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/replay",
  validateSearch: ({ session, at, bay, edits, shown }: Record<string, unknown>): ReplaySearch => ({
    ...(typeof session === "string" || typeof session === "number" ? { session: String(session) } : {}),
    ...(typeof at === "number" ? { at } : {}),
    ...(typeof bay === "string" || typeof bay === "number" ? { bay: String(bay) } : {}),
    ...(Array.isArray(edits) ? { edits } : {}),
    ...(shown === "recorded" ? { shown } : {}),
  }),
  component: lazyRouteComponent(() => import("./replay/index.ts"), "ReplayPage"),
});
/** The pages on which people act share one workplace, which stays while they go from one to the next. */
const workplaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "workplace",
  component: lazyRouteComponent(() => import("./station/index.ts"), "Workplace"),
});
const stationRoute = createRoute({
  getParentRoute: () => workplaceRoute,
  path: "/station",
  beforeLoad: needsPerson,
  component: lazyRouteComponent(() => import("./station/index.ts"), "StationPage"),
});
const bayRoute = createRoute({
  getParentRoute: () => workplaceRoute,
  path: "/bays/$bay",
  beforeLoad: needsPerson,
  component: lazyRouteComponent(() => import("./bay/index.ts"), "BayPage"),
});
// What an alarm means may be read by anybody.
const runbooksRoute = createRoute({
  getParentRoute: () => workplaceRoute,
  path: "/runbook",
  component: lazyRouteComponent(() => import("./runbook/index.ts"), "RunbookIndexPage"),
});
const runbookRoute = createRoute({
  getParentRoute: () => workplaceRoute,
  path: "/runbook/$alarm",
  component: lazyRouteComponent(() => import("./runbook/index.ts"), "RunbookPage"),
});

/** Read by the page itself, which is loaded later. */
const asGiven = (search: Record<string, unknown>): Record<string, unknown> => search;

const alertsRoute = createRoute({
  getParentRoute: () => workplaceRoute,
  path: "/alerts",
  beforeLoad: needsPerson,
  validateSearch: asGiven,
  component: lazyRouteComponent(() => import("./alerts/index.ts"), "AlertsPage"),
});
const measuresRoute = createRoute({
  getParentRoute: () => workplaceRoute,
  path: "/alerts/measures",
  beforeLoad: needsPerson,
  validateSearch: asGiven,
  component: lazyRouteComponent(() => import("./alerts/index.ts"), "MeasuresPage"),
});
const whatIfRoute = createRoute({
  getParentRoute: () => workplaceRoute,
  path: "/what-if",
  beforeLoad: needsPerson,
  validateSearch: asGiven,
  component: lazyRouteComponent(() => import("./what-if/index.ts"), "WhatIfPage"),
});

const shiftRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/alerts/shift",
  validateSearch: asGiven,
  component: lazyRouteComponent(() => import("./alerts/index.ts"), "ShiftPage"),
});
const monthRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/alerts/month",
  validateSearch: asGiven,
  component: lazyRouteComponent(() => import("./alerts/index.ts"), "MonthPage"),
});
const adminRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/admin",
  component: lazyRouteComponent(() => import("./admin/index.ts"), "BaysPage"),
});
const adminProtocolsRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/admin/protocols",
  component: lazyRouteComponent(() => import("./admin/index.ts"), "ProtocolsPage"),
});
const adminSettingsRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/admin/settings",
  component: lazyRouteComponent(() => import("./admin/index.ts"), "SettingsPage"),
});
const adminBackupsRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/admin/backups",
  component: lazyRouteComponent(() => import("./admin/index.ts"), "BackupsPage"),
});
const adminAuditRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/admin/audit",
  validateSearch: asGiven,
  component: lazyRouteComponent(() => import("./admin/index.ts"), "AuditPage"),
});

const adminPeopleRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/admin/people",
  component: lazyRouteComponent(() => import("./admin/index.ts"), "PeoplePage"),
});
const adminDisplaysRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/admin/displays",
  component: lazyRouteComponent(() => import("./admin/index.ts"), "DisplaysPage"),
});
const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: ({ to }: Record<string, unknown>): { readonly to?: string } => (typeof to === "string" ? { to } : {}),
  component: lazyRouteComponent(() => import("./people/index.ts"), "SignInPage"),
});
const meRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/me",
  component: lazyRouteComponent(() => import("./people/index.ts"), "MePage"),
});
const firstStartRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/first-start",
  component: lazyRouteComponent(() => import("./people/index.ts"), "FirstStartPage"),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  signInRoute,
  firstStartRoute,
  wallRoute,
  boardRoute,
  personRoute.addChildren([
    coursesRoute,
    courseRoute,
    sessionsRoute,
    sessionRoute,
    reportRoute,
    replayRoute,
    shiftRoute,
    monthRoute,
    adminRoute,
    adminProtocolsRoute,
    adminSettingsRoute,
    adminBackupsRoute,
    adminAuditRoute,
    adminPeopleRoute,
    adminDisplaysRoute,
    meRoute,
  ]),
  workplaceRoute.addChildren([
    stationRoute,
    bayRoute,
    runbooksRoute,
    runbookRoute,
    alertsRoute,
    measuresRoute,
    whatIfRoute,
  ]),
]);

export const createAppRouter = () => createRouter({ routeTree });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
