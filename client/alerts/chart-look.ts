export const AXIS = { stroke: "var(--line)", tick: { fill: "var(--dim)", fontSize: 13 }, tickLine: false } as const;
