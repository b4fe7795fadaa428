/** Where everything on the wall stands, in whole CSS pixels, from the number of bays and the size of the screen alone. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * `dense` gives up words for room where the tile is too small for print that can be read; `sparse` what is least needed, where
 * even then it would be.
 */
export type Density = "roomy" | "dense" | "sparse";

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
/** No print on a tile is smaller, px; but no larger than this many units, or its line has no room. */
const PRINT_LEAST = 10;
const PRINT_MOST_UNITS = 15;
/** Small print may not be smaller than this share of the screen's height: 12.5 px on 1080 lines. */
const PRINT_MIN_SHARE = 0.0116;
const HEAD_UNITS = { roomy: 15.5, dense: 16 };
const TREND_UNITS = { roomy: 18, dense: 16 };
/** Of a sparse tile: its head, and each of the two lines of vital signs, beside the print in them (tile.css, vitals.css). */
const SPARSE_HEAD_UNITS = 1.5;
const SPARSE_LINE_UNITS = 18.95;
const LINE_OF_PRINT = 1.06;
/** The body as drawn, and how far its figures may grow before the widest pressure no longer fits. */
const BODY_UNITS = 63;
const GROW_MOST = 1.16;
const EDGE_UNITS = { roomy: 4, dense: 3 };
/** More tiles on one screen nobody reads. */
export const MOST_BAYS = 64;

/**
 * @param below px at the bottom that are not the wall's for now. Rows and columns are those of the whole screen all the same:
 * a band that comes or goes makes the tiles lower or higher, and no bay changes place.
 */
export function wallLayout(bays: number, screen: Size, below = 0): WallLayout {
  const left = { width: screen.width, height: screen.height - below };
  return laidOut(gridOf(bays, measuresOf(bays, screen)), measuresOf(bays, left), left.height);
}

/** The tiles alone, which have the whole of their box. */
export function tilesLayout(bays: number, box: Size): WallLayout {
  const measures = { header: 0, footer: 0, pad: 0, gap: gapOf(bays, box), room: box };
  return laidOut(gridOf(bays, measures), measures, box.height);
}

function laidOut({ columns, rows }: Grid, { header, footer, pad, gap, room }: Measures, height: number): WallLayout {
  const { tile, unit } = tileOf(columns, rows, room, gap);
  const density = densityOf(unit, height);
  const { print, headLeast, edge, trendLeast } = partsOf(density, unit);
  const head = Math.floor(headLeast);
  // Height beyond the drawn proportions goes to body and trend alike.
  const spare = tile.height - TILE_UNITS.height * unit;
  const trend = Math.floor(trendLeast + spare * 0.5);
  const body = Math.floor(tile.height - head - trend - edge);
  return {
    header,
    footer,
    pad,
    gap,
    columns,
    rows,
    tile,
    density,
    unit,
    head,
    body,
    trend,
    smallPrint: print,
    grow: Math.max(1, Math.min(GROW_MOST, body / (BODY_UNITS * unit))),
  };
}

function densityOf(unit: number, height: number): Density {
  if (PRINT_UNITS.roomy * unit >= Math.max(height * PRINT_MIN_SHARE, PRINT_LEAST)) return "roomy";
  return PRINT_UNITS.dense * unit >= PRINT_LEAST ? "dense" : "sparse";
}

/** The parts of a tile as drawn, px. */
function partsOf(density: Density, unit: number) {
  if (density !== "sparse") {
    return {
      print: PRINT_UNITS[density] * unit,
      headLeast: HEAD_UNITS[density] * unit,
      edge: EDGE_UNITS[density] * unit,
      trendLeast: TREND_UNITS[density] * unit,
    };
  }
  // Larger print takes its room from the trend.
  const print = Math.min(PRINT_LEAST, PRINT_MOST_UNITS * unit);
  const headLeast = LINE_OF_PRINT * print + SPARSE_HEAD_UNITS * unit;
  const edge = EDGE_UNITS.dense * unit;
  const body = 2 * (LINE_OF_PRINT * print + SPARSE_LINE_UNITS * unit);
  return { print, headLeast, edge, trendLeast: TILE_UNITS.height * unit - headLeast - edge - body };
}

interface Measures {
  readonly header: number;
  readonly footer: number;
  readonly pad: number;
  readonly gap: number;
  /** For the tiles. */
  readonly room: Size;
}

const gapOf = (bays: number, { height }: Size): number => Math.max(3, Math.round(height * (bays > 24 ? 0.007 : 0.01)));

function measuresOf(bays: number, { width, height }: Size): Measures {
  const header = Math.round(height * 0.074);
  const footer = Math.round(height * 0.028);
  const pad = Math.round(height * 0.011);
  const gap = gapOf(bays, { width, height });
  return { header, footer, pad, gap, room: { width: width - 2 * pad, height: height - header - footer } };
}

function tileOf(
  columns: number,
  rows: number,
  room: Size,
  gap: number,
): { readonly tile: Size; readonly unit: number } {
  const tile = {
    width: Math.floor((room.width - gap * (columns - 1)) / columns),
    height: Math.floor((room.height - gap * (rows - 1)) / rows),
  };
  return { tile, unit: Math.min(tile.width / TILE_UNITS.width, tile.height / TILE_UNITS.height) };
}

interface Grid {
  readonly columns: number;
  readonly rows: number;
}

/** The grid with the largest tiles; where it makes next to no difference, side by side: a wall is wide. */
function gridOf(bays: number, { room, gap }: Measures): Grid {
  let best = { columns: 1, rows: Math.max(1, bays), unit: 0 };
  for (let columns = 1; columns <= Math.max(1, bays); columns++) {
    const rows = Math.max(1, Math.ceil(bays / columns));
    const { unit } = tileOf(columns, rows, room, gap);
    if (unit > best.unit * 0.97) best = { columns, rows, unit };
  }
  return best;
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
