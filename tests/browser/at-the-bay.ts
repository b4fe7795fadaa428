/** What people do at a bay's page, by the names that stand there. */
import type { Page } from "playwright-core";

export const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
export const type = (page: Page, name: string, text: string) =>
  page.getByRole("textbox", { name, exact: true }).fill(text);
export const section = (page: Page, name: string) => page.getByRole("region", { name });

/** Says at this screen who acts. */
export async function actAs(page: Page, name: string, role: "nurse" | "supervisor" = "nurse"): Promise<void> {
  await page
    .getByRole("button", { name: /^(Say who|Change)$/ })
    .first()
    .click();
  const form = page.getByRole("form", { name: "Who acts here" });
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  await form.getByRole("radio", { name: role }).check();
  await form.getByRole("button", { name: "That is me" }).click();
  await page.getByText(name).first().waitFor();
}

/** What is smaller than a fingertip among what is pressed and typed into. */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("button, a, input, select, textarea, summary")]
      .map((element) => ({
        box: (element.closest("label") ?? element).getBoundingClientRect(),
        what: element.textContent || element.outerHTML.slice(0, 80),
      }))
      .filter(({ box }) => box.width > 1 && box.height > 1 && (box.height < 43.5 || box.width < 43.5))
      .map(({ box, what }) => `${what} ${Math.round(box.width)}×${Math.round(box.height)}`),
  );
