/** Runs inside the wall's page: notes when a number or an alarm was on the screen. */

export interface SeenNumber {
  readonly bay: number;
  readonly what: "hr" | "alarm";
  /** HR, or the SBP that the alarm's text names. */
  readonly value: number;
  /** By the machine's clock, after the picture with it was made. */
  readonly paintedAt: number;
}

declare global {
  interface Window {
    vigilBench?: SeenNumber[];
  }
}

/**
 * A change of a tile's text counts from the second animation frame after it: by then the picture with it is made. That
 * is late rather than early, by up to a frame. Self-contained: its text is sent to the page.
 */
export function recordInPage(): void {
  const seen: SeenNumber[] = [];
  const shown = new Map<string, number>();
  window.vigilBench = seen;
  const news = (tile: Element): Omit<SeenNumber, "paintedAt">[] => {
    const bay = Number(/^Bay (\d+)/.exec(tile.getAttribute("aria-label") ?? "")?.[1]);
    const hr = Number(tile.querySelector("[data-vital=hr] .figure")?.textContent);
    const alarm = Number(/^SBP (\d+)/.exec(tile.querySelector(".call-text")?.textContent ?? "")?.[1]);
    return [["hr", hr] as const, ["alarm", alarm] as const].flatMap(([what, value]) => {
      const key = `${bay} ${what}`;
      if (Object.is(shown.get(key), value)) return [];
      shown.set(key, value);
      return Number.isNaN(value) ? [] : [{ bay, what, value }];
    });
  };
  const observer = new MutationObserver((records) => {
    const tiles = new Set<Element>();
    for (const { target } of records) {
      const tile = (target instanceof Element ? target : target.parentElement)?.closest("article.tile");
      if (tile) tiles.add(tile);
    }
    const found = [...tiles].flatMap(news);
    if (found.length === 0) return;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const paintedAt = Date.now();
        for (const one of found) seen.push({ ...one, paintedAt });
      }),
    );
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** What was seen so far, and begins anew. */
export function takeFromPage(): SeenNumber[] {
  return window.vigilBench?.splice(0) ?? [];
}
