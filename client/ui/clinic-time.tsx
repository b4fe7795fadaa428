/**
 * The clinic's time as its server tells it, for pages that ask over HTTP: "last night" is the clinic's, whatever clock and
 * zone the screen has.
 */
import type { AtMs } from "@vigil/shared/ids";
import type { ClinicView } from "@vigil/shared/wire";
import { type ReactNode, useEffect, useState } from "react";

export interface ClinicTime {
  /** IANA name. */
  readonly zone: string;
  /** Whole milliseconds: the wire takes no others. */
  now(): AtMs;
}

const ASK_AGAIN_MS = 2_000;

/** What needs the clinic's time, once it is known; until then this says why there is nothing. */
export function ClinicTimed({ children }: { readonly children: (time: ClinicTime) => ReactNode }) {
  const [time, setTime] = useState<ClinicTime | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      try {
        setTime(await askTime(leaving.signal));
      } catch (error) {
        if (leaving.signal.aborted) return;
        setRefused(error instanceof Error ? error.message : String(error));
        again = setTimeout(() => void ask(), ASK_AGAIN_MS);
      }
    };
    void ask();
    return () => {
      leaving.abort();
      clearTimeout(again);
    };
  }, []);
  if (time !== null) return children(time);
  return <p role="status">{refused ?? "Asking the server"}</p>;
}

async function askTime(signal: AbortSignal): Promise<ClinicTime> {
  const response = await fetch("/api/clinic", { signal }).catch(() => null);
  if (response === null) throw new Error("The server does not answer. Asking again …");
  if (!response.ok) throw new Error(`The server refused to tell the time (${response.status}). Asking again …`);
  // The same program speaks at both ends.
  const { at, zone } = (await response.json()) as ClinicView;
  const answeredAt = performance.now();
  return { zone, now: () => Math.floor(at + performance.now() - answeredAt) };
}

/** What a clock on the wall of that zone shows: "2026-03-29T19:00". */
export const wallTime = (at: AtMs, zone: string): string =>
  // Swedes write date and time as an address wants them, but for the T.
  new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" })
    .format(at)
    .replace(" ", "T");
