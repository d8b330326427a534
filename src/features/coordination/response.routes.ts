import { z } from 'zod';
import { ROLES } from '../../core/caller.ts';
import { notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { listReply, paging } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { REPORTING_ROLES } from '../incidents/incident.roles.ts';
import { IncidentId } from '../incidents/incident.schema.ts';
import { permitFollowUp } from './incident.access.permission.ts';
import { permitProgress } from './response.permission.ts';
import { NewResponse, Response, ResponseChange, ResponseId, ResponseList } from './response.schema.ts';
import type { ResponseStore } from './response.store.ts';

const params = z.strictObject({ incidentId: IncidentId });
const path = '/incidents/{incidentId}/responses';
const tag = 'Coordination';
const bodyMediaTypes = ['application/json'];
const one = { description: 'The response.', schema: Response };

export const responseOperations = (responses: ResponseStore) => [
  operation({
    id: 'listResponses',
    method: 'get',
    path,
    tag,
    summary: 'List the responses to an incident, oldest first.',
    roles: ROLES,
    params,
    query: z.strictObject(paging),
    responses: { 200: { description: 'Responses.', schema: ResponseList } },
    problems: [404],
    async handle({ params: { incidentId }, query, caller, request }) {
      const page = await responses.list(caller, incidentId, query);
      if (!page) throw notFound('incident', incidentId);
      return listReply(request, 'responses', page);
    },
  }),

  operation({
    id: 'addResponse',
    method: 'post',
    lane: 'urgent',
    path,
    tag,
    summary: 'Add a response of your agency to an incident.',
    description: 'For agencies with a mandate at its place. Visible to agencies that see the incident.',
    roles: REPORTING_ROLES,
    params,
    body: NewResponse,
    bodyMediaTypes,
    responses: { 201: one },
    problems: [404],
    async handle({ params: { incidentId }, body, caller }) {
      const text = await responses.add(caller, incidentId, body, (access) =>
        permitFollowUp(caller, incidentId, access),
      );
      return created(`/incidents/${incidentId}/responses`, new JsonText(text));
    },
  }),

  operation({
    id: 'changeResponse',
    method: 'patch',
    lane: 'urgent',
    path: `${path}/{responseId}`,
    tag,
    summary: "Change the state of your agency's response.",
    roles: REPORTING_ROLES,
    params: z.strictObject({ incidentId: IncidentId, responseId: ResponseId }),
    body: ResponseChange,
    bodyMediaTypes,
    responses: { 200: one },
    problems: [404, 409],
    async handle({ params, body: { state }, caller }) {
      const text = await responses.change(caller, params, state, (given) =>
        permitProgress(caller, params.responseId, state, given),
      );
      return { body: new JsonText(text) };
    },
  }),
];
