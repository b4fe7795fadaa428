import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { useLog } from "./use-log.ts";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("while it is held no row moves for what comes, which is counted; let go, it is there", async () => {
  const raised = [1_000, 2_000, 3_000];
  let now = 5_000;
  vi.stubGlobal("fetch", (path: string) => {
    const to = Number(new URL(path, "http://vigil").searchParams.get("to") ?? Number.POSITIVE_INFINITY);
    const alerts = raised.filter((at) => at < to).toReversed();
    const body = { at: now, zone: "UTC", page: 0, alerts: alerts.map((id) => ({ id })), total: alerts.length };
    return Promise.resolve(new Response(JSON.stringify(body)));
  });
  const { result, rerender } = renderHook(({ calls }) => useLog("", calls), { initialProps: { calls: "a" } });
  await waitFor(() => expect(result.current.at(0)?.id).toBe(3_000));
  act(() => result.current.hold(true));
  raised.push(6_000, 7_000);
  now = 8_000;
  rerender({ calls: "b" });
  await waitFor(() => expect(result.current.fresh).toBe(2));
  expect(result.current.at(0)?.id).toBe(3_000);
  act(() => result.current.hold(false));
  await waitFor(() => expect(result.current.at(0)?.id).toBe(7_000));
  expect(result.current.fresh).toBe(0);
});
