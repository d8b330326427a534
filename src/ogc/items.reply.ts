import type { Request } from 'express';
import type { Page } from '../core/page.ts';
import { tagOf } from '../core/precondition.ts';
import { notFound } from '../core/problem.ts';
import type { Crs } from '../geometry/crs.ts';
import type { Link } from '../geometry/feature.schema.ts';
import type { Format } from '../http/negotiation.ts';
import { collectionReply, pageUrl, selfUrl } from '../http/paging.ts';
import { JsonText, type Reply } from '../http/reply.ts';
import type { Collection } from './collection/collection.sql.ts';
import type { ItemsQuestion } from './collection/items.query.ts';
import { htmlLink, MEDIA, selfLinks, urlOf } from './collection/links.ts';
import { proceduresLink } from './collection/procedures.link.ts';
import { alternatesOf } from './items.formats.ts';
import type { FoundItem } from './items.store.ts';

export const CRS_HEADER = { 'Content-Crs': 'CRS of the coordinates, in angle brackets.' };
export const PAGE_HEADERS = {
  ...CRS_HEADER,
  Link: 'The next page.',
  'OGC-NumberMatched': 'Total number of matches, if known.',
  'OGC-NumberReturned': 'Number of features on this page.',
};

type Matched = { numberMatched?: number | undefined };

export function pageReply(
  request: Request,
  { shown, cursor, offset, until }: ItemsQuestion,
  page: Page & Matched,
): Reply {
  const isWhole = !page.next && !offset && cursor === undefined && until === undefined;
  const numberMatched = page.numberMatched ?? (isWhole ? page.numberReturned : undefined);
  const next = page.next && pageUrl(request, page.next);
  const headers = {
    ...headersOf(shown.crs, page.numberReturned, numberMatched),
    ...(next && { Link: `<${next}>; rel="next"; type="${MEDIA.geojson}"` }),
  };
  return collectionReply(request, page, {
    numberMatched,
    headers,
    links: [...alternatesOf(request), htmlLink(selfUrl(request))],
  });
}

/** A page of a question in a body: its next page is asked for by another body. */
export function searchPageReply(
  request: Request,
  { shown, cursor, offset }: ItemsQuestion,
  page: Page & Matched,
  nextLink: (cursor: string) => Link,
): Reply {
  const isPart = Boolean(offset) || cursor !== undefined;
  const numberMatched = page.numberMatched ?? (page.next || isPart ? undefined : page.numberReturned);
  const headers = headersOf(shown.crs, page.numberReturned, numberMatched);
  return withoutTag(
    collectionReply(request, page, { numberMatched, headers, question: { isPart, nextLink } }),
  );
}

/** An answer to POST has no ETag: the address alone does not say what it answers. */
function withoutTag({ headers: { ETag: _, ...headers } = {}, ...reply }: Reply): Reply {
  return { ...reply, headers };
}

/** A file of `limit` features in the order of the layer, behind which others may follow. */
export const isPart = (request: Request, { sort }: ItemsQuestion): boolean =>
  sort.length === 0 && selfUrl(request).searchParams.has('limit');

/** A file that ends before the last match links to the next one: QGIS 4 reads a layer as FlatGeobuf in such parts. */
export function partReply(
  request: Request,
  { mediaType }: Format,
  end: string | undefined,
  reply: Reply,
): Reply {
  if (end === undefined) return reply;
  const next = new URL(pageUrl(request, end));
  next.searchParams.delete('version');
  const Link = `<${next.href}>; rel="next"; type="${mediaType}"`;
  return { ...reply, headers: { ...reply.headers, Link } };
}

/** The count without features: OGC API – Features, resultType=hits. */
export function hitsReply(request: Request, { shown }: ItemsQuestion, numberMatched: number): Reply {
  const page = { features: '', numberReturned: 0, next: undefined };
  return collectionReply(request, page, { numberMatched, headers: headersOf(shown.crs, 0, numberMatched) });
}

function headersOf(
  crs: Crs,
  numberReturned: number,
  numberMatched: number | undefined,
): Record<string, string> {
  return {
    ...crsHeader(crs),
    'OGC-NumberReturned': String(numberReturned),
    ...(numberMatched !== undefined && { 'OGC-NumberMatched': String(numberMatched) }),
  };
}

const crsHeader = ({ uri }: Crs) => ({ 'Content-Crs': `<${uri}>` });

export function itemReply(
  request: Request,
  { id, noun, title, hasProcedures }: Collection,
  featureId: string,
  crs: Crs,
  found: FoundItem | undefined,
): Reply {
  if (found === undefined) throw notFound(noun, featureId);
  const { feature, version } = found;
  const links = [
    ...selfLinks(request, MEDIA.geojson),
    { href: urlOf(request, `/collections/${id}`), rel: 'collection', type: MEDIA.json, title },
    ...(hasProcedures ? [proceduresLink(request, hasProcedures, featureId)] : []),
  ];
  const body = new JsonText(`${feature.slice(0, -1)},"links":${JSON.stringify(links)}}`);
  const headers = { ...crsHeader(crs), ...(version !== undefined && { ETag: tagOf(version) }) };
  return { mediaType: MEDIA.geojson, headers, body };
}
