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

/** Languages of names on maps; undefined: English and Arabic. */
export const NAME_LANGUAGES = ['en', 'fr', 'ar'] as const;
export type NameLanguage = (typeof NAME_LANGUAGES)[number];

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
    // the band of its accuracy is as wide as half a tile
    'backdrop-borders': { ...source('borders.geojson', OSM), buffer: 256 },
    'backdrop-names': source('names.geojson', 'GeoNames (CC BY 4.0)'),
  };
};

const width = (...stops: number[]) => ['interpolate', ['linear'], ['zoom'], ...stops];

const METRES_PER_PIXEL = 67_090; // at zoom 0 and 31° N, with tiles of 512 pixels
const [FAR, NEAR] = [4, 13]; // zooms
/** Pixels across twice a distance in metres, at each zoom. */
const twice = (metres: unknown) => {
  const at = (zoom: number) => ['*', metres, (2 * 2 ** zoom) / METRES_PER_PIXEL];
  return ['interpolate', ['exponential', 2], ['zoom'], FAR, at(FAR), NEAR, at(NEAR)];
};

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
    // the border runs somewhere within
    id: 'backdrop-borders-accuracy',
    type: 'line',
    source: 'backdrop-borders',
    maxzoom: NEAR,
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: {
      'line-color': BORDER,
      'line-width': twice(['get', 'horizontalAccuracyM']),
      'line-opacity': 0.1,
    },
  },
  {
    id: 'backdrop-borders',
    type: 'line',
    source: 'backdrop-borders',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': BORDER, 'line-width': width(4, 1, 8, 1.6, 14, 2.5), 'line-dasharray': [4, 2] },
  },
];

const isKind = (...kinds: string[]) => ['in', ['get', 'kind'], ['literal', kinds]];
const haloed = (colour: string, halo: string = LAND) => ({
  'text-color': colour,
  'text-halo-color': halo,
  'text-halo-width': 1.4,
});

/** Above the areas and lines of the service, below its points. */
export const namesOfPlaces = (language: NameLanguage | undefined) => {
  const name = placeName(language);
  return [
    {
      id: 'backdrop-countries',
      type: 'symbol',
      source: 'backdrop-names',
      maxzoom: 7.5,
      filter: isKind('country'),
      layout: {
        'text-field': name,
        'text-font': FONT,
        'text-size': width(3, 12, 7, 20),
        // letters of Arabic are joined
        'text-letter-spacing': language === 'ar' ? 0 : 0.08,
      },
      paint: { ...haloed('#8b8371'), 'text-opacity': 0.9 },
    },
    {
      id: 'backdrop-seas',
      type: 'symbol',
      source: 'backdrop-names',
      filter: isKind('sea'),
      layout: {
        'text-field': name,
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
        'text-field': name,
        'text-font': FONT,
        'text-size': width(6, 10.5, 10, 14),
        'text-max-width': 7,
      },
      paint: haloed('#96876a'),
    },
    towns(language, { rank: 4, minzoom: 7.5, size: 10.5 }),
    towns(language, { rank: 3, minzoom: 6.5, size: 10.5 }),
    towns(language, { rank: 2, minzoom: 5, size: 11 }),
    towns(language, { rank: 1, minzoom: 3.5, size: 12.5 }),
  ];
};

const inTwoLanguages = ['format', ['get', 'en'], {}, '\n', {}, ['get', 'ar'], { 'font-scale': 0.95 }];
const placeName = (language: NameLanguage | undefined) => (language ? ['get', language] : inTwoLanguages);

interface Towns {
  rank: number;
  minzoom: number;
  size: number;
}

const towns = (language: NameLanguage | undefined, { rank, minzoom, size }: Towns) => ({
  id: `backdrop-towns-${rank}`,
  type: 'symbol',
  source: 'backdrop-names',
  minzoom,
  filter: ['all', isKind('town'), ['==', ['get', 'rank'], rank]],
  layout: {
    'text-field': language
      ? ['get', language]
      : ['step', ['zoom'], ['get', 'en'], minzoom + 1.5, inTwoLanguages],
    'text-font': FONT,
    'text-size': width(minzoom, size, minzoom + 5, size + 3),
    'text-anchor': 'center',
    'text-padding': 4,
  },
  paint: haloed(NAMES),
});
