import type { z } from 'zod';
import { pagesIn } from '../../core/catalogue.ts';
import type { Link } from '../../geometry/feature.schema.ts';
import type { PageAddress } from '../../http/html.frame.ts';
import { type Html, html } from '../../http/html.ts';
import type { CollectionDocument } from '../collection/collection.document.ts';
import { heading, layerPage, layersCrumb, layerTitle, linkList } from './layer.page.ts';
import { mapBlock } from './map.block.ts';
import { spokenInstant } from './value.cell.ts';

type ListedLayer = z.infer<typeof CollectionDocument>;

export const collectionsPage = (
  { collections }: { collections: readonly ListedLayer[] },
  { self, base, exercise, language, agency }: PageAddress,
): Html =>
  layerPage({
    title: layersCrumb(base, language).title,
    self,
    base,
    exercise,
    language,
    agency,
    main: html`${heading(layersCrumb(base, language).title, self)}
<ul class="cards">${collections.map(
      (layer) => html`<li>
<h2><a href="${hrefOf(layer, 'self')}">${layerTitle(layer, language)}</a></h2>
<p lang="en" dir="ltr">${layer.description}</p>
<p class="quiet" dir="ltr">${spokenTime(layer)}</p>
<p><a class="button" href="${hrefOf(layer, 'items')}">${pagesIn(language).showFeatures}</a></p>
</li>`,
    )}</ul>`,
  });

export const collectionPage = (
  layer: ListedLayer,
  { self, base, exercise, language, agency }: PageAddress,
): Html => {
  const { id, description, extent, crs, links } = layer;
  const title = layerTitle(layer, language);
  const words = pagesIn(language);
  const [box] = extent?.spatial?.bbox ?? [];
  return layerPage({
    title,
    self,
    base,
    exercise,
    language,
    agency,
    crumbs: [layersCrumb(base, language)],
    map: box !== undefined && 'tiles',
    main: html`${heading(title, self)}
<p class="lead" lang="en" dir="ltr">${description}</p>
<p><a class="button" href="${hrefOf(layer, 'items')}">${pagesIn(language).showFeatures}</a></p>
${box && mapBlock({ label: words.onMap(title), language, shapes: [{ geometry: areaOf(box) }], style: hrefOf(layer, 'stylesheet'), layers: [id] })}
<table class="facts"><tbody>
${box && html`<tr><th scope="row">${words.where}</th><td dir="ltr">longitude ${box[0]} to ${box[2]}, latitude ${box[1]} to ${box[3]}</td></tr>`}
${extent?.temporal && html`<tr><th scope="row">${words.when}</th><td dir="ltr">${spokenTime(layer)}</td></tr>`}
<tr><th scope="row">${words.referenceSystems}</th><td dir="ltr">${crs.map((uri) => html`<div>${uri}</div>`)}</td></tr>
</tbody></table>
<h2>${words.partsOfLayer}</h2>
${linkList(onePerHref(links))}`,
  });
};

const hrefOf = ({ links }: ListedLayer, rel: string): string | undefined =>
  links.find((link) => link.rel === rel)?.href;

function spokenTime({ extent }: ListedLayer): string | undefined {
  const [interval] = extent?.temporal?.interval ?? [];
  if (!interval) return undefined;
  const [from, to] = interval.map((end) => (end ? spokenInstant(end) : undefined));
  return `${from ? `from ${from}` : ''} ${to ? `to ${to}` : 'on'}`.trim();
}

// some links have several relations, for different clients
const onePerHref = (links: readonly Link[]): Link[] => [
  ...new Map(links.filter(({ type }) => type !== 'text/html').map((link) => [link.href, link])).values(),
];

function areaOf([west, south, east, north]: readonly number[]) {
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [corners] };
}
