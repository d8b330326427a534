import { INK, PAPER, SEVERITY_COLOURS, type SymbolSeverity } from './symbol.palette.ts';

/** Width and height of a symbol in units of its drawing; a map shows it at this size in pixels. */
export const SYMBOL_SIZE = 28;

/** Radius of the disc by severity, so that severity does not hang on colour alone. */
const RADII: Record<SymbolSeverity, number> = { minor: 9.5, moderate: 10.5, severe: 11.5, extreme: 12.5 };

/** Signs of kinds, as paths in a square of 24: lines of round ends, and areas. */
export const KIND_SIGNS = {
  irregular_crossing: { lines: 'M12 4v3M12 10.5v3M12 17v3M5 12h12M13.5 8l4 4-4 4' },
  smuggling_goods: { lines: 'M5 9h14v10H5zM5 9l3-4h8l3 4M12 5v8' },
  smuggling_fuel: { lines: 'M7 8h10v12H7zM10 8V5h6M9.5 11l5 6M14.5 11l-5 6' },
  trafficking_suspected: { lines: 'M9 8a4 4 0 1 0 0 8h2M15 16a4 4 0 1 0 0-8h-2M9 12h6' },
  armed_incident: { lines: 'M12 7a5 5 0 1 0 0 10 5 5 0 1 0 0-10M12 4v5M12 15v5M4 12h5M15 12h5' },
  infiltration_suspected: { lines: 'M6 6l6 6-6 6M12 6l6 6-6 6' },
  unattributed_vehicle_or_craft: { lines: 'M8.5 9.5a3.5 3.5 0 1 1 5 3.1c-1.1.6-1.5 1.3-1.5 2.6M12 18.6v.4' },
  distress: {
    lines:
      'M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 1 0 0-15M12 9a3 3 0 1 0 0 6 3 3 0 1 0 0-6M6.7 6.7l3.2 3.2M14.1 14.1l3.2 3.2M17.3 6.7l-3.2 3.2M9.9 14.1l-3.2 3.2',
  },
  fire: {
    area: 'M13 3c.6 3.4 5 5.6 5 10.5a6 6 0 0 1-12 0c0-2.3 1.2-3.9 2.3-5 .3 1.4.9 2.2 1.7 2.6C9.7 8 11 5 13 3z',
  },
  flood: {
    lines:
      'M4 8c2-2 3.3-2 5.3 0s3.4 2 5.4 0 3.3-2 5.3 0M4 13c2-2 3.3-2 5.3 0s3.4 2 5.4 0 3.3-2 5.3 0M4 18c2-2 3.3-2 5.3 0s3.4 2 5.4 0 3.3-2 5.3 0',
  },
  mine_or_uxo: {
    area: 'M11 9a5.5 5.5 0 1 0 0 11 5.5 5.5 0 1 0 0-11z',
    lines: 'M14.5 10.5l2.5-3M17 7.5c1.5-1.5 2.5 0 3-2',
  },
  health_event: { area: 'M9.8 5h4.4v4.8H19v4.4h-4.8V19H9.8v-4.8H5V9.8h4.8z' },
  crossing_closure: { lines: 'M6 6l12 12M18 6L6 18' },
  infrastructure: { lines: 'M12 4L7.5 20M12 4l4.5 16M9 14.5h6M6 9h12' },
  other: { area: 'M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 1 0 0-7z' },
} as const satisfies Record<string, { lines?: string; area?: string }>;

export type SignedKind = keyof typeof KIND_SIGNS;

export interface IncidentSymbol {
  kind: SignedKind;
  severity: SymbolSeverity;
  /** Closed and cancelled incidents are hollow. */
  isClosed: boolean;
  /** Exercises and tests have a hatched edge. */
  isExercise: boolean;
}

/** The name of a symbol's image, such as `fire-severe-closed-exercise`. */
export const symbolName = ({ kind, severity, isClosed, isExercise }: IncidentSymbol): string =>
  `${kind}-${severity}${isClosed ? '-closed' : ''}${isExercise ? '-exercise' : ''}`;

/** Every symbol, in the order of a sprite. */
export const INCIDENT_SYMBOLS: readonly IncidentSymbol[] = (Object.keys(KIND_SIGNS) as SignedKind[]).flatMap(
  (kind) =>
    (Object.keys(SEVERITY_COLOURS) as SymbolSeverity[]).flatMap((severity) =>
      [false, true].flatMap((isClosed) =>
        [false, true].map((isExercise) => ({ kind, severity, isClosed, isExercise })),
      ),
    ),
);

const CENTRE = SYMBOL_SIZE / 2;
const EDGE = 3; // width of the ring that is hollow or hatched

const circle = (radius: number, attributes: string): string =>
  `<circle cx="${CENTRE}" cy="${CENTRE}" r="${radius}" ${attributes}/>`;

/** A symbol as an SVG element of its own: disc, ring and sign. */
export const symbolSvg = (symbol: IncidentSymbol): string =>
  svg(
    SYMBOL_SIZE,
    disc(symbol) + sign(symbol, symbol.isClosed ? INK : SEVERITY_COLOURS[symbol.severity].ink),
  );

/** Disc and ring alone. */
export const discSvg = (symbol: Omit<IncidentSymbol, 'kind'>): string => svg(SYMBOL_SIZE, disc(symbol));

/** The sign alone, in a square of 24. */
export const signSvg = (kind: SignedKind, ink: string): string => svg(24, paths(kind, ink));

/** Width of the sign on a disc, in units of the symbol. */
export const signSize = (severity: SymbolSeverity): number => 2 * (RADII[severity] - EDGE) * 0.92;

const svg = (size: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}">${content}</svg>`;

function disc({ severity, isClosed, isExercise }: Omit<IncidentSymbol, 'kind'>): string {
  const { fill } = SEVERITY_COLOURS[severity];
  const radius = RADII[severity];
  const ring = radius - EDGE / 2;
  const dashes = (2 * Math.PI * ring) / 16;
  return [
    circle(radius + 1, `fill="${PAPER}"`),
    circle(radius, `fill="${isClosed ? PAPER : fill}" stroke="${INK}" stroke-width="0.8"`),
    isClosed && circle(ring, `fill="none" stroke="${fill}" stroke-width="${EDGE}"`),
    isExercise &&
      circle(
        ring,
        `fill="none" stroke="${PAPER}" stroke-width="${EDGE}" stroke-dasharray="${dashes.toFixed(3)}"`,
      ),
    isExercise && circle(radius, `fill="none" stroke="${INK}" stroke-width="0.8"`),
  ]
    .filter(Boolean)
    .join('');
}

/** The sign of the kind inside the ring. */
function sign({ kind, severity }: IncidentSymbol, ink: string): string {
  const scale = signSize(severity) / 24;
  return `<g transform="translate(${CENTRE} ${CENTRE}) scale(${scale.toFixed(4)}) translate(-12 -12)">${paths(kind, ink)}</g>`;
}

function paths(kind: SignedKind, ink: string): string {
  const { lines, area }: { lines?: string; area?: string } = KIND_SIGNS[kind];
  return [
    `<g stroke="${ink}" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" fill="none">`,
    lines && `<path d="${lines}"/>`,
    area && `<path d="${area}" fill="${ink}" stroke="none"/>`,
    '</g>',
  ]
    .filter(Boolean)
    .join('');
}
