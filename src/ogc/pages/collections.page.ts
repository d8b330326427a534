import type { z } from 'zod';
import type { Link } from '../../geometry/feature.schema.ts';
import type { PageAddress } from '../../http/html.frame.ts';
import { type Html, html } from '../../http/html.ts';
import type { CollectionDocument } from '../collection/collection.document.ts';
import { heading, layerPage, layersCrumb, linkList } from './layer.page.ts';
import { mapBlock } from './map.block.ts';
import { spokenInstant } from './value.cell.ts';

type ListedLayer = z.infer<typeof CollectionDocument>;

export const collectionsPage = (
  { collections }: { collections: readonly ListedLayer[] },
  { self, base, exercise, language, agency }: PageAddress,
): Html =>
  layerPage({
    title: layersCrumb(base).title,
    self,
    base,
    exercise,
    language,
    agency,
    main: html`${heading(layersCrumb(base).title, self)}
<ul class="cards">${collections.map(
      (layer) => html`<li>
<h2><a href="${hrefOf(layer, 'self')}">${layer.title}</a></h2>
<p>${layer.description}</p>
<p class="quiet">${spokenTime(layer)}</p>
<p><a class="button" href="${hrefOf(layer, 'items')}">Show the features</a></p>
</li>`,
    )}</ul>`,
  });

export const collectionPage = (
  layer: ListedLayer,
  { self, base, exercise, language, agency }: PageAddress,
): Html => {
  const { id, title, description, extent, crs, links } = layer;
  const [box] = extent?.spatial?.bbox ?? [];
  return layerPage({
    title,
    self,
    base,
    exercise,
    language,
    agency,
    crumbs: [layersCrumb(base)],
    map: box !== undefined && 'tiles',
    main: html`${heading(title, self)}
<p class="lead">${description}</p>
<p><a class="button" href="${hrefOf(layer, 'items')}">Show the features</a></p>
${box && mapBlock({ label: `${title} on a map`, shapes: [{ geometry: areaOf(box) }], style: hrefOf(layer, 'stylesheet'), layers: [id] })}
<table class="facts"><tbody>
${box && html`<tr><th scope="row">Where</th><td>longitude ${box[0]} to ${box[2]}, latitude ${box[1]} to ${box[3]}</td></tr>`}
${extent?.temporal && html`<tr><th scope="row">When</th><td>${spokenTime(layer)}</td></tr>`}
<tr><th scope="row">Reference systems</th><td>${crs.map((uri) => html`<div>${uri}</div>`)}</td></tr>
</tbody></table>
<h2>Parts of the layer</h2>
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
