/** Where everything on the wall stands, in whole CSS pixels, from the number of bays and the size of the screen alone. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** `dense` gives up words for room where the tile is too small for print that can be read. */
type Density = "roomy" | "dense";

export interface WallLayout {
  readonly header: number;
  readonly footer: number;
  readonly pad: number;
  readonly gap: number;
  readonly columns: number;
  readonly rows: number;
  readonly tile: Size;
  readonly density: Density;
  /** A tile's own unit: every size inside it is a multiple of this. */
  readonly unit: number;
  readonly head: number;
  readonly body: number;
  readonly trend: number;
  /** Size of the smallest print on the tiles. */
  readonly smallPrint: number;
  /** How much larger than drawn the figures are, where the body is taller. */
  readonly grow: number;
}

/** A tile is drawn for 200 × 100 units; more room goes to what can use it. */
const TILE_UNITS = { width: 200, height: 100 };
const PRINT_UNITS = { roomy: 7.4, dense: 11.4 };
/** Small print may not be smaller than this share of the screen's height: 12.5 px on 1080 lines. */
const PRINT_MIN_SHARE = 0.0116;
const HEAD_UNITS = { roomy: 15.5, dense: 16 };
const TREND_UNITS = { roomy: 18, dense: 16 };
/** The body as drawn, and how far its figures may grow before the widest pressure no longer fits. */
const BODY_UNITS = 63;
const GROW_MOST = 1.16;
const EDGE_UNITS = { roomy: 4, dense: 3 };

export function wallLayout(bays: number, screen: Size): WallLayout {
  const header = Math.round(screen.height * 0.074);
  const footer = Math.round(screen.height * 0.028);
  const pad = Math.round(screen.height * 0.011);
  const gap = Math.max(3, Math.round(screen.height * (bays > 24 ? 0.007 : 0.01)));
  const room = { width: screen.width - 2 * pad, height: screen.height - header - footer };

  let best: { columns: number; rows: number; tile: Size; unit: number } | null = null;
  for (let columns = 1; columns <= Math.max(1, bays); columns++) {
    const rows = Math.max(1, Math.ceil(bays / columns));
    const tile = {
      width: Math.floor((room.width - gap * (columns - 1)) / columns),
      height: Math.floor((room.height - gap * (rows - 1)) / rows),
    };
    const unit = Math.min(tile.width / TILE_UNITS.width, tile.height / TILE_UNITS.height);
    // Where it makes next to no difference, side by side: a wall is wide.
    if (best === null || unit > best.unit * 0.97) {
      best = { columns, rows, tile, unit };
    }
  }
  if (best === null) throw new Error("a wall has at least one column");

  const { tile, unit } = best;
  const density = PRINT_UNITS.roomy * unit >= screen.height * PRINT_MIN_SHARE ? "roomy" : "dense";
  const head = Math.floor(HEAD_UNITS[density] * unit);
  const edge = EDGE_UNITS[density] * unit;
  const trendLeast = TREND_UNITS[density] * unit;
  // Height beyond the drawn proportions goes to body and trend alike.
  const spare = tile.height - TILE_UNITS.height * unit;
  const trend = Math.floor(trendLeast + spare * 0.5);
  const body = Math.floor(tile.height - head - trend - edge);
  return {
    header,
    footer,
    pad,
    gap,
    columns: best.columns,
    rows: best.rows,
    tile,
    density,
    unit,
    head,
    body,
    trend,
    smallPrint: PRINT_UNITS[density] * unit,
    grow: Math.max(1, Math.min(GROW_MOST, body / (BODY_UNITS * unit))),
  };
}

export interface TopBarLayout {
  /** Room for the alarm chips. */
  readonly alarms: number;
  readonly chipPrint: number;
}

/** Clock and status have fixed widths (wall.css), so that the alarms between them never move. */
export function topBarLayout({ width, height }: Size): TopBarLayout {
  const clock = height * 0.215;
  const status = height * 0.27;
  const margins = 2 * Math.round(height * 0.011) + 2 * height * 0.018;
  return { alarms: Math.floor(width - clock - status - margins), chipPrint: Math.round(height * 0.0245) };
}
