import { assetUrl } from '../../http/assets.ts';
import { type Html, html, jsonBlock } from '../../http/html.ts';

interface MapFeature {
  id?: string;
  geometry: unknown;
}

interface MapBlock {
  label: string;
  /** The shapes to draw; for tiles, the initial view. Ids match the table rows. */
  shapes: readonly MapFeature[];
  credit: string;
  /** URL of the tile style. */
  style?: string | undefined;
}

/** A map with borders and countries, all of it served locally. */
export const mapBlock = ({ label, shapes, credit, style }: MapBlock): Html =>
  html`<div id="map" class="map" role="region" aria-label="${label}" data-countries="${assetUrl('countries.geojson')}" data-borders="${assetUrl('borders.geojson')}" data-credit="${credit}" data-style="${style && pathOf(style)}"><noscript>The map needs JavaScript.</noscript></div>
${jsonBlock('shapes', {
  type: 'FeatureCollection',
  // the id repeated as a property, because MapLibre replaces text ids with numbers
  features: shapes
    .filter(({ geometry }) => geometry)
    .map(({ id, geometry }) => ({ type: 'Feature', geometry, properties: { id } })),
})}`;

// the page may be open under another host than its links
const pathOf = (address: string): string => new URL(address).pathname;
