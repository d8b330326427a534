import { crossingName, HATCH } from '../symbols/sprite.images.ts';
import {
  BORDER_COLOUR,
  IMPACT_COLOURS,
  INK,
  PAPER,
  SEVERITY_COLOURS,
  ZONE_COLOURS,
} from '../symbols/symbol.palette.ts';
import { FONT } from './backdrop.style.ts';
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
  'nameEn',
  'nameAr',
] as const;

const OTHER_COLOURS = ['#7b2d26', '#1f4e5f', '#2a7f62', '#8a4fff', '#b3541e'];

type Paint = (of: (kind: string, suffix: string, members: object) => StyleLayer) => StyleLayer[];

/** How the layers of a tile layer are drawn; `index` chooses the colour of one without rules of its own. */
export function drawn({ id, type, isCounted }: TileLayer, index: number): StyleLayer[] {
  const of = (kind: string, suffix: string, members: object): StyleLayer => ({
    id: id + suffix,
    type: kind,
    'source-layer': id,
    ...members,
  });
  if (isCounted) return cells(of);
  return (OWN_RULES[id] ?? plain(type, OTHER_COLOURS[index % OTHER_COLOURS.length]!))(of);
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
const NAME = ['format', orElse('nameEn', ''), {}, '\n', {}, orElse('nameAr', ''), { 'font-scale': 0.95 }];

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

const crossings: Paint = (of) => [
  of('symbol', '', {
    layout: {
      'icon-image': ['concat', crossingName(''), orElse('state', 'unknown')],
      'icon-size': byZoom(4, 0.7, 9, 1, 14, 1.3),
      'icon-allow-overlap': true,
      'text-field': ['step', ['zoom'], '', 7, orElse('nameEn', ''), 9, NAME],
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

const zones: Paint = (of) => [
  of('fill', '', {
    paint: { 'fill-color': matched('kind', ZONE_COLOURS, BORDER_COLOUR), 'fill-opacity': 0.16 },
  }),
  of('fill', '-hatch', { filter: isIn('kind', 'exercise'), paint: { 'fill-pattern': HATCH } }),
  of('line', '-edge', {
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': matched('kind', ZONE_COLOURS, BORDER_COLOUR),
      'line-width': byZoom(5, 1.2, 12, 2.5),
    },
  }),
  of('symbol', '-name', {
    minzoom: 6,
    layout: { 'text-field': orElse('nameEn', ''), 'text-font': FONT, 'text-size': 11.5, 'text-max-width': 9 },
    paint: { ...haloed, 'text-color': matched('kind', ZONE_COLOURS, INK) },
  }),
];

const OWN_RULES: Record<string, Paint> = { incidents, crossings, segments, impact: segments, borders, zones };

/** Counted by severity; a cell has the colour of its gravest incident. */
const cells: Paint = (of) => [
  of('circle', '', {
    paint: {
      'circle-color': [
        'case',
        ...Object.entries(severities)
          .toReversed()
          .flatMap(([severity, fill]) => [
            ['>', ['coalesce', get(countName('severity', severity)), 0], 0],
            fill,
          ]),
        severities.minor,
      ],
      'circle-opacity': 0.82,
      'circle-radius': ['interpolate', ['linear'], ['log10', get('count')], 0, 7, 5, 26],
      'circle-stroke-color': PAPER,
      'circle-stroke-width': 1.2,
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
