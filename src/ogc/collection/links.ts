import type { Request } from 'express';
import type { Link } from '../../geometry/feature.schema.ts';
import { basePathOf } from '../../http/api.path.ts';
import { selfUrl } from '../../http/paging.ts';

export const MEDIA = {
  json: 'application/json',
  geojson: 'application/geo+json',
  html: 'text/html',
  openapi: 'application/vnd.oai.openapi+json;version=3.0',
  schema: 'application/schema+json',
  tile: 'application/vnd.mapbox-vector-tile',
  tilejson: 'application/vnd.mapbox.tile+json',
  style: 'application/vnd.mapbox.style+json',
};

export const REL = {
  queryables: 'http://www.opengis.net/def/rel/ogc/1.0/queryables',
  sortables: 'http://www.opengis.net/def/rel/ogc/1.0/sortables',
  schema: 'http://www.opengis.net/def/rel/ogc/1.0/schema',
  functions: 'http://www.opengis.net/def/rel/ogc/1.0/functions',
  tilesets: 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector',
  tilingScheme: 'http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme',
  tilingSchemes: 'http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes',
  dataset: 'http://www.opengis.net/def/rel/ogc/1.0/dataset',
  geodata: 'http://www.opengis.net/def/rel/ogc/1.0/geodata',
};

/** The absolute URL of an operation's path, as the caller reaches it. */
export const urlOf = (request: Request, path: string): string =>
  new URL(basePathOf(request) + path, selfUrl(request)).href;

/** Additional media type of an answer: an HTML page. */
export const AS_HTML = { [MEDIA.html]: null };

/** Links to this document and its HTML page. */
export const selfLinks = (request: Request, type: string): Link[] => [
  selfLink(request, type),
  htmlLink(selfUrl(request)),
];

/** A link to the HTML page of a document. */
export function htmlLink(address: URL | string, rel = 'alternate'): Link {
  const page = new URL(address);
  page.searchParams.set('f', 'html');
  return { href: page.href, rel, type: MEDIA.html, title: 'As a page' };
}

export const selfLink = (request: Request, type: string): Link => ({
  href: selfUrl(request).href,
  rel: 'self',
  type,
  title: 'This document',
});
