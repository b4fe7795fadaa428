/** The server's HTTP door. A server that does not answer is a result here, not an exception. */
import type { BayId, SessionId } from "@vigil/shared/ids";
import type { SimulatedRequest } from "@vigil/shared/wire";
import { keyHeaders, type ServerDoor } from "./door.ts";
import { type DrugFacts, drugOf } from "./drug.ts";
import { type BaysReply, baysReplySchema, drugReplySchema, refusalSchema } from "./replies.ts";

const PATIENCE_MS = 5_000;

export type CommandOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly reason: string }
  | { readonly ok: false; readonly code: "unreachable"; readonly reason: string };

/** A server is there, and does not do what was asked: the message says why. */
class ServerRefused extends Error {}

export const KEY_WANTED =
  "the server wants a key: name it in VIGIL_KEY or with --key-file (keys are given at /admin/displays; a demonstration's lies in data/demonstration.key)";

/** A sentence's end for what {@link fetchBays} throws. */
export const failureOf = (error: unknown): string =>
  error instanceof ServerRefused ? error.message : `no server answers: ${reasonOf(error)}`;

/** Throws when the server cannot be reached or answers something else. */
export async function fetchBays({ url, key }: ServerDoor): Promise<BaysReply> {
  const response = await fetch(new URL("/api/bays", url), {
    headers: keyHeaders(key),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (response.status === 401 || (key === null && response.status === 403)) {
    throw new ServerRefused(
      key === null
        ? KEY_WANTED
        : "the server does not know this key: it was taken back, or is another server's (keys are given at /admin/displays)",
    );
  }
  if (!response.ok) throw new ServerRefused(`the server answers ${response.status} to /api/bays`);
  const reply = baysReplySchema.safeParse(await response.json().catch(() => null));
  if (!reply.success) throw new ServerRefused("what answers there is no Vigil, or one of another version");
  return reply.data;
}

/** Of the open session, by the server's clock; `null` before the drug is started. Throws as {@link fetchBays} does. */
export async function fetchDrug({ url, key }: ServerDoor, bay: BayId, session: SessionId): Promise<DrugFacts | null> {
  const path = `/api/bays/${encodeURIComponent(bay)}`;
  const response = await fetch(new URL(path, url), {
    headers: keyHeaders(key),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status} to ${path}`);
  const { at, session: told } = drugReplySchema.parse(await response.json());
  if (told === null || told.id !== session) return null;
  const { plan, figures, infusion, dose } = told;
  if (plan === null || figures === null || infusion === null || dose === null) return null;
  return drugOf({ plan, figures, infusion, dose }, at);
}

export async function sendCommand(
  { url, key }: ServerDoor,
  { bay, ...request }: SimulatedRequest,
): Promise<CommandOutcome> {
  try {
    const response = await fetch(new URL(`/api/bays/${encodeURIComponent(bay)}/commands`, url), {
      method: "POST",
      headers: { "content-type": "application/json", ...keyHeaders(key) },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) return { ok: true };
    const refusal = refusalSchema.safeParse(await response.json().catch(() => null));
    return refusal.success
      ? { ok: false, code: refusal.data.code, reason: refusal.data.detail }
      : { ok: false, code: "unreachable", reason: `the server answers ${response.status}` };
  } catch (error) {
    return { ok: false, code: "unreachable", reason: reasonOf(error) };
  }
}

/** A sentence for a failed request: fetch hides the cause one level down. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error && cause.message !== "") return cause.message;
  return cause instanceof Error && "code" in cause ? String(cause.code) : error.message;
}
