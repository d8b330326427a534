import { assetUrl } from '../../http/assets.ts';
import { type Html, html, jsonBlock } from '../../http/html.ts';

interface Shape {
  id?: string;
  geometry: unknown;
}

/** A map of shapes over the borders and countries, all of it served from here. Ids are those of rows of the table. */
export const mapBlock = (label: string, shapes: readonly Shape[], credit: string): Html =>
  html`<div id="map" class="map" role="region" aria-label="${label}" data-countries="${assetUrl('countries.geojson')}" data-borders="${assetUrl('borders.geojson')}" data-credit="${credit}"><noscript>The map needs JavaScript.</noscript></div>
${jsonBlock('shapes', {
  type: 'FeatureCollection',
  // the id once more as a property: features of a map have numbers for ids otherwise
  features: shapes
    .filter(({ geometry }) => geometry)
    .map(({ id, geometry }) => ({ type: 'Feature', geometry, properties: { id } })),
})}`;
