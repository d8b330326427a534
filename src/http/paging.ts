import { hash } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import type { Page } from '../core/page.ts';
import { badRequest } from '../core/problem.ts';
import type { Link } from '../geometry/feature.schema.ts';
import { exerciseOf } from './exercise.answer.ts';
import { JsonText, type Reply } from './reply.ts';

export const MOST_ROWS = 10_000;
const USUAL = 100;
const LONGEST_CURSOR = 4000; // characters

/** Page size. Values above the maximum are lowered to it; 0 and non-numbers are refused. */
export const Limit = z
  .int()
  .min(1)
  .overwrite((limit) => Math.min(limit, MOST_ROWS))
  .default(USUAL)
  .meta({
    id: 'limit',
    description: `Page size. Values above ${MOST_ROWS} are lowered to ${MOST_ROWS}.`,
    // larger values are not refused, but clients that read this ask for the largest page
    maximum: MOST_ROWS,
    example: 10,
  });

export const Cursor = z.string().min(1).max(LONGEST_CURSOR).optional().meta({
  id: 'cursor',
  description: 'Start of the page: taken from the `next` link of the previous page.',
  pattern: '^[A-Za-z0-9_-]+$',
});

export const paging = { limit: Limit, cursor: Cursor };

const GEOJSON = 'application/geo+json';
/** Parameters that say where a page begins. */
export const STARTS = ['cursor', 'offset', 'startIndex'];
const END = Buffer.from(']}');

interface PageExtras {
  /** Total number of matches, if known independently of the page. */
  numberMatched?: number | undefined;
  links?: readonly Link[];
  headers?: Record<string, string>;
  /** For questions in a body, which no address repeats. */
  question?: { isPart: boolean; nextLink(cursor: string): Link } | undefined;
}

/** A page as a FeatureCollection; the features stay as the database wrote them. */
export function collectionReply(request: Request, page: Page, extras: PageExtras = {}): Reply {
  const self = selfUrl(request);
  const { question } = extras;
  const exercise = exerciseOf(request);
  const links = [...linksOf(request, page, GEOJSON, question?.nextLink), ...(extras.links ?? [])];
  // a first page without a next one is the whole answer
  const isPart = question?.isPart ?? [...STARTS, 'until'].some((name) => self.searchParams.has(name));
  const isWhole = !page.next && !isPart;
  const numberMatched = extras.numberMatched ?? (isWhole ? page.numberReturned : undefined);
  const head = {
    type: 'FeatureCollection',
    timeStamp: new Date().toISOString(),
    numberReturned: page.numberReturned,
    ...(numberMatched !== undefined && { numberMatched }),
    ...page.about,
    ...(exercise && { world: exercise.id }),
    links,
  };
  // encode once: hashing and sending a text would each encode it
  const features = Buffer.from(page.features);
  const before = Buffer.from(`${JSON.stringify(head).slice(0, -1)},"features":[`);
  const body = new JsonText(Buffer.concat([before, features, END]));
  const headers = {
    ETag: tagOf(features, { ...page, numberMatched: extras.numberMatched }),
    ...extras.headers,
  };
  return { mediaType: GEOJSON, headers, body };
}

/** A page of objects without geometry, under their name. */
export function listReply(request: Request, name: string, page: Page): Reply {
  const links = linksOf(request, page, 'application/json');
  return { body: new JsonText(`{"${name}":[${page.features}],"links":${JSON.stringify(links)}}`) };
}

function linksOf(
  request: Request,
  { next }: Page,
  type: string,
  nextLink?: (cursor: string) => Link,
): Link[] {
  const self = selfUrl(request);
  const links: Link[] = [{ href: self.href, rel: 'self', type, title: 'This page' }];
  if (!next) return links;
  const link = nextLink?.(next) ?? {
    href: pageUrl(request, next),
    rel: 'next',
    type,
    title: 'The next page',
  };
  return [...links, link];
}

/** The same request from a cursor on. */
export function pageUrl(request: Request, cursor: string): string {
  const page = selfUrl(request);
  for (const name of STARTS) if (page.searchParams.has(name)) page.searchParams.delete(name);
  page.searchParams.append('cursor', cursorIn(request, cursor));
  return page.href;
}

const WORLD_END = '_';

/** A cursor in links of an exercise begins with its id, so that no other world takes it for a place in its own lists. */
export function cursorIn(request: Request, cursor: string): string {
  const exercise = exerciseOf(request);
  return exercise ? exercise.id + WORLD_END + cursor : cursor;
}

/** The cursor without its world; throws 400 if it is of another one. */
export function readCursorIn<C extends string | undefined>(request: Request, cursor: C): C {
  const exercise = exerciseOf(request);
  if (!exercise || cursor === undefined) return cursor;
  const beginning = exercise.id + WORLD_END;
  if (!cursor.startsWith(beginning)) throw badRequest('cursor-foreign');
  return cursor.slice(beginning.length) as C;
}

/** A hash of the page's content, without the time of the answer. */
const tagOf = (features: Buffer, { next, about, numberMatched }: Page & PageExtras): string => {
  const more = [next, about, numberMatched];
  const rest = more.some((part) => part !== undefined)
    ? hash('sha1', JSON.stringify(more), 'base64url').slice(0, 8)
    : '';
  return `W/"${hash('sha1', features, 'base64url')}${rest}"`;
};

/** The URL that the caller used, or the same under PUBLIC_URL. */
export function selfUrl(request: Request): URL {
  const base = request.app.get('public url') ?? `${request.protocol}://${request.get('host') ?? 'localhost'}`;
  if (!URL.canParse(request.originalUrl, base)) throw badRequest('host-invalid', { address: base });
  return new URL(request.originalUrl, base);
}
