import { z } from 'zod';
import { ROLES } from '../../core/caller.ts';
import { readFeature } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply } from '../../http/paging.ts';
import { Alert, AlertCollection, AlertId, AlertQuery } from './alert.schema.ts';
import type { AlertStore } from './alert.store.ts';

const GEOJSON = 'application/geo+json';
const tag = 'Exchange';
const params = z.strictObject({ alertId: AlertId });

export const alertOperations = (alerts: AlertStore) => [
  operation({
    id: 'listAlerts',
    method: 'get',
    path: '/alerts',
    tag,
    summary: 'What your agency was told of, newest first.',
    description: 'As it was when it was told. It is gone when you may no longer see the incident.',
    roles: ROLES,
    query: AlertQuery,
    responses: {
      200: { description: 'Alerts of your agency.', mediaType: GEOJSON, schema: AlertCollection },
    },
    problems: [400, 401],
    handle: async ({ query, caller, request }) => collectionReply(request, await alerts.list(caller, query)),
  }),

  operation({
    id: 'getAlert',
    method: 'get',
    path: '/alerts/{alertId}',
    tag,
    summary: 'Read one alert of your agency.',
    roles: ROLES,
    params,
    responses: { 200: { description: 'The alert.', mediaType: GEOJSON, schema: Alert } },
    problems: [400, 401, 404],
    handle: async ({ params: { alertId }, caller }) =>
      readFeature('alert', alertId, await alerts.find(caller, alertId)),
  }),

  operation({
    id: 'acknowledgeAlert',
    method: 'post',
    path: '/alerts/{alertId}/acknowledgement',
    tag,
    summary: 'Say that your agency has taken notice of an alert.',
    description: 'Again, it changes nothing.',
    roles: ['reporter', 'operator'],
    params,
    responses: { 200: { description: 'The alert.', mediaType: GEOJSON, schema: Alert } },
    problems: [400, 401, 403, 404],
    handle: async ({ params: { alertId }, caller }) =>
      readFeature('alert', alertId, await alerts.acknowledge(caller, alertId)),
  }),
];
