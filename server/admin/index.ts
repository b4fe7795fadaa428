export { AdminDesk } from "./admin-desk.ts";
export { Backups } from "./backups.ts";
export { openedUnder } from "./opening.ts";
export { adminRoutes } from "./routes.ts";
export { adminView } from "./view.ts";
