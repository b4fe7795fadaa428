/** What people do at a bay's page, by the names that stand there. */
import type { Role } from "@vigil/shared/people";
import type { Locator, Page } from "playwright-core";
import { type Insiders, PASSWORD } from "./insiders.ts";

export const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
export const type = (page: Page, name: string, text: string) =>
  page.getByRole("textbox", { name, exact: true }).fill(text);
export const section = (page: Page, name: string) => page.getByRole("region", { name });

declare global {
  interface Window {
    /** What the server said meanwhile; `null`: nothing is held back. */
    heldBack: (() => void)[] | null;
  }
}

/** Before the page is opened: what the server tells it can be held back. */
export const canBeHeldBack = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    window.heldBack = null;
    const Own = WebSocket;
    window.WebSocket = class extends Own {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols);
        // Registered first, so heard before whoever waits for messages.
        this.addEventListener("message", (message) => {
          if (window.heldBack === null) return;
          message.stopImmediatePropagation();
          window.heldBack.push(() => this.dispatchEvent(new MessageEvent("message", { data: message.data })));
        });
      }
    };
  });

/** Several people press, each at a screen of their own that can be held back, before any screen shows what another did. */
export async function pressTogether(buttons: readonly Locator[]): Promise<void> {
  for (const button of buttons) await button.waitFor();
  const pages = buttons.map((button) => button.page());
  const holdBack = () => {
    window.heldBack = [];
  };
  await Promise.all(pages.map((page) => page.evaluate(holdBack)));
  await Promise.all(buttons.map((button) => button.dispatchEvent("click")));
  await Promise.all(
    pages.map((page) =>
      page.evaluate(() => {
        const said = window.heldBack ?? [];
        window.heldBack = null;
        for (const tell of said) tell();
      }),
    ),
  );
}

/** Somebody else takes over this screen, and gives their password. */
export async function actAs(page: Page, insiders: Insiders, name: string, role: Role): Promise<void> {
  await insiders.cookie(name, role);
  await page.getByRole("button", { name: "Change", exact: true }).click();
  const band = page.getByRole("region", { name: "Who acts here" });
  await band.getByRole("textbox", { name: "Sign-in name" }).fill(insiders.username(name));
  await band.getByLabel("Password").fill(PASSWORD);
  await band.getByRole("button", { name: "Sign in" }).click();
  await page.getByText(name).first().waitFor();
}

/** What is smaller than a fingertip among what is pressed and typed into. */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    // What is ticked is pressed on its label too.
    const pressed = (element: Element) => {
      const isTicked = element instanceof HTMLInputElement && ["checkbox", "radio"].includes(element.type);
      const labels = isTicked ? (element.labels ?? []) : [];
      const boxes = [element, ...labels].map((each) => each.getBoundingClientRect());
      const span = (from: "left" | "top", to: "right" | "bottom") =>
        Math.max(...boxes.map((box) => box[to])) - Math.min(...boxes.map((box) => box[from]));
      return { width: span("left", "right"), height: span("top", "bottom") };
    };
    return [...document.querySelectorAll("button, a, input, select, textarea, summary")]
      .map((element) => ({ box: pressed(element), what: element.textContent || element.outerHTML.slice(0, 80) }))
      .filter(({ box }) => box.width > 1 && box.height > 1 && (box.height < 43.5 || box.width < 43.5))
      .map(({ box, what }) => `${what} ${Math.round(box.width)}×${Math.round(box.height)}`);
  });
