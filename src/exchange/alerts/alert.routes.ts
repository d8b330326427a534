import { z } from 'zod';
import { ROLES } from '../../core/caller.ts';
import { inBody, invalidInput } from '../../core/problem.ts';
import { readFeature } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply } from '../../http/paging.ts';
import {
  AcknowledgedAlerts,
  Alert,
  AlertCollection,
  AlertId,
  AlertQuery,
  NewAcknowledgements,
} from './alert.schema.ts';
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
    summary: 'List the alerts of your agency, newest first.',
    description:
      'The state when the alert was raised. An alert disappears when you may no longer see its incident.',
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
    id: 'acknowledgeAlerts',
    method: 'post',
    lane: 'urgent',
    path: '/alerts/acknowledgements',
    tag,
    summary: 'Acknowledge many alerts for your agency.',
    description:
      'In one transaction, with an entry in the audit log for each alert. A repeated acknowledgement changes nothing.',
    roles: ['reporter', 'operator'],
    body: NewAcknowledgements,
    bodyMediaTypes: ['application/json'],
    responses: { 200: { description: 'What became of each.', schema: AcknowledgedAlerts } },
    problems: [400, 401, 403, 422],
    async handle({ body, caller }) {
      if (body.alerts)
        return { body: { results: await alerts.acknowledgeAll(caller, body.alerts), isComplete: true } };
      const done = await alerts.acknowledgeUpTo(caller, body.upTo!);
      if (!done) throw invalidInput([inBody('upTo', 'no-such', { noun: 'alert', id: body.upTo! })], 422);
      return { body: done };
    },
  }),

  operation({
    id: 'acknowledgeAlert',
    method: 'post',
    lane: 'urgent',
    path: '/alerts/{alertId}/acknowledgement',
    tag,
    summary: 'Acknowledge an alert for your agency.',
    description: 'A repeated acknowledgement changes nothing.',
    roles: ['reporter', 'operator'],
    params,
    responses: { 200: { description: 'The alert.', mediaType: GEOJSON, schema: Alert } },
    problems: [400, 401, 403, 404],
    handle: async ({ params: { alertId }, caller }) =>
      readFeature('alert', alertId, await alerts.acknowledge(caller, alertId)),
  }),
];
