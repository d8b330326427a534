import { numberOf } from './words.ts';

/** `350 m`, `12.4 km`. */
export const distanceOf = (metres: number): string =>
  metres < 1_000
    ? numberOf(Math.round(metres), { style: 'unit', unit: 'meter' })
    : numberOf(metres / 1_000, {
        style: 'unit',
        unit: 'kilometer',
        maximumFractionDigits: metres < 20_000 ? 1 : 0,
      });
