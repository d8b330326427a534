import { nothingHere } from '../../core/problem.ts';
import type { Edges } from '../../geometry/bbox.parse.ts';
import { latitudeAt, longitudeAt } from '../../geometry/mercator.square.ts';

export const GRID = {
  extent: 4096, // units along one side of a tile
  buffer: 64, // units drawn beyond the edge, so that strokes do not break
  maxZoom: 16, // a unit is 15 cm there
};

/** A tile of WebMercatorQuad: column `x` from the west, row `y` from the north. */
export interface Tile {
  z: number;
  x: number;
  y: number;
}

export const HALF_METRES = 20_037_508.342789244; // from the equator to the edge of the square

const spanMetres = (z: number): number => (2 * HALF_METRES) / 2 ** z;

/** Throws a 404 that names the valid range. */
export function getTile(tileMatrix: number, tileRow: number, tileCol: number): Tile {
  const most = 2 ** tileMatrix - 1;
  const isWithin = (n: number, max: number) => n >= 0 && n <= max;
  if (!isWithin(tileMatrix, GRID.maxZoom))
    throw nothingHere('tile-matrix-missing', { matrix: tileMatrix, most: GRID.maxZoom });
  for (const [axis, number] of [
    ['row', tileRow],
    ['column', tileCol],
  ] as const)
    if (!isWithin(number, most))
      throw nothingHere('tile-missing', { matrix: tileMatrix, axis, number, most });
  return { z: tileMatrix, x: tileCol, y: tileRow };
}

/** Scale and offsets from EPSG:3857 metres to tile units, y downwards. */
export function gridOf({ z, x, y }: Tile): { scale: number; dx: number; dy: number } {
  const scale = GRID.extent / spanMetres(z);
  const west = x * spanMetres(z) - HALF_METRES;
  const north = HALF_METRES - y * spanMetres(z);
  return { scale, dx: -west * scale, dy: north * scale };
}

/** The tile with a margin (default: its buffer), in degrees. */
export function degreesOf({ z, x, y }: Tile, marginUnits = GRID.buffer): Edges {
  const margin = marginUnits / GRID.extent;
  const across = 2 ** z;
  return [
    longitudeAt((x - margin) / across),
    latitudeAt((y + 1 + margin) / across),
    longitudeAt((x + 1 + margin) / across),
    latitudeAt((y - margin) / across),
  ];
}

/** The tile of a position; outside the square, the nearest one. */
export function tileAt(z: number, lon: number, lat: number): Tile {
  const across = 2 ** z;
  const sine = Math.sin((lat * Math.PI) / 180);
  const down = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  const clamp = (n: number) => Math.max(0, Math.min(across - 1, Math.floor(n)));
  return { z, x: clamp((lon / 360 + 0.5) * across), y: clamp(down * across) };
}
