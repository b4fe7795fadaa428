/** A page as Chromium prints it. */
import type { Page } from "playwright-core";

/** A4 less margins of 12 mm, at 96 px to the inch. */
const PAPER = { width: 703, height: 1032 };

/**
 * `pages` of the PDF; `cut`: what reaches beyond the paper's edge, or does not show all of its text.
 */
export async function printed(page: Page): Promise<{ readonly pages: number; readonly cut: readonly string[] }> {
  const before = page.viewportSize();
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: false })).toString("latin1");
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize(PAPER);
  const cut = await page.evaluate((width) => {
    const shown = [...document.querySelectorAll<HTMLElement>("article, article *")].filter(
      (element) => element.getClientRects().length > 0 && !element.matches(".unseen, .unseen *"),
    );
    const told = (element: Element) => `${element.tagName} ${element.textContent?.slice(0, 40) ?? ""}`;
    return shown
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        const hides =
          getComputedStyle(element).overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
        return left < -1 || right > width + 1 || hides;
      })
      .map(told);
  }, PAPER.width);
  await page.emulateMedia({ media: null });
  if (before !== null) await page.setViewportSize(before);
  return { pages: pdf.match(/\/Type\s*\/Page[^s]/g)?.length ?? 0, cut };
}
