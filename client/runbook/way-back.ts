/** Where a runbook was opened from. */
export interface WayBack {
  readonly href: string;
  readonly words: string;
  /** A wall that somebody left alone goes back to being a wall by itself. */
  readonly byItself: boolean;
}

const PLACES = [
  { path: /^\/wall(\/[^/?#]+)?$/, words: "To the wall" },
  { path: /^\/station$/, words: "Back to the station" },
  { path: /^\/bays\/[^/?#]+$/, words: "Back to the bay" },
];

/** @param search of the address, "?from=/station"; any other page than ours counts as none */
export function wayBack(search: string): WayBack | null {
  const from = new URLSearchParams(search).get("from") ?? "";
  const place = PLACES.find(({ path }) => path.test(from));
  return place === undefined ? null : { href: from, words: place.words, byItself: false };
}
