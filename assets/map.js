// The map of a page: its style document, and what the page draws over it.
import {
  AttributionControl,
  FullscreenControl,
  LngLatBounds,
  Map as MapView,
  NavigationControl,
  ScaleControl,
} from './maplibre-gl.mjs';

/** @typedef {HTMLElement & { map?: MapView }} MapFrame */
/** @typedef {import('./maplibre-gl.mjs').StyleSpecification} Style */

export const frame = /** @type {MapFrame} */ (document.getElementById('map'));
export const shapes = JSON.parse(document.getElementById('shapes')?.textContent ?? '{}');
const { style: address = '' } = /** @type {Record<string, string>} */ (frame.dataset);
const ALL_BORDERS = new LngLatBounds([7.3, 23.3], [12.2, 37.3]);
const AROUND = new LngLatBounds([-12, 15], [30, 40]); // beyond it the ground is not known
const SOURCE = 'tripoint'; // of the layers of the service, in their style

const LANGUAGES = ['en', 'fr', 'ar']; // of names on maps

/** The first language of the reader that the names have. */
const language =
  navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => LANGUAGES.includes(tag)) ?? 'en';

/** The style of a layer or of all layers: the document that other clients get too. */
export const style = /** @type {Style} */ (await (await fetch(`${address}?language=${language}`)).json());

/** @param {object} layer */
export const isOfService = (layer) => 'source' in layer && layer.source === SOURCE;

/**
 * A map of a style; undefined, and a sentence on the page, where there is no WebGL.
 * @param {Style} shown
 */
export function openMap(shown) {
  try {
    return createMap(shown);
  } catch (error) {
    console.error(error);
    frame.textContent = 'This browser cannot draw the map: it needs WebGL.';
  }
}

/** @param {Style} shown */
function createMap(shown) {
  const map = new MapView({
    container: frame,
    style: shown,
    bounds: boundsOf(shapes),
    fitBoundsOptions: { padding: { top: 32, right: 48, bottom: 56, left: 32 }, maxZoom: 11 },
    transformRequest: (url) => ({ url: fromHere(url) }),
    maxBounds: AROUND,
    renderWorldCopies: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    cooperativeGestures: true,
    attributionControl: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new FullscreenControl());
  map.addControl(new ScaleControl(), 'top-left');
  map.addControl(new AttributionControl({ compact: frame.clientWidth < 640 }));
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
