import { z } from 'zod';
import { readFeature } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply } from '../../http/paging.ts';
import { PROCEDURES_HEADER, proceduresLink, withProcedures } from '../../ogc/collection/procedures.link.ts';
import { at, Crossing, CrossingCollection, CrossingId, CrossingQuery } from './crossing.schema.ts';
import type { CrossingStore } from './crossing.store.ts';

const GEOJSON = 'application/geo+json';

export const crossingOperations = (crossings: CrossingStore) => [
  operation({
    id: 'listCrossings',
    method: 'get',
    path: '/crossings',
    tag: 'Crossings',
    summary: 'List the crossings, at an instant.',
    description:
      'States are those at the instant `at`. The state of a crossing is the stricter of its two sides.',
    query: CrossingQuery,
    examples: { query: { border: 'LBY-TUN', include: 'statements', limit: 5 } },
    responses: { 200: { description: 'Crossings by id.', mediaType: GEOJSON, schema: CrossingCollection } },
    problems: [400],
    handle: async ({ query, caller, request }) =>
      collectionReply(request, await crossings.list(caller, query)),
  }),

  operation({
    id: 'getCrossing',
    method: 'get',
    path: '/crossings/{crossingId}',
    tag: 'Crossings',
    summary: 'Read one crossing, at an instant.',
    description: 'With both sides and the statements behind their states at the instant `at`.',
    params: z.strictObject({ crossingId: CrossingId }),
    query: z.strictObject({ at }),
    responses: {
      200: { description: 'The crossing.', mediaType: GEOJSON, schema: Crossing, headers: PROCEDURES_HEADER },
    },
    problems: [400, 404],
    async handle({ params: { crossingId }, query, caller, request }) {
      const reply = readFeature('crossing', crossingId, await crossings.find(caller, crossingId, query.at));
      return withProcedures(reply, proceduresLink(request, 'crossing', crossingId));
    },
  }),
];
