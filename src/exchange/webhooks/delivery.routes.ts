import { z } from 'zod';
import { operation } from '../../http/operation.ts';
import { listReply } from '../../http/paging.ts';
import { orMissing, WEBHOOK_ROLES } from './webhook.routes.ts';
import { DeliveryList, DeliveryQuery, Replayed, ReplayQuery, WebhookId } from './webhook.schema.ts';
import type { WebhookStore } from './webhook.store.ts';

const roles = WEBHOOK_ROLES;
const tag = 'Webhooks';
const params = z.strictObject({ webhookId: WebhookId });

export const deliveryOperations = (webhooks: WebhookStore) => [
  operation({
    id: 'listDeliveries',
    method: 'get',
    path: '/webhooks/{webhookId}/deliveries',
    tag,
    summary: 'List the deliveries of a webhook.',
    roles,
    params,
    query: DeliveryQuery,
    responses: { 200: { description: 'Deliveries.', schema: DeliveryList } },
    problems: [400, 404],
    async handle({ params: { webhookId: id }, query, caller, request }) {
      orMissing(id, await webhooks.find(caller, id));
      return listReply(request, 'deliveries', await webhooks.deliveries(caller, id, query));
    },
  }),

  operation({
    id: 'replayDeliveries',
    method: 'post',
    path: '/webhooks/{webhookId}/replay',
    tag,
    summary: 'Replay dead letters.',
    roles,
    params,
    query: ReplayQuery,
    responses: { 200: { description: 'Number of replayed deliveries.', schema: Replayed } },
    problems: [404],
    async handle({ params: { webhookId: id }, query: { delivery }, caller }) {
      orMissing(id, await webhooks.find(caller, id));
      return { body: { replayed: await webhooks.replay(caller, id, delivery) } };
    },
  }),
];
