import type { Request } from 'express';
import { z } from 'zod';
import { Link } from '../geometry/feature.schema.ts';
import { operation } from '../http/operation.ts';
import { cursorIn, selfUrl } from '../http/paging.ts';
import type { Collection } from './collection/collection.sql.ts';
import { partitionsQuery } from './collection/items.query.ts';
import { MEDIA, selfLink } from './collection/links.ts';
import { mediaTypeOf, PART_FORMATS } from './items.formats.ts';
import type { PartitionStore } from './partitions.store.ts';

const Partitions = z
  .strictObject({
    links: z.array(Link).meta({ description: 'Links with rel `items` are the parts.' }),
  })
  .meta({ id: 'Partitions', description: 'A selection divided for parallel download.' });

/** Parallel download of large layers. */
export const partitionOperations = (collections: readonly Collection[], partitions: PartitionStore) =>
  collections
    .filter(({ isSmall, isUndivided }) => !isSmall && !isUndivided)
    .map((collection) =>
      operation({
        id: `list${collection.title}Partitions`,
        method: 'get',
        path: `/collections/${collection.id}/items/partitions`,
        tag: 'Layers',
        summary: `Divide the layer ${collection.id} for parallel download.`,
        description:
          'Each link is a separate request for about the same number of features. Together they return each feature once, including features written meanwhile. Other parameters are those of the items; the links contain them.',
        query: partitionsQuery(collection, PART_FORMATS),
        examples: { query: { count: 4 } },
        responses: { 200: { description: 'The parts.', schema: Partitions } },
        problems: [400, 422],
        async handle({ query, caller, request }) {
          const cursors = await partitions.find(caller, collection, query, query.count);
          return { body: { links: linksOf(request, cursors, mediaTypeOf(query.f)) } };
        },
      }),
    );

/** From one cursor to the next; the first and last part are open-ended, so nothing is missed. */
function linksOf(request: Request, cursors: readonly string[], type: string): Link[] {
  const starts = [undefined, ...cursors];
  const parts = starts.map((cursor, i) => ({
    href: partUrl(request, cursor, cursors[i]),
    rel: 'items',
    type,
    title: `Part ${i + 1} of ${starts.length}`,
  }));
  return [selfLink(request, MEDIA.json), ...parts];
}

function partUrl(request: Request, cursor: string | undefined, until: string | undefined): string {
  const url = selfUrl(request);
  url.pathname = url.pathname.replace(/\/partitions\/?$/, '');
  url.searchParams.delete('count');
  if (cursor) url.searchParams.set('cursor', cursorIn(request, cursor));
  if (until) url.searchParams.set('until', cursorIn(request, until));
  return url.href;
}
