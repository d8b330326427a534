// Draws the shapes of the page, and ties them to the rows of its table.
import { boundsOf, featuresAt, frame, isOfService, openMap, pointAt, shapes, style } from './map.js';
import { Popup } from './maplibre-gl.mjs';

/** @typedef {import('./maplibre-gl.mjs').LayerSpecification} Layer */

const MOST_VALUES = 8; // in a popup
const SELECTED = '#1264d8';
const SOURCE = 'shapes';

/** @type {any} */
const ifSelected = (/** @type {unknown} */ selected, /** @type {unknown} */ other) => [
  'case',
  ['boolean', ['feature-state', 'selected'], false],
  selected,
  other,
];
const isOf = (/** @type {string} */ kind) => /** @type {any} */ (['==', ['geometry-type'], kind]);

/**
 * A layer of the service draws the shapes of the page as it draws its tiles, at every scale.
 * @param {Layer} layer
 */
const ofShapes = (layer) => {
  const { 'source-layer': _tiles, minzoom: _least, maxzoom: _most, ...rest } = /** @type {any} */ (layer);
  return { ...rest, source: SOURCE };
};

const counts = (/** @type {any} */ layer) => String(layer['source-layer']).endsWith('-cells');
const drawn = style.layers.filter((layer) => isOfService(layer) && !counts(layer)).map(ofShapes);
const DRAWN = drawn.map(({ id }) => id);

/** Around what is chosen. @type {Layer[]} */
const halos = [
  {
    id: 'selected-lines',
    type: 'line',
    source: SOURCE,
    filter: ['!=', ['geometry-type'], 'Point'],
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': SELECTED, 'line-width': 9, 'line-opacity': ifSelected(0.55, 0) },
  },
  {
    id: 'selected-points',
    type: 'circle',
    source: SOURCE,
    filter: isOf('Point'),
    paint: {
      'circle-color': SELECTED,
      'circle-radius': 19,
      'circle-opacity': ifSelected(0.35, 0),
      'circle-stroke-color': SELECTED,
      'circle-stroke-width': 2,
      'circle-stroke-opacity': ifSelected(1, 0),
    },
  },
];

const map = openMap({
  ...style,
  sources: {
    ...Object.fromEntries(Object.entries(style.sources).filter(([source]) => !isOfService({ source }))),
    [SOURCE]: { type: 'geojson', data: shapes, promoteId: 'id' },
  },
  layers: [...style.layers.filter((layer) => !isOfService(layer)), ...halos, ...drawn],
});
if (map) tie(map);

/**
 * A click on a shape opens its row's values, a click on a row shows the shape.
 * @param {import('./maplibre-gl.mjs').Map} map
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
    const [found] = featuresAt(map, event.point, DRAWN);
    const row = found && rowOf(found.properties.id);
    if (!row) return;
    popup.setLngLat(event.lngLat).setDOMContent(valuesOf(row)).addTo(map);
    select(found.properties.id);
    scrollTo(row);
  });
  pointAt(map, DRAWN);
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
 * @param {import('./maplibre-gl.mjs').Map} map
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

function rows() {
  return /** @type {HTMLElement[]} */ ([...document.querySelectorAll('tr[data-id]')]);
}

/** @param {unknown} id */
function rowOf(id) {
  return rows().find((row) => row.dataset.id === id);
}

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
