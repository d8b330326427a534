import { pagesIn } from '../../core/catalogue.ts';
import type { Language } from '../../core/vocabulary.ts';
import { type Html, html, jsonBlock } from '../../http/html.ts';
import { STYLED_PROPERTIES } from '../tiles/layer.style.ts';
import { legend } from './map.legend.ts';
import type { CellValues } from './value.cell.ts';

interface MapFeature {
  id?: string;
  geometry: unknown;
  properties?: CellValues;
}

interface MapBlock {
  language: Language;
  label: string;
  /** The shapes to draw; for tiles, the initial view. Ids match the table rows. */
  shapes: readonly MapFeature[];
  /** URL of the style of the layer, or of all. */
  style: string | undefined;
  /** The layers that it draws, for the legend. */
  layers: readonly string[];
}

/** A map with its legend, all of it served locally. */
export const mapBlock = ({ label, shapes, style, layers, language }: MapBlock): Html =>
  html`<div id="map" class="map" role="region" aria-label="${label}" data-style="${style && pathOf(style)}"><noscript>${pagesIn(language).mapNeedsScript}</noscript></div>
${legend(layers, language)}
${jsonBlock('shapes', {
  type: 'FeatureCollection',
  // the id repeated as a property, because MapLibre replaces text ids with numbers
  features: shapes
    .filter(({ geometry }) => geometry)
    .map(({ id, geometry, properties }) => ({
      type: 'Feature',
      geometry,
      properties: { id, ...styledOf(properties) },
    })),
})}`;

const styledOf = (properties: CellValues = {}): CellValues =>
  Object.fromEntries(
    STYLED_PROPERTIES.filter((name) => properties[name] != null).map((name) => [name, properties[name]]),
  );

// the page may be open under another host than its links
const pathOf = (address: string): string => new URL(address, 'http://here').pathname;
