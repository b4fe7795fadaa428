/** A page used without a pointer. */
import type { Locator, Page } from "playwright-core";

/** More stops than any page has between two things. */
const MOST_STOPS = 120;

/** Goes on by Tab until `wanted` has the focus. @throws when Tab does not lead there */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${wanted}`);
}
