import { z } from 'zod';
import { ROLES } from '../../access/caller.ts';
import { readFeature } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply } from '../../http/paging.ts';
import { DistressNotice, DistressNoticeCollection, DistressQuery, NoticeId } from './distress.schema.ts';
import type { DistressStore } from './distress.store.ts';

const GEOJSON = 'application/geo+json';
const tag = 'Distress';

export const distressOperations = (notices: DistressStore) => [
  operation({
    id: 'listDistressNotices',
    method: 'get',
    path: '/distress',
    tag,
    summary: 'Where people are in distress, newest first.',
    description:
      'For agencies of both countries at a border that hold a mandate `search_rescue` or `civil_protection` there: time, place, accuracy and number in need of each `distress` incident, whatever its label; for others it is empty. Notices of exercises and tests are among them and look like real ones: ask with `nature=actual` when you act on them.',
    roles: ROLES,
    query: DistressQuery,
    examples: { query: { nature: 'actual', border: 'LBY-TUN', limit: 10 } },
    responses: {
      200: {
        description: 'Notices at the borders of the agency.',
        mediaType: GEOJSON,
        schema: DistressNoticeCollection,
      },
    },
    problems: [400, 401],
    handle: async ({ query, caller, request }) => collectionReply(request, await notices.list(caller, query)),
  }),

  operation({
    id: 'getDistressNotice',
    method: 'get',
    path: '/distress/{noticeId}',
    tag,
    summary: 'Read one notice of distress.',
    description: 'It follows its incident: it moves with it, and is gone when the incident is cancelled.',
    roles: ROLES,
    params: z.strictObject({ noticeId: NoticeId }),
    responses: { 200: { description: 'The notice.', mediaType: GEOJSON, schema: DistressNotice } },
    problems: [400, 401, 404],
    handle: async ({ params: { noticeId }, caller }) =>
      readFeature('notice', noticeId, await notices.find(caller, noticeId)),
  }),
];
