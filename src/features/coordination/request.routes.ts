import { z } from 'zod';
import { type Caller, ROLES } from '../../core/caller.ts';
import { notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { listReply } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { SegmentId } from '../borders/border.schema.ts';
import { CrossingId } from '../crossings/crossing.schema.ts';
import { REPORTING_ROLES } from '../incidents/incident.roles.ts';
import { IncidentId } from '../incidents/incident.schema.ts';
import { ZoneId } from '../zones/zone.answer.ts';
import { permitAnswerTo, permitRequest } from './request.permission.ts';
import {
  NewPlaceRequest,
  NewRequest,
  RequestChange,
  RequestId,
  RequestList,
  RequestQuery,
  SupportRequest,
} from './request.schema.ts';
import type { RequestStore } from './request.store.ts';
import type { RequestSubject } from './request.subject.ts';

const tag = 'Coordination';
const bodyMediaTypes = ['application/json'];
const one = { description: 'The request.', schema: SupportRequest };

const asking = {
  method: 'post',
  lane: 'urgent',
  tag,
  roles: REPORTING_ROLES,
  bodyMediaTypes,
  responses: { 201: one },
} as const;

const ABOUT = {
  incident: { path: '/incidents/{incidentId}/requests', name: 'an incident' },
  zone: { path: '/zones/{zoneId}/requests', name: 'a zone' },
  segment: { path: '/segments/{segmentId}/requests', name: 'a segment' },
  crossing: { path: '/crossings/{crossingId}/requests', name: 'a crossing' },
} as const;

const about = (noun: keyof typeof ABOUT) => ({
  ...asking,
  path: ABOUT[noun].path,
  summary: `Request information or support about ${ABOUT[noun].name}.`,
  description:
    noun === 'incident' || noun === 'zone'
      ? `The addressees must see the ${noun}.`
      : 'Everybody sees it, so any agency and country can be asked.',
  problems: [404, 422],
});

async function add(requests: RequestStore, caller: Caller, subject: RequestSubject, asked: NewRequest) {
  const { id, text } = await requests.add(caller, subject, asked, (found) => permitRequest(caller, found));
  return created(`/requests/${id}`, new JsonText(text));
}

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
    id: 'getRequest',
    method: 'get',
    path: '/requests/{requestId}',
    tag,
    summary: 'Read one request.',
    description: 'Visible to the countries of both ends.',
    roles: ROLES,
    params: z.strictObject({ requestId: RequestId }),
    responses: { 200: one },
    problems: [400, 404],
    async handle({ params: { requestId }, caller }) {
      const text = await requests.find(caller, requestId);
      if (text === undefined) throw notFound('request', requestId);
      return { body: new JsonText(text) };
    },
  }),

  operation({
    id: 'addRequest',
    ...about('incident'),
    params: z.strictObject({ incidentId: IncidentId }),
    body: NewRequest,
    handle: ({ params, body, caller }) =>
      add(requests, caller, { noun: 'incident', id: params.incidentId }, body),
  }),

  operation({
    id: 'addZoneRequest',
    ...about('zone'),
    params: z.strictObject({ zoneId: ZoneId }),
    body: NewRequest,
    handle: ({ params, body, caller }) => add(requests, caller, { noun: 'zone', id: params.zoneId }, body),
  }),

  operation({
    id: 'addSegmentRequest',
    ...about('segment'),
    params: z.strictObject({ segmentId: SegmentId }),
    body: NewRequest,
    handle: ({ params, body, caller }) =>
      add(requests, caller, { noun: 'segment', id: params.segmentId }, body),
  }),

  operation({
    id: 'addCrossingRequest',
    ...about('crossing'),
    params: z.strictObject({ crossingId: CrossingId }),
    body: NewRequest,
    handle: ({ params, body, caller }) =>
      add(requests, caller, { noun: 'crossing', id: params.crossingId }, body),
  }),

  operation({
    id: 'addPlaceRequest',
    ...asking,
    path: '/requests',
    summary: 'Request information or support at a place.',
    description:
      'For what no incident, zone, segment or crossing stands for; requests about those are sent to them, such as `/crossings/{crossingId}/requests`.',
    body: NewPlaceRequest,
    problems: [422],
    handle: ({ body: { place, ...body }, caller }) => add(requests, caller, { noun: 'place', place }, body),
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
