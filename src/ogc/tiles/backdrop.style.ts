import { assetUrl } from '../../http/assets.ts';

/*
 * The ground of every map: land, sea, borders and names, without any other host. Land is not the country polygons, which
 * hold the territorial sea (docs/decisions/0039-map.md).
 */

export const SEA = '#d3e3ec';
export const LAND = '#f6f2e7';
const LAKE = '#e0e6e1'; // mostly salt flats, dry for most of the year
const NEIGHBOURS = '#eae6da';
const COAST = '#9db6c4';
const BORDER = '#4a3f55';
const NAMES = '#5b564b';

/** Text of a browser's own fonts: MapLibre draws without glyphs of a host, and shapes Arabic itself. */
export const FONT = ['sans-serif'];

const OSM = '© OpenStreetMap contributors (ODbL 1.0)';

/** Sources of the ground at absolute addresses. */
export const backdropSources = (origin: string) => {
  const source = (name: string, attribution: string) => ({
    type: 'geojson',
    data: origin + assetUrl(name),
    attribution,
  });
  return {
    'backdrop-land': source('land.geojson', OSM),
    'backdrop-neighbours': source('neighbours.geojson', 'Natural Earth'),
    'backdrop-lakes': source('lakes.geojson', OSM),
    'backdrop-borders': source('borders.geojson', OSM),
    'backdrop-names': source('names.geojson', 'GeoNames (CC BY 4.0)'),
  };
};

const width = (...stops: number[]) => ['interpolate', ['linear'], ['zoom'], ...stops];

/** Below the layers of the service. */
export const GROUND = [
  { id: 'backdrop-sea', type: 'background', paint: { 'background-color': SEA } },
  {
    // below the land of all countries, so that only its outer half shows, and only at the sea
    id: 'backdrop-coast',
    type: 'line',
    source: 'backdrop-land',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COAST, 'line-width': 2 },
  },
  {
    id: 'backdrop-neighbours',
    type: 'fill',
    source: 'backdrop-neighbours',
    paint: { 'fill-color': NEIGHBOURS, 'fill-outline-color': '#c9c3b2' },
  },
  { id: 'backdrop-land', type: 'fill', source: 'backdrop-land', paint: { 'fill-color': LAND } },
  { id: 'backdrop-lakes', type: 'fill', source: 'backdrop-lakes', paint: { 'fill-color': LAKE } },
  {
    id: 'backdrop-borders',
    type: 'line',
    source: 'backdrop-borders',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': BORDER, 'line-width': width(4, 1, 8, 1.6, 14, 2.5), 'line-dasharray': [4, 2] },
  },
];

const isKind = (...kinds: string[]) => ['in', ['get', 'kind'], ['literal', kinds]];
const inTwoLanguages = ['format', ['get', 'en'], {}, '\n', {}, ['get', 'ar'], { 'font-scale': 0.95 }];
const haloed = (colour: string, halo: string = LAND) => ({
  'text-color': colour,
  'text-halo-color': halo,
  'text-halo-width': 1.4,
});

const towns = (rank: number, minzoom: number, size: number) => ({
  id: `backdrop-towns-${rank}`,
  type: 'symbol',
  source: 'backdrop-names',
  minzoom,
  filter: ['all', isKind('town'), ['==', ['get', 'rank'], rank]],
  layout: {
    'text-field': ['step', ['zoom'], ['get', 'en'], minzoom + 1.5, inTwoLanguages],
    'text-font': FONT,
    'text-size': width(minzoom, size, minzoom + 5, size + 3),
    'text-anchor': 'center',
    'text-padding': 4,
  },
  paint: haloed(NAMES),
});

/** Above the areas and lines of the service, below its points. */
export const NAMES_OF_PLACES = [
  {
    id: 'backdrop-countries',
    type: 'symbol',
    source: 'backdrop-names',
    maxzoom: 7.5,
    filter: isKind('country'),
    layout: {
      'text-field': inTwoLanguages,
      'text-font': FONT,
      'text-size': width(3, 12, 7, 20),
      'text-letter-spacing': 0.08,
    },
    paint: { ...haloed('#8b8371'), 'text-opacity': 0.9 },
  },
  {
    id: 'backdrop-seas',
    type: 'symbol',
    source: 'backdrop-names',
    filter: isKind('sea'),
    layout: {
      'text-field': inTwoLanguages,
      'text-font': FONT,
      'text-size': width(4, 11, 9, 15),
      'text-max-width': 8,
    },
    paint: haloed('#4f7890', SEA),
  },
  {
    id: 'backdrop-areas',
    type: 'symbol',
    source: 'backdrop-names',
    minzoom: 5.5,
    filter: isKind('salt_lake', 'desert', 'mountain', 'plateau', 'plain', 'mountains'),
    layout: {
      'text-field': inTwoLanguages,
      'text-font': FONT,
      'text-size': width(6, 10.5, 10, 14),
      'text-max-width': 7,
    },
    paint: haloed('#96876a'),
  },
  towns(4, 7.5, 10.5),
  towns(3, 6.5, 10.5),
  towns(2, 5, 11),
  towns(1, 3.5, 12.5),
];
