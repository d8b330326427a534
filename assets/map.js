// Draws the shapes of the page over countries and borders, and ties them to the rows of its table.
import {
  AttributionControl,
  FullscreenControl,
  LngLatBounds,
  Map as MapView,
  NavigationControl,
  Popup,
  ScaleControl,
} from './maplibre-gl.mjs';

/** @typedef {HTMLElement & { map?: MapView }} MapFrame */

const frame = /** @type {MapFrame} */ (document.getElementById('map'));
const shapes = JSON.parse(document.getElementById('shapes')?.textContent ?? '{}');
const { countries = '', borders = '', credit = '' } = /** @type {Record<string, string>} */ (frame.dataset);
const MOST_VALUES = 8; // in a popup
const ALL_BORDERS = new LngLatBounds([7.3, 23.3], [12.2, 37.3]);
const SELECTED = '#b3261e';

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

/** @type {any} */
const selectedOr = (/** @type {unknown} */ other, /** @type {unknown} */ selected) => [
  'case',
  ['boolean', ['feature-state', 'selected'], false],
  selected,
  other,
];
const isOf = (/** @type {string} */ kind) => /** @type {any} */ (['==', ['geometry-type'], kind]);

/** @type {import('./maplibre-gl.mjs').StyleSpecification} */
const style = {
  version: 8,
  sources: {
    countries: { type: 'geojson', data: countries },
    borders: { type: 'geojson', data: borders },
    names: { type: 'geojson', data: names },
    shapes: { type: 'geojson', data: shapes, promoteId: 'id' },
  },
  layers: [
    { id: 'ground', type: 'background', paint: { 'background-color': '#e8eef1' } },
    { id: 'land', type: 'fill', source: 'countries', paint: { 'fill-color': '#f7f5ef' } },
    { id: 'outlines', type: 'line', source: 'countries', paint: { 'line-color': '#c9c5b8' } },
    {
      id: 'borders',
      type: 'line',
      source: 'borders',
      paint: { 'line-color': '#8a8577', 'line-width': 1.5, 'line-dasharray': [3, 2] },
    },
    {
      id: 'names',
      type: 'symbol',
      source: 'names',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': ['sans-serif'],
        'text-size': 13,
      },
      paint: { 'text-color': '#6b675c', 'text-halo-color': '#f7f5ef', 'text-halo-width': 1.5 },
    },
    {
      id: 'areas',
      type: 'fill',
      source: 'shapes',
      filter: isOf('Polygon'),
      paint: { 'fill-color': selectedOr('#2a7f9e', SELECTED), 'fill-opacity': 0.22 },
    },
    {
      id: 'lines',
      type: 'line',
      source: 'shapes',
      filter: ['!=', ['geometry-type'], 'Point'],
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': selectedOr('#1f6f8b', SELECTED), 'line-width': selectedOr(3, 5) },
    },
    {
      id: 'points',
      type: 'circle',
      source: 'shapes',
      filter: isOf('Point'),
      paint: {
        'circle-color': selectedOr('#1f6f8b', SELECTED),
        'circle-radius': selectedOr(6, 9),
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 1.5,
      },
    },
  ],
};
const DRAWN = ['points', 'lines', 'areas'];

/**
 * @param {string} name
 * @param {[number, number]} coordinates
 * @returns {import('geojson').Feature}
 */
function aName(name, coordinates) {
  return { type: 'Feature', properties: { name }, geometry: { type: 'Point', coordinates } };
}

function start() {
  const map = new MapView({
    container: frame,
    style,
    bounds: boundsOf(shapes),
    fitBoundsOptions: { padding: { top: 32, right: 48, bottom: 56, left: 32 }, maxZoom: 11 },
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
  tie(map);
}

/**
 * A click on a shape opens its row's values, a click on a row shows the shape.
 * @param {MapView} map
 */
function tie(map) {
  const popup = new Popup({ maxWidth: '20rem' });
  /** @type {string | undefined} */
  let selected;

  const select = (/** @type {string | undefined} */ id) => {
    mark(map, selected, false);
    selected = id;
    mark(map, id, true);
  };
  popup.on('close', () => select(undefined));

  map.on('click', (event) => {
    const [found] = map.queryRenderedFeatures(around(event.point), { layers: DRAWN });
    const row = found && rowOf(found.properties.id);
    if (!row) return;
    popup.setLngLat(event.lngLat).setDOMContent(valuesOf(row)).addTo(map);
    select(found.properties.id);
    scrollTo(row);
  });
  map.on('mousemove', ({ point }) => {
    const isOver = map.queryRenderedFeatures(point, { layers: DRAWN }).length > 0;
    map.getCanvas().style.cursor = isOver ? 'pointer' : '';
  });
  for (const row of rows())
    row.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('a')) return;
      const shape = shapes.features.find((/** @type {any} */ one) => one.properties.id === row.dataset.id);
      if (!shape) return;
      const bounds = boundsOf({ features: [shape] });
      popup.setLngLat(bounds.getCenter()).setDOMContent(valuesOf(row)).addTo(map);
      select(row.dataset.id);
      map.fitBounds(bounds, { padding: 64, maxZoom: Math.max(10, map.getZoom()) });
      frame.scrollIntoView({ block: 'nearest' });
    });
}

/**
 * @param {MapView} map
 * @param {string | undefined} id
 * @param {boolean} selected
 */
function mark(map, id, selected) {
  if (id === undefined) return;
  map.setFeatureState({ source: 'shapes', id }, { selected });
  rowOf(id)?.classList.toggle('selected', selected);
}

/**
 * Within the table only: the map stays where it is.
 * @param {HTMLElement} row
 */
function scrollTo(row) {
  const box = row.closest('.scroll');
  if (box) box.scrollTop = row.offsetTop - box.clientHeight / 3;
}

const rows = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll('tr[data-id]')]);
const rowOf = (/** @type {unknown} */ id) => rows().find((row) => row.dataset.id === id);

/** @param {HTMLElement} row */
function valuesOf(row) {
  const list = document.createElement('dl');
  const heads = [...(row.closest('table')?.tHead?.rows[0]?.cells ?? [])];
  const cells = /** @type {HTMLTableRowElement} */ (row).cells;
  const filled = heads.flatMap((head, i) => (cells[i]?.textContent ? [{ head, cell: cells[i] }] : []));
  for (const { head, cell } of filled.slice(0, MOST_VALUES)) {
    const [term, value] = [document.createElement('dt'), document.createElement('dd')];
    term.textContent = head.textContent;
    value.dir = 'auto';
    value.append(...[...cell.childNodes].map((node) => node.cloneNode(true)));
    list.append(term, value);
  }
  return list;
}

/**
 * Fingers and pointers are not exact.
 * @param {{ x: number, y: number }} point
 * @returns {[[number, number], [number, number]]}
 */
const around = ({ x, y }) => [
  [x - 5, y - 5],
  [x + 5, y + 5],
];

/** @param {{ features: any[] }} collection */
function boundsOf({ features }) {
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

// at the end: only now all of the above is there
try {
  start();
} catch (error) {
  console.error(error);
  frame.textContent = 'This browser cannot draw the map: it needs WebGL.';
}
