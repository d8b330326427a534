import { crossingName, EXERCISE_HATCH, hatchName } from '../symbols/sprite.images.ts';
import {
  BORDER_COLOUR,
  IMPACT_COLOURS,
  INK,
  PAPER,
  SEVERITY_COLOURS,
  ZONE_COLOURS,
} from '../symbols/symbol.palette.ts';
import { FONT, type NameLanguage } from './backdrop.style.ts';
import { countName, type TileLayer } from './tile.layers.ts';

/** A layer of a MapLibre style without its source. */
interface StyleLayer {
  id: string;
  type: string;
  'source-layer': string;
  [member: string]: unknown;
}

/** Properties that the styles read: shapes of pages carry them, as tiles do. */
export const STYLED_PROPERTIES = [
  'kind',
  'severity',
  'state',
  'nature',
  'impactLevel',
  'agreed',
  'horizontalAccuracyMetres',
  'stateDza',
  'stateTun',
  'stateLby',
  'nameEn',
  'nameFr',
  'nameAr',
] as const;

const OTHER_COLOURS = ['#7b2d26', '#1f4e5f', '#2a7f62', '#8a4fff', '#b3541e'];

type Of = (kind: string, suffix: string, members: object) => StyleLayer;
type Paint = (of: Of, names: ShownNames) => StyleLayer[];

/** How the layers of a tile layer are drawn; `index` chooses the colour of one without rules of its own. */
export function drawn(
  { id, type, isCounted }: TileLayer,
  index: number,
  language: NameLanguage | undefined,
): StyleLayer[] {
  const of = (kind: string, suffix: string, members: object): StyleLayer => ({
    id: id + suffix,
    type: kind,
    'source-layer': id,
    ...members,
  });
  if (isCounted) return cells(of, namesIn(language));
  return (OWN_RULES[id] ?? plain(type, OTHER_COLOURS[index % OTHER_COLOURS.length]!))(of, namesIn(language));
}

const get = (name: string) => ['get', name];
const orElse = (name: string, other: string) => ['coalesce', get(name), other];
const byZoom = (...stops: number[]) => ['interpolate', ['linear'], ['zoom'], ...stops];
const isIn = (name: string, ...words: string[]) => ['in', get(name), ['literal', words]];

/** The colour of each word of a property. */
const matched = (name: string, colours: Record<string, string>, other: string) => [
  'match',
  get(name),
  ...Object.entries(colours).flat(),
  other,
];

const severities = Object.fromEntries(
  Object.entries(SEVERITY_COLOURS).map(([severity, { fill }]) => [severity, fill]),
);
const ranks = Object.keys(SEVERITY_COLOURS).flatMap((severity, rank) => [severity, rank]);

interface ShownNames {
  /** The name in the language of the reader, otherwise in English. */
  one: unknown;
  /** The same, or in English and Arabic where the style has no language. */
  full: unknown;
}

const IN_TWO_LANGUAGES = [
  'format',
  orElse('nameEn', ''),
  {},
  '\n',
  {},
  orElse('nameAr', ''),
  { 'font-scale': 0.95 },
];
const PROPERTIES = { en: 'nameEn', fr: 'nameFr', ar: 'nameAr' } as const;

function namesIn(language: NameLanguage | undefined): ShownNames {
  if (!language) return { one: orElse('nameEn', ''), full: IN_TWO_LANGUAGES };
  const name = ['coalesce', get(PROPERTIES[language]), get('nameEn'), ''];
  return { one: name, full: name };
}

const haloed = { 'text-color': INK, 'text-halo-color': PAPER, 'text-halo-width': 1.5 };

/** The picture of an incident: twin of `symbolName`, compared by test/ogc/symbols.test.ts. */
export const INCIDENT_IMAGE = [
  'concat',
  orElse('kind', 'other'),
  '-',
  orElse('severity', 'minor'),
  ['case', isIn('state', 'closed', 'cancelled'), '-closed', ''],
  ['case', isIn('nature', 'exercise', 'test'), '-exercise', ''],
];

const incidents: Paint = (of) => [
  of('symbol', '', {
    layout: {
      'icon-image': INCIDENT_IMAGE,
      'icon-size': byZoom(5, 0.75, 11, 0.95, 15, 1.15),
      'icon-allow-overlap': true,
      // the gravest on top
      'symbol-sort-key': ['match', get('severity'), ...ranks, 0],
    },
  }),
];

// from west to east: Algeria, Tunisia, Libya
const stateOfSide = (...sides: string[]) => ['coalesce', ...sides.map(get), get('state'), 'unknown'];

/** The picture of a crossing: twin of `crossingName`, compared by test/ogc/map.test.ts. */
export const CROSSING_IMAGE = [
  'concat',
  ...crossingName('west', 'east')
    .split(/(west|east)/)
    .filter(Boolean)
    .map((part) => {
      if (part === 'west') return stateOfSide('stateDza', 'stateTun');
      return part === 'east' ? stateOfSide('stateLby', 'stateTun') : part;
    }),
];

