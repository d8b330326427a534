import { INCIDENT_SYMBOLS, SYMBOL_SIZE, symbolName, symbolSvg } from './incident.symbol.ts';
import { CROSSING_COLOURS, PAPER, ZONE_COLOURS } from './symbol.palette.ts';

export interface SpriteImage {
  name: string;
  size: number;
  svg: string;
}

const CROSSING_SIZE = 26;
const HATCH_SIZE = 16;

type CrossingState = keyof typeof CROSSING_COLOURS;

/** Marks inside the square of a crossing, so that its state does not hang on colour alone. */
const CROSSING_SIGNS: Record<CrossingState, string> = {
  open: 'M9 13.5l3 3 5-6.5',
  restricted: 'M8.5 13h9',
  closed: 'M9.5 9.5l7 7M16.5 9.5l-7 7',
  unknown: 'M13 12.9v.2',
};

/** The same marks in the western half, where the sides differ; relative after each `M`. */
const HALF_SIGNS: Record<CrossingState, string> = {
  open: 'M6.6 13.3l1.7 1.8 2.6-4',
  restricted: 'M6.4 13h4.6',
  closed: 'M7 11.2l3.6 3.6M10.6 11.2l-3.6 3.6',
  unknown: 'M8.8 12.9v.2',
};

/** A square on its corner: the western half shows the state of the western side, the eastern half that of the other. */
export const crossingSvg = (west: CrossingState, east: CrossingState): string => {
  const half = (path: string, state: CrossingState) =>
    `<path d="${path}" fill="${CROSSING_COLOURS[state]}"/>`;
  const lines = west === east ? CROSSING_SIGNS[west] : [HALF_SIGNS[west], moved(HALF_SIGNS[east])].join('');
  return svg(
    CROSSING_SIZE,
    [
      half('M13 1.2v23.6L1.2 13z', west),
      half('M13 1.2v23.6L24.8 13z', east),
      `<path d="M13 1.2L24.8 13 13 24.8 1.2 13z" fill="none" stroke="${PAPER}" stroke-width="1.6"/>`,
      west !== east && `<path d="M13 2v22" stroke="${PAPER}" stroke-width="1.2"/>`,
      `<path d="${lines}" fill="none" stroke="${PAPER}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`,
    ]
      .filter(Boolean)
      .join(''),
  );
};

const svg = (size: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}">${content}</svg>`;

/** A path of the western half, in the eastern one: 8.4 units to the east. */
const moved = (path: string): string =>
  path.replaceAll(/M([\d.]+)/g, (_, x: string) => `M${Number(x) + 8.4}`);

/** Stripes that repeat without a seam. */
const hatchSvg = (colour: string, isRising: boolean): string =>
  svg(
    HATCH_SIZE,
    `<path d="M-2 10L10-2M6 18L18 6M-2 18L18-2" ${isRising ? '' : 'transform="matrix(-1 0 0 1 16 0)" '}stroke="${colour}" stroke-opacity="0.45" stroke-width="2"/>`,
  );

/** A piece of a zone that is not agreed yet, for legends. */
export const hatchedAreaSvg = (kind: keyof typeof ZONE_COLOURS): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="26" height="16"><path d="M-1 9L9-1M3 17L21-1M15 17L27 5" stroke="${ZONE_COLOURS[kind]}" stroke-opacity="0.6" stroke-width="2"/><path d="M1 1h24v14H1z" fill="none" stroke="${ZONE_COLOURS[kind]}" stroke-width="1.5" stroke-dasharray="3 2"/></svg>`;

/** The picture of a crossing by the states of its western and its eastern side. */
export const crossingName = (west: string, east: string): string => `crossing-${west}-${east}`;
/** The pattern of a zone that is not agreed yet. */
export const hatchName = (kind: string): string => `hatch-${kind}`;
/** The pattern of zones for exercises. */
export const EXERCISE_HATCH = 'hatch';

const STATES = Object.keys(CROSSING_COLOURS) as CrossingState[];

/** Every picture that a map style of the service names. */
export const SPRITE_IMAGES: readonly SpriteImage[] = [
  ...INCIDENT_SYMBOLS.map((symbol) => ({
    name: symbolName(symbol),
    size: SYMBOL_SIZE,
    svg: symbolSvg(symbol),
  })),
  ...STATES.flatMap((west) =>
    STATES.map((east) => ({
      name: crossingName(west, east),
      size: CROSSING_SIZE,
      svg: crossingSvg(west, east),
    })),
  ),
  { name: EXERCISE_HATCH, size: HATCH_SIZE, svg: hatchSvg(ZONE_COLOURS.exercise, true) },
  ...Object.entries(ZONE_COLOURS).map(([kind, colour]) => ({
    name: hatchName(kind),
    size: HATCH_SIZE,
    svg: hatchSvg(colour, false),
  })),
];
