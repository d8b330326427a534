import { z } from 'zod';
import { ROLES } from '../../core/caller.ts';
import { forbidden, notFound } from '../../core/problem.ts';
import { readFeature } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { REPORTING_ROLES } from '../incidents/incident.roles.ts';
import { NewAssistance } from './assistance.schema.ts';
import {
  DistressNotice,
  DistressNoticeCollection,
  DistressQuery,
  NoticeId,
  OpenDistressQuery,
} from './distress.schema.ts';
import type { DistressStore } from './distress.store.ts';

const GEOJSON = 'application/geo+json';
const JSON_ALONE = ['application/json'];
const tag = 'Distress';
const params = z.strictObject({ noticeId: NoticeId });
const list = {
  200: { description: 'The notices.', mediaType: GEOJSON, schema: DistressNoticeCollection },
};
const notice = { description: 'The notice.', mediaType: GEOJSON, schema: DistressNotice };

export const distressOperations = (notices: DistressStore) => [
  operation({
    id: 'listDistressNotices',
    method: 'get',
    path: '/distress',
    tag,
    summary: 'List distress notices, newest first.',
    description:
      'Time, place, accuracy and number in need of `distress` incidents. Agencies of both countries at a border with a mandate `search_rescue` or `civil_protection` there see all of them, whatever the label; others see those of visible incidents. Notices of an exercise name it in `world`. Those of tests look real: use `nature=actual` if you act on them.',
    roles: ROLES,
    query: DistressQuery,
    examples: { query: { nature: 'actual', border: 'LBY-TUN', limit: 10 } },
    responses: list,
    problems: [400, 401],
    handle: async ({ query, caller, request }) => collectionReply(request, await notices.list(caller, query)),
  }),

  operation({
    id: 'listOpenDistressNotices',
    method: 'get',
    path: '/distress/open',
    tag,
    summary: 'List distress notices without assistance, earliest deadline first.',
    description: 'A notice past its deadline says `overdue`.',
    roles: ROLES,
    query: OpenDistressQuery,
    examples: { query: { nature: 'actual', border: 'LBY-TUN', limit: 10 } },
    responses: list,
    problems: [400],
    handle: async ({ query, caller, request }) =>
      collectionReply(request, await notices.listOpen(caller, query)),
  }),

  operation({
    id: 'getDistressNotice',
    method: 'get',
    path: '/distress/{noticeId}',
    tag,
    summary: 'Read one distress notice.',
    description:
      'A notice follows its incident: it moves with it, and disappears when the incident is cancelled.',
    roles: ROLES,
    params,
    responses: { 200: notice },
    problems: [400, 401, 404],
    handle: async ({ params: { noticeId }, caller }) =>
      readFeature('notice', noticeId, await notices.find(caller, noticeId)),
  }),

  operation({
    id: 'addAssistance',
    method: 'post',
    lane: 'urgent',
    path: '/distress/{noticeId}/assistance',
    tag,
    summary: 'Record assistance for people in distress.',
    description:
      'For rescue bodies and the reporting agency. `given` needs an `outcome` and stops the clock; only then can the incident be closed.',
    roles: REPORTING_ROLES,
    params,
    body: NewAssistance,
    bodyMediaTypes: JSON_ALONE,
    responses: { 201: notice },
    problems: [404],
    async handle({ params: { noticeId }, body, caller }) {
      const feature = await notices.assist(caller, noticeId, body, (found) => {
        if (!found) throw notFound('notice', noticeId);
        if (!found.mayAssist) throw forbidden('assistance-not-yours');
      });
      return created(`/distress/${noticeId}`, new JsonText(feature), GEOJSON);
    },
  }),
];
