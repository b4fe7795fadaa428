export { type Asker, addressText, askerOf, entryOf, type Told } from "./entries.ts";
export { type Refusal, Refusals } from "./refusals.ts";
export { auditRoutes } from "./routes.ts";
export { Verifier } from "./verification.ts";
export { watchRefusals } from "./watch.ts";
