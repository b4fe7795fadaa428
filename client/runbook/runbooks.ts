import { PROCEDURAL, TECHNICAL } from "./other.ts";
import { PHYSIOLOGICAL } from "./physiological.ts";
import type { Runbook, RunbookId } from "./runbook.ts";

/** One for every alarm there is: an alarm without one does not compile. */
const RUNBOOKS: { readonly [I in RunbookId]: Runbook } = { ...PHYSIOLOGICAL, ...TECHNICAL, ...PROCEDURAL };

const isRunbookId = (id: string): id is RunbookId => Object.hasOwn(RUNBOOKS, id);

/** `null`: there is no such alarm. */
export const runbookOf = (id: string): Runbook | null => (isRunbookId(id) ? RUNBOOKS[id] : null);

/** In the order of the file, which is the order of the catalogue. */
export const RUNBOOK_LIST = Object.entries(RUNBOOKS).map(([id, runbook]) => ({ id, runbook }));
