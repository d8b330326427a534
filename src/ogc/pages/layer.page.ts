import type { Link } from '../../geometry/feature.schema.ts';
import { type Crumb, frame } from '../../http/html.frame.ts';
import { type Html, html } from '../../http/html.ts';
import { API_BASE } from '../../http/operation.ts';
import { MEDIA } from '../collection/links.ts';

interface LayerPage {
  title: string;
  /** The address of the page. */
  self: URL;
  /** The media type of the document that it is made from. */
  json?: string;
  crumbs?: readonly Crumb[];
  main: Html;
  /** What its map draws, by the script of that name. */
  map?: 'shapes' | 'tiles' | false;
  scripts?: readonly string[];
}

/** A page that shows a document of OGC API, and says where the document itself is. */
export function layerPage({ json = MEDIA.json, self, map = false, scripts = [], ...page }: LayerPage): Html {
  return frame({
    ...page,
    alternates: [{ href: withParameters(self, { f: 'json' }), rel: 'alternate', type: json, title: 'JSON' }],
    styles: map ? ['maplibre-gl.css'] : [],
    scripts: [...(map ? [`${map}.js`] : []), ...scripts],
  });
}

/** The same address with other parameters; undefined takes one away. */
export function withParameters(self: URL, parameters: Record<string, string | undefined>): string {
  const url = new URL(self);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.pathname + url.search;
}

/** The heading of a page, with the document that it shows beside it. */
export const heading = (title: string, self: URL, others: readonly Link[] = []): Html =>
  html`<div class="heading"><h1 dir="auto">${title}</h1>
<p class="formats">${[
    html`<a href="${withParameters(self, { f: 'json' })}" type="application/json">JSON</a>`,
    ...others.map(({ href, title: name }) => html` <a href="${href}">${name}</a>`),
  ]}</p></div>`;

export const LAYERS: Crumb = { title: 'Layers', href: `${API_BASE}/collections` };

export const crumbOf = ({ id, title }: { id: string; title: string }): Crumb => ({
  title,
  href: `${LAYERS.href}/${encodeURIComponent(id)}`,
});

/** Where a document leads to, apart from itself. */
export const linkList = (links: readonly Link[]): Html =>
  html`<ul class="links">${links
    .filter(({ rel }) => rel !== 'self' && rel !== 'alternate')
    .map(
      ({ href, title, type }) => html`<li><a href="${href}">${title ?? href}</a> ${kindOf(type)}</li>`,
    )}</ul>`;

const kindOf = (type: string | undefined): Html | undefined =>
  type === undefined || type === MEDIA.json || type === MEDIA.html
    ? undefined
    : html`<span class="quiet">${type.split(';', 1)[0]}</span>`;
