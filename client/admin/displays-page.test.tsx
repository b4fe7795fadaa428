import { Table } from "@mantine/core";
import { QueryClient } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import type { ListedDevice } from "@vigil/shared/wire";
import { expect, it, vi } from "vitest";
import { CoursesKit } from "../courses/courses-frame.tsx";
import { zoneText } from "../ui/zone-text.ts";
import { DeviceRow } from "./displays-page.tsx";

const NOON = Date.UTC(2026, 6, 10, 12);
const device: ListedDevice = {
  ...{ id: "d1", kind: "display", name: "East corridor", bays: null, board: null, createdBy: "Ada" },
  ...{ createdAt: NOON, seenAt: NOON + 90_000, expiresAt: null, revokedAt: null, sound: "heard" },
};

it("tells by the clinic's clock when a device was let in and seen, whatever zone the screen has", () => {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }));
  render(
    <CoursesKit client={new QueryClient()}>
      <Table>
        <Table.Tbody>
          <DeviceRow device={device} times={zoneText("Asia/Kathmandu", NOON, NOON)} />
        </Table.Tbody>
      </Table>
    </CoursesKit>,
  );
  expect(screen.getByText("Fri 10 Jul 2026, 17:45")).toBeTruthy();
  expect(screen.getByText("Fri 10 Jul 2026, 17:46")).toBeTruthy();
  // What only hears the button is told whom it is about.
  expect(screen.getByRole("button", { name: "Revoke East corridor" })).toBeTruthy();
});
