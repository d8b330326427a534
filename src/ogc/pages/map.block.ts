import { assetUrl } from '../../http/assets.ts';
import { type Html, html, jsonBlock } from '../../http/html.ts';

interface MapFeature {
  id?: string;
  geometry: unknown;
}

interface MapBlock {
  label: string;
  /** What is drawn; for tiles, what the map shows at first. Ids are those of rows of the table. */
  shapes: readonly MapFeature[];
  credit: string;
  /** Where the style of tiles is. */
  style?: string | undefined;
}

/** A map over the borders and countries, all of it served from here. */
export const mapBlock = ({ label, shapes, credit, style }: MapBlock): Html =>
  html`<div id="map" class="map" role="region" aria-label="${label}" data-countries="${assetUrl('countries.geojson')}" data-borders="${assetUrl('borders.geojson')}" data-credit="${credit}" data-style="${style && pathOf(style)}"><noscript>The map needs JavaScript.</noscript></div>
${jsonBlock('shapes', {
  type: 'FeatureCollection',
  // the id once more as a property: features of a map have numbers for ids otherwise
  features: shapes
    .filter(({ geometry }) => geometry)
    .map(({ id, geometry }) => ({ type: 'Feature', geometry, properties: { id } })),
})}`;

// the page may have been reached by another name than that of links
const pathOf = (address: string): string => new URL(address).pathname;
