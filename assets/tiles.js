// Draws the vector tiles of a layer, as its style says.
import { featuresAt, isOfService, openMap, pointAt, style } from './map.js';
import { Popup } from './maplibre-gl.mjs';

const MOST_VALUES = 8; // in a popup

// the address of the API, from that of a layer or of its start
const base = location.pathname.replace(/(?:\/collections\/.*)?\/?$/, '');
const layers = style.layers.filter(isOfService);
const map = openMap(style);
if (map) tell(map);

/**
 * A click shows the values of what is there, and leads to it.
 * @param {import('./maplibre-gl.mjs').Map} map
 */
function tell(map) {
  const popup = new Popup({ maxWidth: '20rem' });
  const names = layers.map(({ id }) => id);
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
  if (sourceLayer && !sourceLayer.endsWith('-cells')) {
    const link = document.createElement('a');
    link.href = `${base}/collections/${sourceLayer}/items/${encodeURIComponent(id)}`;
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
