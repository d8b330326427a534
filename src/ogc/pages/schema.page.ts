import type { PageAddress } from '../../http/html.frame.ts';
import { type Html, html } from '../../http/html.ts';
import type { Collection } from '../collection/collection.sql.ts';
import { MEDIA } from '../collection/links.ts';
import { heading, layerCrumb, layerPage, layersCrumb } from './layer.page.ts';

interface Property {
  title?: string;
  description?: string;
  type?: string;
  format?: string;
  $ref?: string;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  readOnly?: boolean;
  'x-ogc-role'?: string;
}

/** Nested object schemas have properties, too. */
interface PageSchema {
  properties: Record<string, Property & Partial<PageSchema>>;
}

/** A JSON Schema as a table of properties. */
export const schemaPage =
  (collection: Collection, title: string) =>
  ({ properties }: PageSchema, { self, base, exercise, language, agency }: PageAddress): Html =>
    layerPage({
      title,
      self,
      base,
      exercise,
      language,
      agency,
      json: MEDIA.schema,
      crumbs: [layersCrumb(base, language), layerCrumb(base, collection, language)],
      main: html`<div lang="en" dir="ltr">${heading(`${collection.title}: ${title.toLowerCase()}`, self)}
<div class="scroll" role="region" aria-label="Properties" tabindex="0"><table>
<thead><tr><th scope="col">Name</th><th scope="col">Title</th><th scope="col">Type</th><th scope="col">Values</th><th scope="col">Notes</th></tr></thead>
<tbody>${Object.entries(properties.properties?.properties ?? properties).map(([name, property]) => row(name, property))}</tbody>
</table></div></div>`,
    });

const row = (name: string, property: Property): Html => html`<tr>
<th scope="row"><code>${name}</code></th>
<td>${property.title}</td>
<td>${typeOf(property)}</td>
<td>${valuesOf(property)}</td>
<td>${notesOf(property)}</td>
</tr>`;

const typeOf = ({ type, format, $ref }: Property): string =>
  [$ref && 'geometry', type, format].filter(Boolean).join(', ');

function valuesOf({ enum: words, minimum, maximum }: Property) {
  if (words) return words.map((word) => html`<code>${word}</code> `);
  if (minimum === undefined && maximum === undefined) return undefined;
  return `${minimum ?? '…'} to ${maximum ?? '…'}`;
}

const notesOf = ({ description, readOnly, 'x-ogc-role': role }: Property): string =>
  [description, readOnly && 'Set by the service.', role && `Role: ${role}.`].filter(Boolean).join(' ');
