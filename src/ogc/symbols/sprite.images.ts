import { INCIDENT_SYMBOLS, SYMBOL_SIZE, symbolName, symbolSvg } from './incident.symbol.ts';
import { CROSSING_COLOURS, PAPER, ZONE_COLOURS } from './symbol.palette.ts';

export interface SpriteImage {
  name: string;
  size: number;
  svg: string;
}

const CROSSING_SIZE = 20;
const HATCH_SIZE = 16;

type CrossingState = keyof typeof CROSSING_COLOURS;

/** Marks inside the square of a crossing, so that its state does not hang on colour alone. */
const CROSSING_SIGNS: Record<CrossingState, string> = {
  open: 'M6.5 10.5l2.5 2.5 4.5-5.5',
  restricted: 'M6 10h8',
  closed: 'M7 7l6 6M13 7l-6 6',
  unknown: 'M10 9.9v.2',
};

/** A square on its corner. */
export const crossingSvg = (state: CrossingState): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${CROSSING_SIZE}" height="${CROSSING_SIZE}" viewBox="0 0 20 20"><path d="M10 .8l9.2 9.2-9.2 9.2L.8 10z" fill="${CROSSING_COLOURS[state]}" stroke="${PAPER}" stroke-width="1.5"/><path d="${CROSSING_SIGNS[state]}" fill="none" stroke="${PAPER}" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** Stripes that repeat without a seam. */
const hatchSvg = (): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${HATCH_SIZE}" height="${HATCH_SIZE}" viewBox="0 0 16 16"><path d="M-2 10L10-2M6 18L18 6M-2 18L18-2" stroke="${ZONE_COLOURS.exercise}" stroke-opacity="0.45" stroke-width="2"/></svg>`;

export const crossingName = (state: string): string => `crossing-${state}`;
export const HATCH = 'hatch';

/** Every picture that a map style of the service names. */
export const SPRITE_IMAGES: readonly SpriteImage[] = [
  ...INCIDENT_SYMBOLS.map((symbol) => ({
    name: symbolName(symbol),
    size: SYMBOL_SIZE,
    svg: symbolSvg(symbol),
  })),
  ...(Object.keys(CROSSING_COLOURS) as CrossingState[]).map((state) => ({
    name: crossingName(state),
    size: CROSSING_SIZE,
    svg: crossingSvg(state),
  })),
  { name: HATCH, size: HATCH_SIZE, svg: hatchSvg() },
];
