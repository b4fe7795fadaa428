import type { Limits, TierLimit } from "./limit-alarms.ts";

type Waits = Pick<TierLimit, "delay" | "offDelay" | "deadband">;

const warning = (limit: number, waits: Waits): TierLimit => ({ limit, priority: "medium", ...waits });
const critical = (limit: number, waits: Waits): TierLimit => ({ limit, priority: "high", ...waits });
const cuff: Waits = { delay: 0, offDelay: 0, deadband: 3 };
const hr = { offDelay: 5, deadband: 2 };
const breath = { offDelay: 5, deadband: 1 };

/**
 * The fixed limits of the adult ketamine protocol, copied by hand from the table of the alarm specification, so that
 * the built-in protocol has something to be compared with. The rules relative to a baseline are left out.
 */
export const ADULT_KETAMINE_LIMITS: Limits = {
  hr: {
    low: { warning: warning(50, { delay: 10, ...hr }), critical: critical(40, { delay: 5, ...hr }) },
    high: { warning: warning(120, { delay: 10, ...hr }), critical: critical(150, { delay: 5, ...hr }) },
  },
  spo2: {
    low: { warning: warning(94, { delay: 15, ...breath }), critical: critical(90, { delay: 10, ...breath }) },
  },
  rr: {
    low: { warning: warning(8, { delay: 15, ...breath }), critical: critical(5, { delay: 10, ...breath }) },
    high: { warning: warning(30, { delay: 15, ...breath }), critical: critical(40, { delay: 10, ...breath }) },
  },
  sbp: {
    low: { warning: warning(90, cuff), critical: critical(80, cuff) },
    high: { warning: warning(165, cuff), critical: critical(180, cuff) },
  },
  dbp: {
    low: { warning: warning(50, cuff), critical: critical(40, cuff) },
    high: { warning: warning(100, cuff), critical: critical(110, cuff) },
  },
};
