import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { FirstStartPage } from "./first-start-page.tsx";

/** The page behind the link, as the server says who there is. */
function open(firstStart: boolean): void {
  const me = {
    ...{ person: null, idle: false, idleAfterMs: null, hasPin: false, device: null },
    ...{ byPin: [], demonstration: false, firstStart },
  };
  vi.stubGlobal("fetch", async () => Response.json(me));
  const router = createRouter({
    routeTree: createRootRoute({ component: FirstStartPage }),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  render(<RouterProvider router={router} />);
}

it("makes the administrator while there is nobody", async () => {
  open(true);
  expect(await screen.findByRole("heading", { name: "First start" })).toBeTruthy();
  expect(screen.getByText(/^You become the administrator/)).toBeTruthy();
});

it("tells whoever comes back that the old sign-in name is kept", async () => {
  open(false);
  expect(await screen.findByRole("heading", { name: "Way back for an administrator" })).toBeTruthy();
  expect(screen.getByText(/keeps the old sign-in name/)).toBeTruthy();
  expect(screen.queryByText(/^You become the administrator/)).toBeNull();
});
