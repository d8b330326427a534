import { z } from 'zod';
import { notFound, nothingHere } from '../../core/problem.ts';
import { readFeature } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply, paging } from '../../http/paging.ts';
import { PROCEDURES_HEADER, proceduresLink, withProcedures } from '../../ogc/collection/procedures.link.ts';
import type { RevisionStore } from './revision.store.ts';
import { OneZoneQuery, Zone, ZoneCollection, ZoneId } from './zone.answer.ts';
import type { ZoneStore } from './zone.store.ts';

const GEOJSON = 'application/geo+json';

export const revisionOperations = (zones: ZoneStore, revisions: RevisionStore) => [
  operation({
    id: 'getZone',
    method: 'get',
    path: '/zones/{zoneId}',
    tag: 'Zones',
    summary: 'Read one zone.',
    description: 'The agreed revision, or for participants the proposed one before the first agreement.',
    params: z.strictObject({ zoneId: ZoneId }),
    query: OneZoneQuery,
    examples: { query: {} },
    responses: {
      200: { description: 'The zone.', mediaType: GEOJSON, schema: Zone, headers: PROCEDURES_HEADER },
    },
    problems: [400, 404],
    async handle({ params: { zoneId }, query: { at, revision }, caller, request }) {
      if (revision) return readFeature('zone', zoneId, await revisions.findNewest(caller, zoneId));
      const shown = at ? await revisions.findInForce(caller, zoneId, at) : undefined;
      if (at && shown === undefined) {
        readFeature('zone', zoneId, await zones.find(caller, zoneId));
        throw neverInForce(zoneId, at);
      }
      const reply = readFeature('zone', zoneId, shown ?? (await zones.find(caller, zoneId)));
      return withProcedures(reply, proceduresLink(request, 'zone', zoneId));
    },
  }),

  operation({
    id: 'listZoneRevisions',
    method: 'get',
    path: '/zones/{zoneId}/revisions',
    tag: 'Zones',
    summary: 'List the revisions of a zone, oldest first.',
    description: 'Each with the state that it has now.',
    params: z.strictObject({ zoneId: ZoneId }),
    query: z.strictObject(paging),
    responses: {
      200: { description: 'The revisions as written.', mediaType: GEOJSON, schema: ZoneCollection },
    },
    problems: [400, 404],
    async handle({ params: { zoneId }, query, caller, request }) {
      const page = await revisions.list(caller, zoneId, query);
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
    description: 'With the state that it has now.',
    params: z.strictObject({
      zoneId: ZoneId,
      revision: z
        .int()
        .min(1)
        .max(1_000_000)
        .meta({ description: 'Number of a revision, from 1.', example: 1 }),
    }),
    responses: { 200: { description: 'The revision as written.', mediaType: GEOJSON, schema: Zone } },
    problems: [400, 404],
    handle: async ({ params: { zoneId, revision }, caller }) =>
      readFeature('revision', `${zoneId}/${revision}`, await revisions.find(caller, zoneId, revision)),
  }),
];

const neverInForce = (id: string, at: string) => nothingHere('never-in-force', { id, at });