const crossings: Paint = (of, { one, full }) => [
  of('symbol', '', {
    layout: {
      'icon-image': CROSSING_IMAGE,
      'icon-size': byZoom(4, 0.6, 9, 0.9, 14, 1.2),
      'icon-allow-overlap': true,
      'text-field': ['step', ['zoom'], '', 7, one, 9, full],
      'text-font': FONT,
      'text-size': byZoom(7, 10.5, 12, 13),
      'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
      'text-radial-offset': 1,
      'text-optional': true,
    },
    paint: haloed,
  }),
];

const segments: Paint = (of) => [
  of('line', '', {
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': matched('impactLevel', IMPACT_COLOURS, '#8d93a0'),
      'line-width': byZoom(4, 2.5, 8, 4, 14, 7),
      'line-opacity': 0.75,
    },
  }),
];

const borders: Paint = (of) => [
  of('line', '', {
    layout: { 'line-join': 'round' },
    paint: { 'line-color': BORDER_COLOUR, 'line-width': byZoom(4, 1.5, 8, 2, 14, 3) },
  }),
];

const isAgreed = ['to-boolean', ['coalesce', get('agreed'), true]];
const rests = isIn('state', 'suspended', 'expired', 'withdrawn');
const zoneColour = (other: string) => ['case', rests, '#6d7480', matched('kind', ZONE_COLOURS, other)];

/** Filled when agreed, hatched until then; grey when out of force. */
const zones: Paint = (of, { one }) => [
  of('fill', '', {
    paint: {
      'fill-color': zoneColour(BORDER_COLOUR),
      'fill-opacity': ['case', ['!', isAgreed], 0.03, rests, 0.07, 0.16],
    },
  }),
  of('fill', '-hatch', {
    filter: ['all', isAgreed, isIn('kind', 'exercise')],
    paint: { 'fill-pattern': EXERCISE_HATCH },
  }),
  of('fill', '-proposed', {
    filter: ['!', isAgreed],
    paint: { 'fill-pattern': ['concat', hatchName(''), orElse('kind', 'patrol_sector')] },
  }),
  of('line', '-edge', {
    filter: isAgreed,
    layout: { 'line-join': 'round' },
    paint: { 'line-color': zoneColour(BORDER_COLOUR), 'line-width': byZoom(5, 1.2, 12, 2.5) },
  }),
  of('line', '-proposed-edge', {
    filter: ['!', isAgreed],
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': zoneColour(BORDER_COLOUR),
      'line-width': byZoom(5, 1.2, 12, 2.5),
      'line-dasharray': [3, 2],
    },
  }),
  of('symbol', '-name', {
    minzoom: 6,
    layout: {
      'text-field': one,
      'text-font': FONT,
      'text-size': 11.5,
      'text-max-width': 9,
      'text-padding': 24,
    },
    paint: { ...haloed, 'text-color': zoneColour(INK) },
  }),
];

const OWN_RULES: Record<string, Paint> = { incidents, crossings, segments, impact: segments, borders, zones };

const isAmong = (severity: string) => ['>', ['coalesce', get(countName('severity', severity)), 0], 0];

/** Counted by severity; a cell has the colour of its gravest incident. */
const cells: Paint = (of) => [
  of('circle', '', {
    paint: {
      'circle-color': [
        'case',
        ...Object.entries(severities)
          .toReversed()
          .flatMap(([severity, fill]) => [isAmong(severity), fill]),
        severities.minor,
      ],
      'circle-opacity': 0.82,
      'circle-radius': ['interpolate', ['linear'], ['log10', get('count')], 0, 7, 5, 26],
      // a dark ring, so that the gravest do not hang on colour alone
      'circle-stroke-color': ['case', isAmong('extreme'), INK, isAmong('severe'), INK, PAPER],
      'circle-stroke-width': ['case', isAmong('extreme'), 2.6, isAmong('severe'), 1.2, 1.2],
    },
  }),
  of('symbol', '-count', {
    filter: ['>', get('count'), 1],
    layout: {
      'text-field': ['number-format', get('count'), { locale: 'en' }],
      'text-font': FONT,
      'text-size': ['interpolate', ['linear'], ['log10', get('count')], 0, 10, 5, 15],
      'text-padding': 0,
    },
    paint: haloed,
  }),
];

function plain(type: TileLayer['type'], colour: string): Paint {
  switch (type) {
    case 'MultiPolygon':
      return (of) => [
        of('fill', '', { paint: { 'fill-color': colour, 'fill-opacity': 0.2 } }),
        of('line', '-edge', { paint: { 'line-color': colour, 'line-width': 1.5 } }),
      ];
    case 'LineString':
      return (of) => [of('line', '', { paint: { 'line-color': colour, 'line-width': 2 } })];
    case 'Point':
      return (of) => [
        of('circle', '', {
          paint: {
            'circle-color': colour,
            'circle-radius': byZoom(6, 4, 14, 7),
            'circle-stroke-color': PAPER,
            'circle-stroke-width': 1,
          },
        }),
      ];
  }
}
