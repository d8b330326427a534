import type { Request } from 'express';
import { inBody, invalidInput } from '../core/problem.ts';
import type { Link } from '../geometry/feature.schema.ts';
import { operation } from '../http/operation.ts';
import { cursorIn, readCursorIn, selfUrl } from '../http/paging.ts';
import { collectionParams, getCollection } from './collection/collection.find.ts';
import type { Collection } from './collection/collection.sql.ts';
import { ItemCollection } from './collection/item.schema.ts';
import { MEDIA } from './collection/links.ts';
import type { Downloads } from './download/download.file.reply.ts';
import { searchDownloadReply } from './download/download.reply.ts';
import { chooseStream, SEARCH_TYPES } from './items.formats.ts';
import { hitsReply, PAGE_HEADERS, searchPageReply } from './items.reply.ts';
import type { ItemsStore } from './items.store.ts';
import { readSearch, SearchBody } from './search.query.ts';

const EXAMPLE = {
  intersects: {
    type: 'Polygon',
    coordinates: [
      [
        [8, 34],
        [9, 34],
        [9, 36],
        [8, 36],
        [8, 34],
      ],
    ],
  },
  limit: 10,
};

export const searchOperations = (
  collections: readonly Collection[],
  items: ItemsStore,
  downloads: Downloads,
) => [
  operation({
    id: 'searchItems',
    method: 'post',
    isQuestion: true,
    path: '/collections/{collectionId}/search',
    tag: 'Layers',
    summary: 'List the features of a layer by a question in the body.',
    description:
      'For polygons and filters that are too long for an address. The body has the parameters of the items. The `next` link has `method`, `body` and `merge`, as in STAC API: send the same question with the members of its `body`.',
    params: collectionParams(collections),
    body: SearchBody,
    examples: { body: EXAMPLE },
    responses: {
      200: {
        description: 'One page as GeoJSON; other formats have the whole selection.',
        mediaType: MEDIA.geojson,
        schema: ItemCollection,
        also: Object.fromEntries(SEARCH_TYPES.map((type) => [type, null])),
        headers: PAGE_HEADERS,
      },
    },
    problems: [400, 404, 422],
    async handle({ params: { collectionId }, body, caller, request }) {
      const collection = getCollection(collections, collectionId);
      const question = readSearch(collection, inWorld(request, body));
      if (question.wantsHits)
        return hitsReply(request, question, await items.count(caller, collection, question));
      const format = chooseStream(question.f, request);
      if (format && question.offset) throw invalidInput([inBody('offset', 'offset-of-file')]);
      const most = body.limit === undefined ? undefined : question.limit;
      if (format)
        return searchDownloadReply(downloads, caller, { collection, question, format, most }, request);
      return searchPageReply(request, question, await items.list(caller, collection, question), (cursor) =>
        nextPage(request, body, cursor),
      );
    },
  }),
];

function inWorld(request: Request, { cursor, ...body }: SearchBody): SearchBody {
  return (cursor === undefined ? body : { ...body, cursor: readCursorIn(request, cursor) }) as SearchBody;
}

const SKIPS = ['offset', 'startIndex'];

/** STAC API 1.0: a link that is followed by a POST. */
const nextPage = (request: Request, body: SearchBody, cursor: string): Link => ({
  href: selfUrl(request).href,
  rel: 'next',
  type: MEDIA.geojson,
  title: 'The next page',
  method: 'POST',
  body: {
    cursor: cursorIn(request, cursor),
    ...Object.fromEntries(SKIPS.filter((name) => name in body).map((name) => [name, null])),
  },
  merge: true,
});
