import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { hasIfMatch, preconditionOf } from '../../core/precondition.ts';
import { inBody, invalidInput } from '../../core/problem.ts';
import { createdReply, readFeature, versionedReply } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply } from '../../http/paging.ts';
import { PROCEDURES_HEADER, proceduresLink, withProcedures } from '../../ogc/collection/procedures.link.ts';
import { permitSeeingAs } from '../label.permission.ts';
import { permitFolding } from './double.permission.ts';
import { Incident, IncidentCollection } from './incident.answer.ts';
import { NewIncident } from './incident.content.ts';
import { idTaken } from './incident.problem.ts';
import { IncidentQuery } from './incident.query.ts';
import { REPORTING_ROLES } from './incident.roles.ts';
import { IncidentId, NewIncidentId } from './incident.schema.ts';
import type { IncidentStore } from './incident.store.ts';

const GEOJSON = 'application/geo+json';

export const incidentOperations = (incidents: IncidentStore) => [
  operation({
    id: 'listIncidents',
    method: 'get',
    path: '/incidents',
    tag: 'Incidents',
    summary: 'List incidents, newest first.',
    description:
      'With `as`, a coordinator reads what another country sees of the incidents of the own country; other filters combine with it.',
    query: IncidentQuery,
    examples: { query: { bbox: '8,34,9,36', kind: 'distress', limit: 10 } },
    responses: {
      200: { description: 'Rows that the caller may see.', mediaType: GEOJSON, schema: IncidentCollection },
    },
    problems: [400, 401, 403, 422],
    async handle({ query, caller, request }) {
      if (query.as) permitSeeingAs(caller, query.as);
      permitFolding(caller, query.fold);
      return collectionReply(request, await incidents.list(caller, query));
    },
  }),

  operation({
    id: 'getIncident',
    method: 'get',
    path: '/incidents/{incidentId}',
    tag: 'Incidents',
    summary: 'Read one incident.',
    description: 'With the zones in force that its point lies in.',
    params: z.strictObject({ incidentId: IncidentId }),
    responses: {
      200: { description: 'The incident.', mediaType: GEOJSON, schema: Incident, headers: PROCEDURES_HEADER },
    },
    problems: [400, 404],
    async handle({ params: { incidentId }, caller, request }) {
      const reply = readFeature('incident', incidentId, await incidents.find(caller, incidentId));
      return withProcedures(reply, proceduresLink(request, 'incident', incidentId));
    },
  }),

  operation({
    id: 'createIncident',
    method: 'post',
    lane: 'urgent',
    path: '/incidents',
    tag: 'Incidents',
    summary: 'Report an incident.',
    description: 'Without an `id` the service creates one. Use PUT for safe retries.',
    roles: REPORTING_ROLES,
    body: NewIncident,
    responses: { 201: { description: 'The incident.', mediaType: GEOJSON, schema: Incident } },
    problems: [400, 401, 403, 409, 422],
    async handle({ body, caller }) {
      const id = body.id ?? uuidv7();
      const made = await incidents.create(caller, id, body);
      if (made.outcome !== 'created') throw idTaken(id);
      return createdReply(`/incidents/${id}`, made);
    },
  }),

  operation({
    id: 'putIncident',
    method: 'put',
    lane: 'urgent',
    path: '/incidents/{incidentId}',
    tag: 'Incidents',
    summary: 'Report an incident under your own id, idempotently.',
    description:
      'Repeating the same content answers 200 with the same incident; different content under an existing id is a conflict. An incident changes through its reports.',
    roles: REPORTING_ROLES,
    params: z.strictObject({ incidentId: NewIncidentId }),
    body: NewIncident,
    responses: {
      200: { description: 'Existed already.', mediaType: GEOJSON, schema: Incident },
      201: { description: 'Created.', mediaType: GEOJSON, schema: Incident },
    },
    problems: [400, 401, 403, 409, 412, 422],
    async handle({ params: { incidentId }, body, caller, request }) {
      if (body.id && body.id !== incidentId)
        throw invalidInput([inBody('id', 'id-of-other-path', { id: body.id })]);
      const precondition = preconditionOf(request);
      // an existing incident never changes here, so no lock is needed
      if (hasIfMatch(request)) precondition((await incidents.find(caller, incidentId))?.version);
      const put = await incidents.create(caller, incidentId, body);
      if (put.outcome !== 'created') precondition(put.version);
      if (put.outcome === 'taken') throw idTaken(incidentId);
      return put.outcome === 'created' ? createdReply(`/incidents/${incidentId}`, put) : versionedReply(put);
    },
  }),
];
