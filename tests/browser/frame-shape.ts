/** The shape of a frame as it is painted: what is left of it when nobody sees its colour. */
import type { Page } from "playwright-core";

export interface FrameShape {
  /** Across the frame: how many lines it has, and how many pixels they are thick together. */
  readonly lines: number;
  readonly thick: number;
  /** Along the frame: how often it breaks off. */
  readonly breaks: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const INSIDE = 14;
const OUTSIDE = 6;
/** Along a lower edge its middle; along an upright one where a tile has nothing beside it. */
const LOWER = { length: 90 };
const UPRIGHT = { from: 40, length: 34 };

/** @param edge one beside which nothing else is painted */
export async function frameShapeOf(page: Page, box: Box, edge: "left" | "right" | "bottom"): Promise<FrameShape> {
  const middle = box.x + (box.width - LOWER.length) / 2;
  const across = INSIDE + OUTSIDE;
  const clip = {
    left: { x: Math.max(0, box.x - OUTSIDE), y: box.y + UPRIGHT.from, width: across, height: UPRIGHT.length },
    right: { x: box.x + box.width - INSIDE, y: box.y + UPRIGHT.from, width: across, height: UPRIGHT.length },
    bottom: { x: middle, y: box.y + box.height - INSIDE, width: LOWER.length, height: across },
  }[edge];
  const png = (await page.screenshot({ clip })).toString("base64");
  return page.evaluate(
    async ({ base64, side }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
      context?.drawImage(bitmap, 0, 0);
      const picture = context?.getImageData(0, 0, bitmap.width, bitmap.height);
      const brightness = (x: number, y: number): number => {
        const at = 4 * (y * bitmap.width + x);
        const [red = 0, green = 0, blue = 0] = picture?.data.subarray(at, at + 3) ?? [];
        return 0.299 * red + 0.587 * green + 0.114 * blue;
      };
      const along = side === "bottom" ? bitmap.width : bitmap.height;
      const deep = side === "bottom" ? bitmap.height : bitmap.width;
      // From inside to outside.
      const pixel = (place: number, depth: number): number =>
        side === "bottom" ? brightness(place, depth) : brightness(side === "right" ? depth : deep - 1 - depth, place);
      const isFrame = (place: number, depth: number) => Math.abs(pixel(place, depth) - pixel(place, 0)) > 50;
      const runs = (length: number, is: (at: number) => boolean): number => {
        let found = 0;
        for (let at = 0; at < length; at++) if (is(at) && (at === 0 || !is(at - 1))) found++;
        return found;
      };
      let lines = 0;
      let thick = 0;
      for (let place = 0; place < along; place++) {
        lines = Math.max(
          lines,
          runs(deep, (depth) => isFrame(place, depth)),
        );
        let own = 0;
        for (let depth = 0; depth < deep; depth++) if (isFrame(place, depth)) own++;
        thick = Math.max(thick, own);
      }
      let breaks = 0;
      for (let depth = 0; depth < deep; depth++) {
        breaks = Math.max(breaks, runs(along, (place) => isFrame(place, depth)) - 1);
      }
      return { lines, thick, breaks };
    },
    { base64: png, side: edge },
  );
}
