/** Runs inside the wall's page: notes when a number or an alarm was on the screen, and when a tone began. */

export interface SeenNumber {
  readonly bay: number;
  readonly what: "hr" | "alarm";
  /** HR, or the SBP that the alarm's text names. */
  readonly value: number;
  /** By the machine's clock. */
  readonly inDomAt: number;
  /** After the picture with it was made. */
  readonly paintedAt: number;
}

declare global {
  interface Window {
    vigilBench?: SeenNumber[];
    vigilTones?: number[];
  }
}

/**
 * A change of a tile's text is on the screen at the first task after the animation frame that draws it: the page has then
 * handed the picture over. Self-contained: its text is sent to the page.
 */
export function recordInPage(): void {
  const seen: SeenNumber[] = [];
  const shown = new Map<string, number>();
  window.vigilBench = seen;
  const afterFrame = new MessageChannel();
  const waiting: (() => void)[] = [];
  afterFrame.port1.onmessage = () => {
    for (const tell of waiting.splice(0)) tell();
  };
  const news = (tile: Element): Pick<SeenNumber, "bay" | "what" | "value">[] => {
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
    const inDomAt = Date.now();
    const found = [...tiles].flatMap(news);
    if (found.length === 0) return;
    requestAnimationFrame(() => {
      waiting.push(() => {
        const paintedAt = Date.now();
        for (const one of found) seen.push({ ...one, inDomAt, paintedAt });
      });
      afterFrame.port2.postMessage(null);
    });
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** What was seen so far, and begins anew. */
export function takeFromPage(): SeenNumber[] {
  return window.vigilBench?.splice(0) ?? [];
}

/**
 * From before the page's own scripts on: the sound is armed, as on a screen where somebody has heard the test tone, and
 * the first sample of each burst is noted by the machine's clock, the way through the browser to the loudspeaker included.
 */
export function recordTones(): void {
  localStorage.setItem("vigil.sound.heard", "yes");
  const tones: number[] = [];
  window.vigilTones = tones;
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (this: OscillatorNode, when = 0) {
    const { context } = this;
    // The hum that proves the output begins with the context and never again.
    if (when > 0 && context instanceof AudioContext) {
      tones.push(Date.now() + (when - context.currentTime + context.baseLatency) * 1000);
    }
    start.call(this, when);
  };
}

export function takeTones(): number[] {
  return window.vigilTones?.splice(0) ?? [];
}
