/** When something is first in a page's document, by the clock that all pages of the machine share. */
import type { Page } from "playwright-core";

/** Looks out for `selector` from now on. @returns asks when it was first there, ms since the epoch */
export async function lookOutFor(page: Page, selector: string): Promise<() => Promise<number>> {
  await page.evaluate((wanted) => {
    const seen = new Promise<number>((resolve) => {
      const look = () => {
        if (document.querySelector(wanted) === null) return;
        observer.disconnect();
        resolve(performance.timeOrigin + performance.now());
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, attributes: true });
      look();
    });
    Reflect.set(window, "seen", seen);
  }, selector);
  return () => page.evaluate((): Promise<number> => Reflect.get(window, "seen"));
}

/** Notes the next press of a key or a pointer. @returns asks when it was, ms since the epoch */
export async function lookOutForPress(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const pressed = new Promise<number>((resolve) => {
      const note = ({ timeStamp }: Event) => resolve(performance.timeOrigin + timeStamp);
      for (const type of ["keydown", "pointerdown"]) window.addEventListener(type, note, { capture: true, once: true });
    });
    Reflect.set(window, "pressed", pressed);
  });
  return () => page.evaluate((): Promise<number> => Reflect.get(window, "pressed"));
}
