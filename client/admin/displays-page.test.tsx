import { Table } from "@mantine/core";
import { QueryClient } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import type { Role } from "@vigil/shared/people";
import type { ListedDevice } from "@vigil/shared/wire";
import { afterEach, expect, it, vi } from "vitest";
import { CoursesKit } from "../courses/courses-frame.tsx";
import { zoneText } from "../ui/zone-text.ts";
import { DeviceRow, DevicesOf } from "./displays-page.tsx";

const NOON = Date.UTC(2026, 6, 10, 12);
const device: ListedDevice = {
  ...{ id: "d1", kind: "display", name: "East corridor", bays: null, board: null, createdBy: "Ada" },
  ...{ createdAt: NOON, seenAt: NOON + 90_000, expiresAt: null, revokedAt: null, sound: "heard" },
};

afterEach(() => vi.unstubAllGlobals());

it("tells by the clinic's clock when a device was let in and seen, whatever zone the screen has", () => {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }));
  render(
    <CoursesKit client={new QueryClient()}>
      <Table>
        <Table.Tbody>
          <DeviceRow device={device} times={zoneText("Asia/Kathmandu", NOON, NOON)} mayRevoke />
        </Table.Tbody>
      </Table>
    </CoursesKit>,
  );
  expect(screen.getByText("Fri 10 Jul 2026, 17:45")).toBeTruthy();
  expect(screen.getByText("Fri 10 Jul 2026, 17:46")).toBeTruthy();
  // What only hears the button is told whom it is about.
  expect(screen.getByRole("button", { name: "Revoke East corridor" })).toBeTruthy();
});

/** The page as it stands for somebody of this role. */
async function show(role: Role): Promise<void> {
  const me = {
    ...{ person: { id: "p", name: "P", role }, idle: false, idleAfterMs: 600_000, hasPin: false, device: null },
    ...{ byPin: [], demonstration: false, firstStart: false },
  };
  const devices = [device, { ...device, id: "d2", name: "Old one", revokedAt: NOON }];
  const answers: Readonly<Record<string, unknown>> = { "/api/me": me, "/api/devices": devices, "/api/boards": [] };
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }));
  vi.stubGlobal("fetch", async (path: string) => Response.json(answers[path] ?? null));
  render(
    <CoursesKit client={new QueryClient()}>
      <DevicesOf times={zoneText("Asia/Kathmandu", NOON, NOON)} />
    </CoursesKit>,
  );
  await screen.findByRole("rowheader", { name: "East corridor" });
}

it.each([
  ["administrator", ["Approve", "Revoke East corridor", "Make the key"]],
  ["supervisor", ["Approve", "Revoke East corridor"]],
  ["engineer", []],
] as const)("offers the %s what this role may do with devices, and no more", async (role, offered) => {
  await show(role);
  const buttons = () => screen.queryAllByRole("button").map(({ textContent }) => textContent);
  await vi.waitFor(() => expect(buttons()).toEqual(offered));
});
