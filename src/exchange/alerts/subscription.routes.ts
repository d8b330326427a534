import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { ROLES, type Role } from '../../core/caller.ts';
import { preconditionOf } from '../../core/precondition.ts';
import { conflict, inBody, invalidInput, notFound } from '../../core/problem.ts';
import { createdReply, versionedReply } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { listReply } from '../../http/paging.ts';
import { noContent } from '../../http/reply.ts';
import { SubscriptionId } from './alert.schema.ts';
import { isFault, nextSubscription } from './subscription.rule.ts';
import {
  Subscription,
  SubscriptionChange,
  type SubscriptionContent,
  SubscriptionList,
  SubscriptionQuery,
} from './subscription.schema.ts';
import type { SubscriptionStore, SubscriptionUsage } from './subscription.store.ts';

const MOST = 1000;
const MOST_FILTERS = 20;

const WRITERS: readonly Role[] = ['operator', 'coordinator'];
const tag = 'Exchange';
const path = '/subscriptions/{subscriptionId}';
const params = z.strictObject({ subscriptionId: SubscriptionId });
const JSON_TYPE = 'application/json';

export const subscriptionOperations = (subscriptions: SubscriptionStore) => [
  operation({
    id: 'listSubscriptions',
    method: 'get',
    path: '/subscriptions',
    tag,
    summary: 'List the subscriptions of your agency, oldest first.',
    roles: ROLES,
    query: SubscriptionQuery,
    responses: { 200: { description: 'Subscriptions.', schema: SubscriptionList } },
    problems: [400, 401],
    handle: async ({ query, caller, request }) =>
      listReply(request, 'subscriptions', await subscriptions.list(caller, query)),
  }),

  operation({
    id: 'getSubscription',
    method: 'get',
    path,
    tag,
    summary: 'Read one subscription.',
    roles: ROLES,
    params,
    responses: { 200: { description: 'The subscription.', schema: Subscription } },
    problems: [400, 401, 404],
    async handle({ params: { subscriptionId: id }, caller }) {
      const found = await subscriptions.find(caller, id);
      if (!found) throw notFound('subscription', id);
      return versionedReply(found, JSON_TYPE);
    },
  }),

  operation({
    id: 'createSubscription',
    method: 'post',
    path: '/subscriptions',
    tag,
    summary: 'Subscribe to incidents.',
    description: `\`triggers\` are required. At most ${MOST} per agency, ${MOST_FILTERS} of them with a filter.`,
    roles: WRITERS,
    body: SubscriptionChange,
    responses: { 201: { description: 'The subscription.', schema: Subscription } },
    problems: [400, 401, 403, 409, 413, 422],
    async handle({ body, caller }) {
      const wanted = settled(body);
      const id = uuidv7();
      const written = await subscriptions.create(caller, id, wanted, (usage) => permit(wanted, usage));
      return createdReply(`/subscriptions/${id}`, written, JSON_TYPE);
    },
  }),

  operation({
    id: 'changeSubscription',
    method: 'patch',
    path,
    tag,
    summary: 'Change a subscription.',
    description: 'JSON Merge Patch (RFC 7396).',
    roles: WRITERS,
    params,
    body: SubscriptionChange,
    bodyMediaTypes: ['application/merge-patch+json', JSON_TYPE],
    responses: { 200: { description: 'The subscription.', schema: Subscription } },
    problems: [400, 401, 403, 404, 409, 412, 413, 422],
    async handle({ params: { subscriptionId: id }, body, caller, request }) {
      let wanted: SubscriptionContent;
      const written = await subscriptions.change(
        caller,
        id,
        (current) => {
          if (!current) throw notFound('subscription', id);
          preconditionOf(request)(current.version);
          wanted = settled(body, current.feature);
          return wanted;
        },
        (usage) => permit(wanted, usage),
      );
      return versionedReply(written, JSON_TYPE);
    },
  }),

  operation({
    id: 'removeSubscription',
    method: 'delete',
    path,
    tag,
    summary: 'Remove a subscription.',
    roles: WRITERS,
    params,
    responses: { 204: { description: 'Removed.' } },
    problems: [400, 401, 403, 404, 412],
    async handle({ params: { subscriptionId: id }, caller, request }) {
      await subscriptions.remove(caller, id, (current) => {
        if (!current) throw notFound('subscription', id);
        preconditionOf(request)(current.version);
      });
      return noContent();
    },
  }),
];

function settled(change: SubscriptionChange, standing?: string): SubscriptionContent {
  const next = nextSubscription(change, standing === undefined ? undefined : contentOf(standing));
  if (isFault(next)) throw invalidInput([next], 422, 'unprocessable');
  return next;
}

function contentOf(feature: string): SubscriptionContent {
  const {
    id: _,
    agency: __,
    revision: ___,
    createdAt: ____,
    updatedAt: _____,
    suspended: ______,
    ...content
  } = JSON.parse(feature);
  return content;
}

function permit(
  { zone, segment, crossing, filter }: SubscriptionContent,
  { count, filters, seesPlace }: SubscriptionUsage,
) {
  if (count >= MOST) throw conflict('too-many-subscriptions', 'too-many-subscriptions', { most: MOST });
  if (filter !== null && filters >= MOST_FILTERS)
    throw conflict('too-many-subscriptions', 'too-many-filters', { most: MOST_FILTERS });
  if (seesPlace) return;
  const places = { zone, segment, crossing };
  const noun = (['zone', 'segment', 'crossing'] as const).find((name) => places[name] !== null)!;
  throw invalidInput([inBody(noun, 'no-such', { noun, id: places[noun]! })], 422, 'reference-missing');
}
