import { hash } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import type { Link } from '../geometry/feature.schema.ts';
import type { Page } from './page.ts';
import { badRequest } from './problem.ts';
import { JsonText, type Reply } from './reply.ts';

const MOST = 10_000;

/** How many features a page holds. Above the maximum the maximum is answered; 0 and non-numbers are refused. */
export const Limit = z
  .int()
  .min(1)
  .transform((limit) => Math.min(limit, MOST))
  .default(100)
  .meta({
    id: 'limit',
    description: `Most features on a page. More than ${MOST} is answered with ${MOST}.`,
    example: 10,
  });

export const Cursor = z.string().min(1).max(1000).optional().meta({
  id: 'cursor',
  description: 'Where the page starts: taken from the `next` link of the page before.',
});

export const paging = { limit: Limit, cursor: Cursor };

const GEOJSON = 'application/geo+json';
const END = Buffer.from(']}');

/** A page as a FeatureCollection; the features stay the text that the database wrote. */
export function collectionReply(request: Request, page: Page): Reply {
  const self = selfUrl(request);
  const links = linksOf(self, page, GEOJSON);
  const head = {
    type: 'FeatureCollection',
    timeStamp: new Date().toISOString(),
    numberReturned: page.numberReturned,
    // the first page is the whole answer when nothing follows
    ...(!page.next && !self.searchParams.has('cursor') && { numberMatched: page.numberReturned }),
    ...page.about,
    links,
  };
  // bytes at once: hashing and sending a text would each encode it
  const features = Buffer.from(page.features);
  const before = Buffer.from(`${JSON.stringify(head).slice(0, -1)},"features":[`);
  const body = new JsonText(Buffer.concat([before, features, END]));
  return { mediaType: GEOJSON, headers: { ETag: tagOf(features, page) }, body };
}

/** A page of things without a place, under their name. */
export function listReply(request: Request, name: string, page: Page): Reply {
  const links = linksOf(selfUrl(request), page, 'application/json');
  return { body: new JsonText(`{"${name}":[${page.features}],"links":${JSON.stringify(links)}}`) };
}

function linksOf(self: URL, { next }: Page, type: string): Link[] {
  const links: Link[] = [{ href: self.href, rel: 'self', type, title: 'This page' }];
  if (!next) return links;
  const following = new URL(self);
  following.searchParams.set('cursor', next);
  return [...links, { href: following.href, rel: 'next', type, title: 'The next page' }];
}

/** A hash of what the page shows; the time of the answer, which stands in it too, does not make it another page. */
const tagOf = (features: Buffer, { next, about }: Page): string => {
  const rest = next || about ? hash('sha1', JSON.stringify([next, about]), 'base64url').slice(0, 8) : '';
  return `W/"${hash('sha1', features, 'base64url')}${rest}"`;
};

/** The address that the caller used, or the same under PUBLIC_URL. */
export function selfUrl(request: Request): URL {
  const base = request.app.get('public url') ?? `${request.protocol}://${request.get('host') ?? 'localhost'}`;
  if (!URL.canParse(request.originalUrl, base))
    throw badRequest(`The address ${base} is none: check the header Host.`);
  return new URL(request.originalUrl, base);
}
