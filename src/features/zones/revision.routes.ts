import { z } from 'zod';
import { readFeature } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply, paging } from '../../http/paging.ts';
import { notFound } from '../../http/problem.ts';
import { Zone, ZoneCollection, ZoneId } from './zone.answer.ts';
import type { ZoneStore } from './zone.store.ts';

const GEOJSON = 'application/geo+json';

export const revisionOperations = (zones: ZoneStore) => [
  operation({
    id: 'listZoneRevisions',
    method: 'get',
    path: '/zones/{zoneId}/revisions',
    tag: 'Zones',
    summary: 'Every revision of a zone, oldest first.',
    params: z.strictObject({ zoneId: ZoneId }),
    query: z.strictObject(paging),
    responses: { 200: { description: 'As they were written.', mediaType: GEOJSON, schema: ZoneCollection } },
    problems: [400, 404],
    async handle({ params: { zoneId }, query, caller, request }) {
      const page = await zones.listRevisions(caller, zoneId, query);
      if (page.numberReturned === 0 && !query.cursor) throw notFound('zone', zoneId);
      return collectionReply(request, page);
    },
  }),

  operation({
    id: 'getZoneRevision',
    method: 'get',
    path: '/zones/{zoneId}/revisions/{revision}',
    tag: 'Zones',
    summary: 'Read one revision of a zone.',
    params: z.strictObject({
      zoneId: ZoneId,
      revision: z
        .int()
        .min(1)
        .max(1_000_000)
        .meta({ description: 'Number of a revision, from 1.', example: 1 }),
    }),
    responses: { 200: { description: 'As it was written.', mediaType: GEOJSON, schema: Zone } },
    problems: [400, 404],
    handle: async ({ params: { zoneId, revision }, caller }) =>
      readFeature('revision', `${zoneId}/${revision}`, await zones.findRevision(caller, zoneId, revision)),
  }),
];
