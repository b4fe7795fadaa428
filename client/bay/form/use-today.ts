import { useValue } from "../../ui/use-value.ts";
import type { ZoneText } from "../../ui/zone-text.ts";
import { useLive } from "../../wall/live-context.ts";

/** The clinic's day, `2026-03-02`, by the server's clock; good for a form, which looks at it with each key. */
export function useToday(zone: ZoneText): string {
  const { now } = useValue(useLive().shown);
  return new Date(now + zone.offsetMs(now)).toISOString().slice(0, 10);
}
