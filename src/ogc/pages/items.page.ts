import { type Catalogue, pagesIn } from '../../core/catalogue.ts';
import type { Language } from '../../core/vocabulary.ts';
import { CRS84 } from '../../geometry/crs.ts';
import type { Link } from '../../geometry/feature.schema.ts';
import type { Crumb, PageAddress } from '../../http/html.frame.ts';
import { type Html, html } from '../../http/html.ts';
import { STARTS } from '../../http/paging.ts';
import type { Collection, Field } from '../collection/collection.sql.ts';
import { MEDIA } from '../collection/links.ts';
import { filterForm } from './filter.form.ts';
import type { ShownFields } from './item.page.ts';
import { heading, layerCrumb, layerPage, layersCrumb, withParameters } from './layer.page.ts';
import { mapBlock } from './map.block.ts';
import { type CellValues, valueCell } from './value.cell.ts';

const AT_START = Object.fromEntries(STARTS.map((name) => [name, undefined]));
type PageWords = Catalogue['pages'];
const MANY = 20; // rows, after which the pager is repeated at the bottom

interface ListedFeature {
  id: string;
  geometry: unknown;
  properties: CellValues;
}

interface FeaturePage {
  numberReturned: number;
  numberMatched?: number;
  links: readonly Link[];
  features: readonly ListedFeature[];
}

/** A page of features: map, table and filter form. */
export const itemsPage =
  (collection: Collection, { fields, crs }: ShownFields) =>
  (page: FeaturePage, { self, base, exercise, language, agency }: PageAddress): Html => {
    const { features } = page;
    const words = pagesIn(language);
    const layer = layerCrumb(base, collection, language);
    const isDrawn = crs.uri === CRS84.uri && features.some(({ geometry }) => geometry);
    const map = {
      language,
      label: words.onMap(layer.title),
      shapes: features,
      style: `${layer.href}/style`,
      layers: [collection.id],
    };
    return layerPage({
      title: words.features,
      self,
      base,
      exercise,
      language,
      agency,
      json: MEDIA.geojson,
      crumbs: [layersCrumb(base, language), layer],
      map: isDrawn && 'shapes',
      scripts: ['filter.js'],
      main: html`${heading(layer.title, self, downloadsOf(page))}
<p class="lead" lang="en" dir="ltr">${collection.description}</p>
${filterForm(collection, self, words)}
${isDrawn && mapBlock(map)}
${pager(page, self, words)}
${features.length > 0 && table({ layer, fields, features, language }, self)}
${features.length > MANY && isPart(page, self) && pager(page, self, words)}`,
    });
  };

const downloadsOf = ({ links }: FeaturePage): Link[] =>
  links.filter(({ rel, type }) => rel === 'alternate' && type !== MEDIA.html);

const isPart = ({ links }: FeaturePage, self: URL): boolean =>
  STARTS.some((name) => self.searchParams.has(name)) || links.some(({ rel }) => rel === 'next');

function pager({ numberReturned, numberMatched, links }: FeaturePage, self: URL, words: PageWords): Html {
  const next = links.find(({ rel }) => rel === 'next');
  const isHits = self.searchParams.get('resultType') === 'hits';
  const isFirst = !STARTS.some((name) => self.searchParams.has(name));
  return html`<nav class="pager" aria-label="${words.pages}"><p>${counted(words, { returned: numberReturned, matched: numberMatched, isHits })}</p>
${numberMatched === undefined && html`<a href="${withParameters(self, { ...AT_START, resultType: 'hits', until: undefined })}">${words.countAll}</a>`}
${isHits && html`<a href="${withParameters(self, { resultType: undefined })}">${words.showThem}</a>`}
${!isFirst && html`<a href="${withParameters(self, AT_START)}">${words.firstPage}</a>`}
${next && html`<a class="button" rel="next" href="${next.href}">${words.nextPage}</a>`}</nav>`;
}

interface PageCounts {
  returned: number;
  matched: number | undefined;
  isHits: boolean;
}

function counted(words: PageWords, { returned, matched, isHits }: PageCounts): string {
  if (isHits) return words.matching(matched ?? 0);
  if (returned === 0) return words.nothingMatches;
  const here = words.onThisPage(returned);
  return matched === undefined ? `${here}.` : `${here}${words.comma}${words.inAll(matched)}.`;
}

interface Table {
  language: Language;
  layer: Crumb;
  fields: readonly Field[];
  features: readonly ListedFeature[];
}

const table = (
  { layer, fields, features, language }: Table,
  self: URL,
): Html => html`<div class="scroll" role="region" aria-label="${pagesIn(language).tableOfFeatures}" tabindex="0"><table class="features">
<thead><tr><th scope="col">${pagesIn(language).identifier}</th>${fields.map((field) => columnHead(field, self))}</tr></thead>
<tbody>${features.map(
  ({ id, properties }) =>
    html`<tr data-id="${id}"><th scope="row"><a href="${layer.href}/items/${encodeURIComponent(id)}" title="${id}">${id}</a></th>${fields.map(
      (field) => valueCell(field, properties[field.name], language),
    )}</tr>\n`,
)}</tbody>
</table></div>`;

/** Links to the same page sorted by the column, and back. */
function columnHead({ name, title }: Field, self: URL): Html {
  const current = self.searchParams.get('sortby');
  const sorted = current === name ? 'ascending' : current === `-${name}` ? 'descending' : undefined;
  const sortby = current === name ? `-${name}` : name;
  const href = withParameters(self, { ...AT_START, sortby, until: undefined });
  return html`<th scope="col" data-name="${name}" aria-sort="${sorted ?? 'none'}"><a href="${href}" title="Sort by ${name}" lang="en">${title}</a></th>`;
}
