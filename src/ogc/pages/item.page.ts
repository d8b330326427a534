import { pagesIn } from '../../core/catalogue.ts';
import { CRS84 } from '../../geometry/crs.ts';
import type { PageAddress } from '../../http/html.frame.ts';
import { type Html, html } from '../../http/html.ts';
import type { Collection, Field } from '../collection/collection.sql.ts';
import { MEDIA } from '../collection/links.ts';
import { heading, layerCrumb, layerPage, layersCrumb } from './layer.page.ts';
import { mapBlock } from './map.block.ts';
import { type CellValues, valueCell } from './value.cell.ts';

interface ItemDocument {
  id: string;
  geometry: unknown;
  properties: CellValues;
  links?: { rel: string; href: string; title?: string }[];
}

export interface ShownFields {
  fields: readonly Field[];
  crs: { uri: string };
}

/** One feature: a map and a table of its properties. */
export const itemPage =
  (collection: Collection, { fields, crs }: ShownFields) =>
  (
    { id, geometry, properties, links = [] }: ItemDocument,
    { self, base, exercise, language, agency }: PageAddress,
  ): Html => {
    const isDrawn = crs.uri === CRS84.uri && geometry !== null;
    const words = pagesIn(language);
    const layer = layerCrumb(base, collection, language);
    return layerPage({
      title: id,
      self,
      base,
      exercise,
      language,
      agency,
      json: MEDIA.geojson,
      crumbs: [layersCrumb(base, language), layer, { title: words.features, href: `${layer.href}/items` }],
      map: isDrawn && 'shapes',
      main: html`${heading(nameOf(properties) ?? `${capital(collection.noun)} ${id}`, self)}
${isDrawn && mapBlock({ label: words.onMap(layer.title), language, shapes: [{ id, geometry, properties }], style: `${layer.href}/style`, layers: [collection.id] })}
<table class="facts"><tbody>
<tr><th scope="row">${words.identifier}</th><td>${id}</td></tr>
${fields.map((field) => html`<tr><th scope="row" lang="en">${field.title}</th>${valueCell(field, properties[field.name], language)}</tr>\n`)}
</tbody></table>
${links
  .filter(({ rel }) => rel === 'related')
  .map(
    ({ href, title }) => html`<p><a href="${href}">${title ?? href}</a></p>
`,
  )}`,
    });
  };

const capital = (noun: string): string => noun.charAt(0).toUpperCase() + noun.slice(1);

const nameOf = ({ nameEn }: CellValues): string | undefined =>
  typeof nameEn === 'string' && nameEn !== '' ? nameEn : undefined;
