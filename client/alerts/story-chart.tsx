import { VITAL_FACTS } from "@vigil/shared/vitals";
import type { AlertStory } from "@vigil/shared/wire";
import { Line, LineChart, ReferenceArea, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import type { ZoneText } from "../ui/zone-text.ts";
import { AXIS } from "./chart-look.ts";

/** The vital from five minutes before to five minutes after, with the limit and the time the alarm stood. */
export function StoryChart({ story, times }: { readonly story: AlertStory; readonly times: ZoneText }) {
  const { alert, readings, limits } = story;
  if (alert.vital === null) return null;
  const { label, unit, cadence } = VITAL_FACTS[alert.vital];
  const first = readings[0]?.at ?? alert.raisedAt;
  const last = readings.at(-1)?.at ?? alert.raisedAt;
  return (
    <figure className="story-chart" aria-label={`${label} around the alarm, ${unit}`}>
      <div className="story-plot">
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 420, height: 180 }}>
          <LineChart
            data={[...readings]}
            margin={{ top: 10, right: 12, bottom: 0, left: -18 }}
            accessibilityLayer={false}
          >
            <XAxis
              {...AXIS}
              dataKey="at"
              type="number"
              domain={["dataMin", "dataMax"]}
              tickCount={4}
              tickFormatter={(at: number) => times.time(at)}
            />
            <YAxis {...AXIS} domain={["auto", "auto"]} allowDecimals={false} />
            <ReferenceArea
              x1={alert.raisedAt}
              x2={Math.min(alert.clearedAt ?? last, last)}
              fill="var(--ink)"
              fillOpacity={0.09}
            />
            {limits.map(({ at, limit }, i) => (
              <ReferenceLine
                key={at}
                // Before it was raised the first limit held too, as far as is known.
                segment={[
                  { x: i === 0 ? first : at, y: limit },
                  { x: limits[i + 1]?.at ?? last, y: limit },
                ]}
                stroke="var(--ink)"
                strokeDasharray="5 4"
                ifOverflow="extendDomain"
                label={{
                  value: `limit ${Math.round(limit * 10) / 10}`,
                  position: "insideTopRight",
                  fill: "var(--soft)",
                  fontSize: 13,
                }}
              />
            ))}
            {alert.acknowledged !== null && <ReferenceLine x={alert.acknowledged.at} stroke="var(--dim)" />}
            <Line
              dataKey="value"
              type="linear"
              stroke="var(--soft)"
              strokeWidth={2}
              dot={cadence === "cuff" ? { r: 4, fill: "var(--soft)" } : false}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
      <figcaption>Shaded while the alarm held; the thin line is the acknowledgement.</figcaption>
    </figure>
  );
}
