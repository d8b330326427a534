import { z } from 'zod';
import { ROLES } from '../../core/caller.ts';
import { operation } from '../../http/operation.ts';
import { listReply } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { REPORTING_ROLES } from '../incidents/incident.roles.ts';
import { IncidentId } from '../incidents/incident.schema.ts';
import { permitAnswerTo, permitRequest } from './request.permission.ts';
import {
  NewRequest,
  RequestChange,
  RequestId,
  RequestList,
  RequestQuery,
  SupportRequest,
} from './request.schema.ts';
import type { RequestStore } from './request.store.ts';

const tag = 'Coordination';
const bodyMediaTypes = ['application/json'];
const one = { description: 'The request.', schema: SupportRequest };

export const requestOperations = (requests: RequestStore) => [
  operation({
    id: 'listRequests',
    method: 'get',
    path: '/requests',
    tag,
    summary: 'List requests, earliest deadline first.',
    description: 'Visible to the countries of both ends.',
    roles: ROLES,
    query: RequestQuery,
    examples: { query: { overdue: true } },
    responses: { 200: { description: 'Requests.', schema: RequestList } },
    problems: [400],
    handle: async ({ query, caller, request }) =>
      listReply(request, 'requests', await requests.list(caller, query)),
  }),

  operation({
    id: 'addRequest',
    method: 'post',
    lane: 'urgent',
    path: '/incidents/{incidentId}/requests',
    tag,
    summary: 'Request information or support about an incident.',
    description: 'The addressees must see the incident.',
    roles: REPORTING_ROLES,
    params: z.strictObject({ incidentId: IncidentId }),
    body: NewRequest,
    bodyMediaTypes,
    responses: { 201: one },
    problems: [404, 422],
    async handle({ params: { incidentId }, body, caller }) {
      const text = await requests.add(caller, incidentId, body, (found) =>
        permitRequest(caller, incidentId, found),
      );
      return created(`/requests?incident=${incidentId}`, new JsonText(text));
    },
  }),

  operation({
    id: 'changeRequest',
    method: 'patch',
    lane: 'urgent',
    path: '/requests/{requestId}',
    tag,
    summary: 'Answer a request, or withdraw your own.',
    roles: REPORTING_ROLES,
    params: z.strictObject({ requestId: RequestId }),
    body: RequestChange,
    bodyMediaTypes,
    responses: { 200: one },
    problems: [404, 409],
    async handle({ params: { requestId }, body, caller }) {
      const text = await requests.change(caller, requestId, body, (asked) =>
        permitAnswerTo(caller, requestId, body, asked),
      );
      return { body: new JsonText(text) };
    },
  }),
];
