/** What the pages of the log ask of the server. */
import type {
  AlertExport,
  AlertMarkRequest,
  AlertMeasures,
  AlertPage,
  AlertStory,
  ShiftReport,
} from "@vigil/shared/wire";

/** A sentence for whoever asked. */
class AlertsRefused extends Error {}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new AlertsRefused("The server does not answer. Try again when it is back.");
  }
  const body: unknown = await response.json().catch(() => null);
  // The same program speaks at both ends.
  if (response.ok) return body as T;
  const said = typeof body === "object" && body !== null && "detail" in body ? String(body.detail) : "";
  throw new AlertsRefused(said === "" ? `The server refused (${response.status}).` : said);
}

export const askPage = (query: string, page: number): Promise<AlertPage> =>
  ask(`/api/alerts?${query}${query === "" ? "" : "&"}page=${page}`);

export const askStory = (id: string): Promise<AlertStory> => ask(`/api/alerts/${encodeURIComponent(id)}`);

export const askExport = (id: string): Promise<AlertExport> => ask(`/api/alerts/exports/${id}`);

export const askMeasures = (query: string): Promise<AlertMeasures> => ask(`/api/alerts/measures?${query}`);

export const askShift = (query: string): Promise<ShiftReport> => ask(`/api/alerts/shift?${query}`);

export const sendMark = (id: number, mark: AlertMarkRequest): Promise<AlertStory> =>
  ask(`/api/alerts/${id}/mark`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(mark),
  });
