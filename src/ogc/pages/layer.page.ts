import { pagesIn } from '../../core/catalogue.ts';
import { findWord, type Language } from '../../core/vocabulary.ts';
import type { Link } from '../../geometry/feature.schema.ts';
import { type Crumb, frame, type PageAddress } from '../../http/html.frame.ts';
import { type Html, html } from '../../http/html.ts';
import { MEDIA } from '../collection/links.ts';

interface LayerPage extends PageAddress {
  title: string;
  /** The media type of its source document. */
  json?: string;
  crumbs?: readonly Crumb[];
  main: Html;
  /** The script that draws its map. */
  map?: 'shapes' | 'tiles' | false;
  scripts?: readonly string[];
}

/** The HTML page of an OGC API document, with links to the document. */
export function layerPage({ json = MEDIA.json, self, map = false, scripts = [], ...page }: LayerPage): Html {
  return frame({
    ...page,
    self,
    alternates: [{ href: withParameters(self, { f: 'json' }), rel: 'alternate', type: json, title: 'JSON' }],
    styles: map ? ['maplibre-gl.css'] : [],
    scripts: [...(map ? [`${map}.js`] : []), ...scripts],
  });
}

/** The URL with changed parameters; undefined removes one. */
export function withParameters(self: URL, parameters: Record<string, string | undefined>): string {
  const url = new URL(self);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.pathname + url.search;
}

/** The heading of a page, with a link to its document. */
export const heading = (title: string, self: URL, others: readonly Link[] = []): Html =>
  html`<div class="heading"><h1 dir="auto">${title}</h1>
<p class="formats">${[
    html`<a href="${withParameters(self, { f: 'json' })}" type="application/json">JSON</a>`,
    ...others.map(({ href, title: name }) => html` <a href="${href}">${name}</a>`),
  ]}</p></div>`;

/** The list of layers. */
export const layersCrumb = (base: string, language: Language): Crumb => ({
  title: pagesIn(language).layers,
  href: `${base}/collections`,
});

/** The name of a layer for the reader; the documents name it in English. */
export const layerTitle = ({ id, title }: NamedLayer, language: Language): string =>
  language === 'en' ? title : (findWord('collection', id, language) ?? title);

export const layerCrumb = (base: string, layer: NamedLayer, language: Language): Crumb => ({
  title: layerTitle(layer, language),
  href: `${base}/collections/${encodeURIComponent(layer.id)}`,
});

interface NamedLayer {
  id: string;
  title: string;
}

/** The links of a document, without `self`. */
export const linkList = (links: readonly Link[]): Html =>
  html`<ul class="links">${links
    .filter(({ rel }) => rel !== 'self' && rel !== 'alternate')
    .map(
      ({ href, title, type }) =>
        html`<li><a href="${href}" lang="en">${title ?? href}</a> ${kindOf(type)}</li>`,
    )}</ul>`;

const kindOf = (type: string | undefined): Html | undefined =>
  type === undefined || type === MEDIA.json || type === MEDIA.html
    ? undefined
    : html`<span class="quiet">${type.split(';', 1)[0]}</span>`;
