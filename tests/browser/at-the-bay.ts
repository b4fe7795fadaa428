/** What people do at a bay's page, by the names that stand there. */
import type { Role } from "@vigil/shared/people";
import type { Page } from "playwright-core";
import { type Insiders, PASSWORD } from "./insiders.ts";

export const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
export const type = (page: Page, name: string, text: string) =>
  page.getByRole("textbox", { name, exact: true }).fill(text);
export const section = (page: Page, name: string) => page.getByRole("region", { name });

/** Several people press at one instant by the machine's clock: before any screen can show what another did. */
export async function pressTogether(pages: readonly Page[], name: string): Promise<void> {
  const buttons = pages.map((page) => page.getByRole("button", { name, exact: true }));
  for (const button of buttons) await button.waitFor();
  const at = performance.timeOrigin + performance.now() + 700;
  const pressAt = (button: HTMLElement | SVGElement, at: number) =>
    new Promise<void>((resolve) => {
      const until = () => performance.timeOrigin + performance.now() >= at;
      const look = setInterval(() => {
        if (!until()) return;
        clearInterval(look);
        button.dispatchEvent(new MouseEvent("click", { bubbles: true }));
        resolve();
      }, 1);
    });
  await Promise.all(buttons.map((button) => button.evaluate(pressAt, at)));
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
