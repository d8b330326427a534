import { z } from 'zod';
import { notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply } from '../../http/paging.ts';
import { permitFolding } from './double.permission.ts';
import { SegmentIncidentCollection, ZoneIncidentCollection } from './incident.answer.ts';
import { SegmentIncidentQuery, ZoneIncidentQuery } from './incident.query.ts';
import type { IncidentStore } from './incident.store.ts';

const GEOJSON = 'application/geo+json';

export const incidentSearchOperations = (incidents: IncidentStore) => [
  operation({
    id: 'listZoneIncidents',
    method: 'get',
    path: '/zones/{zoneId}/incidents',
    tag: 'Questions',
    summary: 'List incidents inside a zone, newest first.',
    description:
      'Incidents in the agreed revision of the zone; participants of a zone without one get those in the proposed revision.',
    params: z.strictObject({
      zoneId: z.string().max(80).meta({ description: 'Identifier of a zone.', example: 'exercise-jefara' }),
    }),
    query: ZoneIncidentQuery,
    examples: { query: { match: 'possible', limit: 10 } },
    responses: {
      200: { description: 'With `zoneRelation`.', mediaType: GEOJSON, schema: ZoneIncidentCollection },
    },
    problems: [400, 401, 404],
    async handle({ params, query, caller, request }) {
      permitFolding(caller, query.fold);
      const page = await incidents.listInZone(caller, params.zoneId, query);
      if (!page) throw notFound('zone', params.zoneId);
      return collectionReply(request, page);
    },
  }),

  operation({
    id: 'listSegmentIncidents',
    method: 'get',
    path: '/segments/{segmentId}/incidents',
    tag: 'Questions',
    summary: 'List incidents within a distance of a segment, newest first.',
    description: 'Distances are geodesic, from the point of the incident to the line of the segment.',
    params: z.strictObject({
      segmentId: z.string().max(20).meta({ description: 'Identifier of a segment.', example: 'DZA-TUN-07' }),
    }),
    query: SegmentIncidentQuery,
    examples: { query: { withinMetres: 20000, limit: 10 } },
    responses: {
      200: { description: 'With `distanceMetres`.', mediaType: GEOJSON, schema: SegmentIncidentCollection },
    },
    problems: [400, 401, 404],
    async handle({ params, query, caller, request }) {
      permitFolding(caller, query.fold);
      const page = await incidents.listNearSegment(caller, params.segmentId, query);
      if (!page) throw notFound('segment', params.segmentId);
      return collectionReply(request, page);
    },
  }),
];
