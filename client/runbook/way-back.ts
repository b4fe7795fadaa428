/** Where a runbook was opened from. */
export interface WayBack {
  readonly href: string;
  readonly words: string;
  /** A wall that somebody left alone goes back to being a wall by itself. */
  readonly byItself: boolean;
}

const PLACES = [
  { path: /^\/wall(\/[^/?#]+)?$/, words: "Back to the wall", byItself: true },
  { path: /^\/station$/, words: "Back to the station", byItself: false },
  { path: /^\/bays\/[^/?#]+$/, words: "Back to the bay", byItself: false },
];

/** @param search of the address, "?from=/wall/east"; any other page than ours counts as none */
export function wayBack(search: string): WayBack | null {
  const from = new URLSearchParams(search).get("from") ?? "";
  const place = PLACES.find(({ path }) => path.test(from));
  return place === undefined ? null : { href: from, words: place.words, byItself: place.byItself };
}
