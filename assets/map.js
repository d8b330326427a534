// The map of a page: countries and borders, and what the page draws over them.
import {
  AttributionControl,
  FullscreenControl,
  LngLatBounds,
  Map as MapView,
  NavigationControl,
  ScaleControl,
} from './maplibre-gl.mjs';

/** @typedef {HTMLElement & { map?: MapView }} MapFrame */

export const frame = /** @type {MapFrame} */ (document.getElementById('map'));
export const shapes = JSON.parse(document.getElementById('shapes')?.textContent ?? '{}');
const { countries = '', borders = '', credit = '' } = /** @type {Record<string, string>} */ (frame.dataset);
const ALL_BORDERS = new LngLatBounds([7.3, 23.3], [12.2, 37.3]);

// a name in each area would be drawn once a tile
/** @type {import('geojson').FeatureCollection} */
const names = {
  type: 'FeatureCollection',
  features: [
    aName('Algeria\nالجزائر', [4.5, 30]),
    aName('Tunisia\nتونس', [9.6, 34.3]),
    aName('Libya\nليبيا', [15.5, 27.5]),
  ],
};

// layers of tiles have names of their own
/** @type {import('./maplibre-gl.mjs').StyleSpecification} */
const backdrop = {
  version: 8,
  sources: {
    'backdrop-countries': { type: 'geojson', data: countries },
    'backdrop-borders': { type: 'geojson', data: borders },
    'backdrop-names': { type: 'geojson', data: names },
  },
  layers: [
    { id: 'backdrop-ground', type: 'background', paint: { 'background-color': '#e8eef1' } },
    { id: 'backdrop-land', type: 'fill', source: 'backdrop-countries', paint: { 'fill-color': '#f7f5ef' } },
    {
      id: 'backdrop-outlines',
      type: 'line',
      source: 'backdrop-countries',
      paint: { 'line-color': '#c9c5b8' },
    },
    {
      id: 'backdrop-borders',
      type: 'line',
      source: 'backdrop-borders',
      paint: { 'line-color': '#8a8577', 'line-width': 1.5, 'line-dasharray': [3, 2] },
    },
    {
      id: 'backdrop-names',
      type: 'symbol',
      source: 'backdrop-names',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': ['sans-serif'],
        'text-size': 13,
      },
      paint: { 'text-color': '#6b675c', 'text-halo-color': '#f7f5ef', 'text-halo-width': 1.5 },
    },
  ],
};

/**
 * @param {string} name
 * @param {[number, number]} coordinates
 * @returns {import('geojson').Feature}
 */
function aName(name, coordinates) {
  return { type: 'Feature', properties: { name }, geometry: { type: 'Point', coordinates } };
}

/**
 * A map with sources and layers over the backdrop; undefined, and a sentence on the page, where there is no WebGL.
 * @param {Pick<import('./maplibre-gl.mjs').StyleSpecification, 'sources' | 'layers'>} content
 */
export function openMap({ sources, layers }) {
  try {
    return createMap({
      ...backdrop,
      sources: { ...backdrop.sources, ...sources },
      layers: [...backdrop.layers, ...layers],
    });
  } catch (error) {
    console.error(error);
    frame.textContent = 'This browser cannot draw the map: it needs WebGL.';
  }
}

/** @param {import('./maplibre-gl.mjs').StyleSpecification} style */
function createMap(style) {
  const map = new MapView({
    container: frame,
    style,
    bounds: boundsOf(shapes),
    fitBoundsOptions: { padding: { top: 32, right: 48, bottom: 56, left: 32 }, maxZoom: 11 },
    transformRequest: (url) => ({ url: fromHere(url) }),
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    cooperativeGestures: true,
    attributionControl: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new FullscreenControl());
  map.addControl(new ScaleControl());
  map.addControl(new AttributionControl({ customAttribution: credit }));
  frame.map = map;
  map.once('idle', () => {
    frame.dataset.state = 'drawn';
  });
  return map;
}

/**
 * Addresses in documents are those under which the service is published, which need not be how the page was reached.
 * @param {string} url
 */
function fromHere(url) {
  const { protocol, pathname, search } = new URL(url, location.href);
  return protocol.startsWith('http') ? location.origin + pathname + search : url;
}

/**
 * What lies under a pointer or finger, which are not exact.
 * @param {MapView} map
 * @param {{ x: number, y: number }} point
 * @param {string[]} layers
 */
export function featuresAt(map, { x, y }, layers) {
  return map.queryRenderedFeatures(
    [
      [x - 5, y - 5],
      [x + 5, y + 5],
    ],
    { layers },
  );
}

/**
 * Shows where a click would find something.
 * @param {MapView} map
 * @param {string[]} layers
 */
export function pointAt(map, layers) {
  map.on('mousemove', ({ point }) => {
    map.getCanvas().style.cursor = featuresAt(map, point, layers).length > 0 ? 'pointer' : '';
  });
}

/** @param {{ features: any[] }} collection */
export function boundsOf({ features }) {
  const bounds = new LngLatBounds();
  for (const { geometry } of features) extend(bounds, geometry.coordinates);
  return bounds.isEmpty() ? ALL_BORDERS : bounds;
}

/**
 * @param {LngLatBounds} bounds
 * @param {any} coordinates
 */
function extend(bounds, coordinates) {
  if (typeof coordinates[0] === 'number') bounds.extend(/** @type {[number, number]} */ (coordinates));
  else for (const one of coordinates) extend(bounds, one);
}
