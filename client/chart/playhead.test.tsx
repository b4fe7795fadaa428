import { act, render } from "@testing-library/react";
import { Profiler } from "react";
import { expect, it } from "vitest";
import { zoneText } from "../ui/zone-text.ts";
import { lanesOf } from "./lanes.ts";
import { LaneReadOut } from "./read-out.tsx";
import { at, begun, chartOf } from "./testing.ts";
import { CursorLine } from "./time-axis.tsx";
import { ViewStore } from "./view-store.ts";

it("moves the cursor with the playhead at once and renders nothing for it; the figures follow", () => {
  const chart = chartOf(60, begun, [
    { min: 12, values: { hr: 70 } },
    { min: 40, values: { hr: 110 } },
  ]);
  const zone = zoneText("UTC", at(0), at(60));
  const store = new ViewStore({ from: at(0), to: at(60) });
  let moved: () => void = () => undefined;
  const playhead = {
    at: at(12),
    subscribe(listener: () => void) {
      moved = listener;
      return () => undefined;
    },
    seek: () => undefined,
  };
  store.follow(playhead);
  let renders = 0;
  const hr = lanesOf(chart).find(({ id }) => id === "hr");
  if (hr === undefined) throw new Error("there is no lane of the heart rate");
  const { container } = render(
    <Profiler id="chart" onRender={() => (renders += 1)}>
      <LaneReadOut lane={hr} chart={chart} detail={null} store={store} zone={zone} />
      <CursorLine store={store} width={600} left={100} />
    </Profiler>,
  );
  const line = container.querySelector<HTMLElement>(".cursor-line");
  const figure = () => container.querySelector(".lane-figure")?.textContent;
  expect(line?.style.transform).toBe("translateX(220px)");
  expect(figure()).toBe("70");

  const rendered = renders;
  act(() => {
    playhead.at = at(40);
    moved();
    expect(line?.style.transform).toBe("translateX(500px)");
    expect(renders).toBe(rendered);
  });
  expect(figure()).toBe("110");

  act(() => store.look({ from: at(0), to: at(30) }));
  expect(line?.hidden).toBe(true);
});
