import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { readFeature } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply } from '../../http/paging.ts';
import { badRequest, conflict } from '../../http/problem.ts';
import { defineProblemTypes } from '../../http/problem.types.ts';
import { JsonText, type Reply } from '../../http/reply.ts';
import { permitSeeingAs } from '../release/release.permission.ts';
import { Incident, IncidentCollection } from './incident.answer.ts';
import { IncidentQuery } from './incident.query.ts';
import { REPORTING_ROLES } from './incident.roles.ts';
import { IncidentId, NewIncident, NewIncidentId } from './incident.schema.ts';
import type { IncidentStore } from './incident.store.ts';

const GEOJSON = 'application/geo+json';

defineProblemTypes({
  'id-taken': {
    title: 'Id taken',
    meaning: 'The id belongs to other content, perhaps to something that you may not see.',
  },
});

export const incidentOperations = (incidents: IncidentStore) => [
  operation({
    id: 'listIncidents',
    method: 'get',
    path: '/incidents',
    tag: 'Incidents',
    summary: 'List incidents, newest first.',
    description:
      'With `as`, a coordinator asks what another country sees of the incidents of the own country; all other filters go with it.',
    query: IncidentQuery,
    examples: { query: { bbox: '8,34,9,36', kind: 'distress', limit: 10 } },
    responses: {
      200: { description: 'What the caller may see.', mediaType: GEOJSON, schema: IncidentCollection },
    },
    problems: [400, 401, 403, 422],
    async handle({ query, caller, request }) {
      if (query.as) permitSeeingAs(caller, query.as);
      return collectionReply(request, await incidents.list(caller, query));
    },
  }),

  operation({
    id: 'getIncident',
    method: 'get',
    path: '/incidents/{incidentId}',
    tag: 'Incidents',
    summary: 'Read one incident.',
    params: z.strictObject({ incidentId: IncidentId }),
    responses: { 200: { description: 'The incident.', mediaType: GEOJSON, schema: Incident } },
    problems: [400, 404],
    handle: async ({ params, caller }) =>
      readFeature('incident', params.incidentId, await incidents.find(caller, params.incidentId)),
  }),

  operation({
    id: 'createIncident',
    method: 'post',
    path: '/incidents',
    tag: 'Incidents',
    summary: 'Report an incident.',
    description: 'Without an `id` the service makes one. To repeat safely after a lost answer, use PUT.',
    roles: REPORTING_ROLES,
    body: NewIncident,
    responses: { 201: { description: 'The incident.', mediaType: GEOJSON, schema: Incident } },
    problems: [400, 401, 403, 409, 413, 422],
    async handle({ body, caller }) {
      const id = body.id ?? uuidv7();
      const { outcome, feature } = await incidents.create(caller, id, body);
      if (outcome !== 'created') throw idTaken(id);
      return createdReply(id, feature);
    },
  }),

  operation({
    id: 'putIncident',
    method: 'put',
    path: '/incidents/{incidentId}',
    tag: 'Incidents',
    summary: 'Report an incident under an id of your own, as often as needed.',
    description:
      'The same content again answers 200 with the same incident; other content under an existing id is a conflict. An incident changes through its reports.',
    roles: REPORTING_ROLES,
    params: z.strictObject({ incidentId: NewIncidentId }),
    body: NewIncident,
    responses: {
      200: { description: 'It was there already.', mediaType: GEOJSON, schema: Incident },
      201: { description: 'It is new.', mediaType: GEOJSON, schema: Incident },
    },
    problems: [400, 401, 403, 409, 413, 422],
    async handle({ params: { incidentId }, body, caller }) {
      if (body.id && body.id !== incidentId)
        throw badRequest(`body id: ${body.id} is not the id of the path.`);
      const { outcome, feature } = await incidents.create(caller, incidentId, body);
      if (outcome === 'taken') throw idTaken(incidentId);
      return outcome === 'created'
        ? createdReply(incidentId, feature)
        : readFeature('incident', incidentId, feature);
    },
  }),
];

const createdReply = (id: string, feature: string): Reply => ({
  status: 201,
  mediaType: GEOJSON,
  headers: { Location: `/v1/incidents/${id}` },
  body: new JsonText(feature),
});

const idTaken = (id: string) =>
  conflict(
    'id-taken',
    `The id ${id} is taken by other content. Use a new UUIDv7, or add a report to your incident.`,
  );
