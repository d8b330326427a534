import type { FeatureCollection } from 'geojson';
import type { FilterSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { BASE } from '../app/place.ts';
import { circleAround, type Place } from './place.circle.ts';

/** The vector tiles of incidents alone, which have the filters of the list. */
export const INCIDENT_TILES = 'incident-tiles';
/** The vector tiles of everything else. */
export const REFERENCE_TILES = 'reference';
/** Incidents that changed a moment ago: drawn above the tiles until those hold them. */
export const FRESH = 'fresh';
/** The selected incident, and the circle within which it lies. */
export const SELECTED = 'selected';
/** The incident under the pointer in the list. */
export const POINTED = 'pointed';

const SERVICE = 'tripoint'; // the source of the style document
const REFERENCE = ['borders', 'impact', 'zones', 'crossings'];
const SELECTED_COLOUR = '#1264d8';

/** Layers that a pointer finds, the uppermost first. */
export const TOUCHED = ['fresh', 'incidents', 'incidents-cells', 'crossings', 'zones', 'zones-proposed'];

/** What a person can leave out, with the layers of each. */
export const SWITCHED = {
  incidents: /^(incidents|fresh)/,
  crossings: /^crossings/,
  zones: /^zones/,
  impact: /^impact/,
  borders: /^backdrop-borders-accuracy/,
  names: /^backdrop-(towns|areas|seas|countries)/,
} as const;
export type Switch = keyof typeof SWITCHED;
export const SWITCHES = Object.keys(SWITCHED) as Switch[];

export interface DrawnIncident extends Place {
  id: string;
  properties: Record<string, unknown>;
}

interface StyleParts {
  /** The search parameters of the incidents' tiles. */
  query: string;
  fresh: readonly DrawnIncident[];
  selected: DrawnIncident | undefined;
  /** The selected zone or crossing. */
  item: string;
  hidden: readonly string[];
}

/** The style of the service with the filters, the selection and the switches of this screen. */
export function styleOfScreen(style: StyleSpecification, parts: StyleParts): StyleSpecification {
  const { [SERVICE]: _, ...ground } = style.sources;
  const drawn = style.layers.filter((layer) => isDrawn(layer)).map((layer) => ofScreen(layer));
  const icons = drawn.find(({ id }) => id === 'incidents')!;
  return {
    ...style,
    sources: {
      ...ground,
      [REFERENCE_TILES]: vector(`/tiles/WebMercatorQuad/{z}/{y}/{x}?collections=${REFERENCE}`, REFERENCE),
      [INCIDENT_TILES]: vector(incidentTiles(parts.query), ['incidents', 'incidents-cells']),
      [FRESH]: { type: 'geojson', data: featuresOf(parts.fresh), promoteId: 'id' },
      [SELECTED]: { type: 'geojson', data: selectionOf(parts.selected) },
      [POINTED]: { type: 'geojson', data: featuresOf([]) },
    },
    layers: [...drawn, ...ofItem(parts.item), ...freshLayers(icons), ...selectionLayers()].map((layer) =>
      withSwitch(layer, parts.hidden),
    ),
  };
}

export const incidentTiles = (query: string): string =>
  `/collections/incidents/tiles/WebMercatorQuad/{z}/{y}/{x}${query && `?${query}`}`;

export const addressOf = (path: string): string => `${location.origin}${BASE}${path}`;

const vector = (path: string, layers: readonly string[]) => ({
  type: 'vector' as const,
  tiles: [addressOf(path)],
  maxzoom: 16,
  promoteId: Object.fromEntries(layers.map((layer) => [layer, 'id'])),
});

const sourceLayerOf = (layer: LayerSpecification): string | undefined =>
  'source' in layer && layer.source === SERVICE ? String(layer['source-layer']) : undefined;

function isDrawn(layer: LayerSpecification): boolean {
  const name = sourceLayerOf(layer);
  return name === undefined || REFERENCE.includes(name) || name.startsWith('incidents');
}

function ofScreen(layer: LayerSpecification): LayerSpecification {
  const name = sourceLayerOf(layer);
  if (name === undefined) return layer;
  return {
    ...layer,
    source: name.startsWith('incidents') ? INCIDENT_TILES : REFERENCE_TILES,
  } as LayerSpecification;
}

export function isHidden({ id }: { id: string }, hidden: readonly string[]): boolean {
  const found = SWITCHES.find((one) => SWITCHED[one].test(id));
  return found !== undefined && hidden.includes(found);
}

const withSwitch = (layer: LayerSpecification, hidden: readonly string[]): LayerSpecification =>
  ({
    ...layer,
    layout: { ...layer.layout, visibility: isHidden(layer, hidden) ? 'none' : 'visible' },
  }) as LayerSpecification;

/** The selected zone or crossing. */
export const isItem = (item: string): FilterSpecification => ['==', ['get', 'id'], item];
export const ITEM_LAYERS = ['zones-selected', 'crossings-selected'];

const ofItem = (item: string): LayerSpecification[] => [
  {
    id: 'zones-selected',
    type: 'line',
    source: REFERENCE_TILES,
    'source-layer': 'zones',
    filter: isItem(item),
    layout: { 'line-join': 'round' },
    paint: { 'line-color': SELECTED_COLOUR, 'line-width': 5, 'line-opacity': 0.7 },
  },
  {
    id: 'crossings-selected',
    type: 'circle',
    source: REFERENCE_TILES,
    'source-layer': 'crossings',
    filter: isItem(item),
    paint: ringOf(17),
  },
];

const ringOf = (radius: number) => ({
  'circle-radius': radius,
  'circle-opacity': 0,
  'circle-stroke-color': SELECTED_COLOUR,
  'circle-stroke-width': 3,
});

const freshLayers = (icons: LayerSpecification): LayerSpecification[] => [
  {
    id: 'fresh-ring',
    type: 'circle',
    source: FRESH,
    paint: { ...ringOf(18), 'circle-stroke-color': '#b3261e', 'circle-stroke-width': 2 },
  },
  { id: 'fresh', type: 'symbol', source: FRESH, layout: icons.layout } as LayerSpecification,
];

const selectionLayers = (): LayerSpecification[] => [
  {
    id: 'selected-circle',
    type: 'fill',
    source: SELECTED,
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': SELECTED_COLOUR, 'fill-opacity': 0.12 },
  },
  {
    id: 'selected-circle-edge',
    type: 'line',
    source: SELECTED,
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'line-color': SELECTED_COLOUR, 'line-width': 1.5, 'line-dasharray': [3, 2] },
  },
  {
    id: 'selected-ring',
    type: 'circle',
    source: SELECTED,
    filter: ['==', ['geometry-type'], 'Point'],
    paint: ringOf(19),
  },
  {
    id: 'pointed-ring',
    type: 'circle',
    source: POINTED,
    paint: { ...ringOf(16), 'circle-stroke-width': 2 },
  },
];

export const featuresOf = (incidents: readonly DrawnIncident[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: incidents.map(pointOf),
});

const pointOf = ({ id, lon, lat, properties }: DrawnIncident) => ({
  type: 'Feature' as const,
  properties: { ...properties, id },
  geometry: { type: 'Point' as const, coordinates: [lon, lat] },
});

/** The ring around an incident, and its circle of error. */
export function selectionOf(incident: DrawnIncident | undefined): FeatureCollection {
  if (!incident) return featuresOf([]);
  const metres = Number(incident.properties.horizontalAccuracyMetres) || 0;
  const circle = {
    type: 'Feature' as const,
    properties: {},
    geometry: { type: 'Polygon' as const, coordinates: [circleAround(incident, metres)] },
  };
  return {
    type: 'FeatureCollection' as const,
    features: [...(metres > 0 ? [circle] : []), pointOf(incident)],
  };
}
