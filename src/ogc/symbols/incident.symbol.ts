import { INK, PAPER, SEVERITY_COLOURS, type SymbolSeverity } from './symbol.palette.ts';

/** Width and height of a symbol in units of its drawing; a map shows it at this size in pixels. */
export const SYMBOL_SIZE = 28;

interface Plate {
  /** Of the circle around its corners. */
  radius: number;
  /** 0: a disc. */
  corners: number;
  /** Radius of the corners between those, as a share: a star. */
  between?: number;
}

/** The plate by severity: severity shows in shape and size, not in colour alone. */
const PLATES: Record<SymbolSeverity, Plate> = {
  minor: { radius: 9.5, corners: 0 },
  moderate: { radius: 12.6, corners: 4 },
  severe: { radius: 12.8, corners: 6 },
  extreme: { radius: 13.6, corners: 9, between: 0.82 },
};

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
const EDGE = 3; // width of the ring that is hatched
const HOLLOW_EDGE = 2.4;

type Corner = readonly [x: number, y: number];

/** Corners of a plate, `inset` inside its edge; a square stands on its side, all others on a corner or a point. */
function cornersOf({ radius, corners, between }: Plate, inset: number): Corner[] {
  const steps = between === undefined ? corners : 2 * corners;
  const turn = corners === 4 ? Math.PI / 4 : 0;
  return Array.from({ length: steps }, (_, i) => {
    const reach = (between !== undefined && i % 2 === 1 ? radius * between : radius) - inset;
    const angle = turn + (2 * Math.PI * i) / steps;
    return [CENTRE + reach * Math.sin(angle), CENTRE - reach * Math.cos(angle)];
  });
}

/** The edge of a plate as an element, with its length. */
function outline(plate: Plate, inset: number, attributes: string): { svg: string; length: number } {
  const radius = plate.radius - inset;
  if (plate.corners === 0)
    return {
      svg: `<circle cx="${CENTRE}" cy="${CENTRE}" r="${radius}" ${attributes}/>`,
      length: 2 * Math.PI * radius,
    };
  const corners = cornersOf(plate, inset);
  const path = corners.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join('L');
  const length = corners.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % corners.length]!;
    return sum + Math.hypot(nextX - x, nextY - y);
  }, 0);
  return { svg: `<path d="M${path}z" stroke-linejoin="round" ${attributes}/>`, length };
}

/** A symbol as an SVG element of its own: plate, ring and sign. */
export const symbolSvg = (symbol: IncidentSymbol): string =>
  svg(
    SYMBOL_SIZE,
    plate(symbol) + sign(symbol, symbol.isClosed ? INK : SEVERITY_COLOURS[symbol.severity].ink),
  );

/** Plate and ring alone. */
export const plateSvg = (symbol: Omit<IncidentSymbol, 'kind'>): string => svg(SYMBOL_SIZE, plate(symbol));

/** The sign alone, in a square of 24. */
export const signSvg = (kind: SignedKind, ink: string): string => svg(24, paths(kind, ink));

const SIGN_SIZES: Record<SymbolSeverity, number> = { minor: 12, moderate: 13.4, severe: 15, extreme: 16.4 };

/** Width of the sign on a plate, in units of the symbol. */
export const signSize = (severity: SymbolSeverity): number => SIGN_SIZES[severity];

const svg = (size: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}">${content}</svg>`;

function plate({ severity, isClosed, isExercise }: Omit<IncidentSymbol, 'kind'>): string {
  const { fill } = SEVERITY_COLOURS[severity];
  const shape = PLATES[severity];
  const ring = EDGE / 2;
  // dashes along a star would cut its points off
  const hatched = shape.between ? { radius: shape.radius * shape.between + 0.8, corners: 0 } : shape;
  const dashes = (outline(hatched, ring, '').length / 16).toFixed(3);
  const edge = (inset: number, attributes: string) => outline(shape, inset, attributes).svg;
  return [
    edge(-0.6, `fill="${PAPER}"`),
    edge(0.4, `fill="${isClosed ? PAPER : fill}" stroke="${INK}" stroke-width="0.8"`),
    isClosed && edge(HOLLOW_EDGE / 2, `fill="none" stroke="${fill}" stroke-width="${HOLLOW_EDGE}"`),
    isExercise &&
      outline(
        hatched,
        ring,
        `fill="none" stroke="${PAPER}" stroke-width="${EDGE}" stroke-dasharray="${dashes}"`,
      ).svg,
    isExercise && edge(0.4, `fill="none" stroke="${INK}" stroke-width="0.8"`),
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
