// Draws the vector tiles of a layer, as its style says.
import { featuresAt, frame, openMap, pointAt } from './map.js';
import { Popup } from './maplibre-gl.mjs';

const MOST_VALUES = 8; // in a popup

const { style: address = '' } = frame.dataset;
const [, LAYER] = /([^/]+)\/style$/.exec(address) ?? [];
const style = await (await fetch(address)).json();
const layers = style.layers.filter((/** @type {{ type: string }} */ { type }) => type !== 'background');
const map = openMap({ sources: style.sources, layers });
if (map) tell(map);

/**
 * A click shows the values of what is there, and leads to it.
 * @param {import('./maplibre-gl.mjs').Map} map
 */
function tell(map) {
  const popup = new Popup({ maxWidth: '20rem' });
  const names = layers.map((/** @type {{ id: string }} */ { id }) => id);
  pointAt(map, names);
  map.on('click', ({ point, lngLat }) => {
    const [found] = featuresAt(map, point, names);
    if (found) popup.setLngLat(lngLat).setDOMContent(valuesOf(found)).addTo(map);
  });
}

/** @param {import('./maplibre-gl.mjs').MapGeoJSONFeature} feature */
function valuesOf({ properties, sourceLayer }) {
  const { id, ...values } = properties;
  const list = document.createElement('dl');
  // cells, which count features, are a layer of their own
  if (sourceLayer === LAYER) {
    const link = document.createElement('a');
    link.href = `${location.pathname.replace(/\/$/, '')}/items/${encodeURIComponent(id)}`;
    link.textContent = id;
    list.append(...entry('id', link));
  }
  for (const [name, value] of Object.entries(values).slice(0, MOST_VALUES))
    list.append(...entry(name, String(value)));
  return list;
}

/**
 * @param {string} name
 * @param {Node | string} value
 */
function entry(name, value) {
  const [term, description] = [document.createElement('dt'), document.createElement('dd')];
  term.textContent = name;
  description.dir = 'auto';
  description.append(value);
  return [term, description];
}
