import { z } from 'zod';
import type { Caller, Role } from '../../core/caller.ts';
import { textOf } from '../../core/catalogue.ts';
import { invalidInput, notFound, unprocessable } from '../../core/problem.ts';
import type { WorldReader } from '../../core/world.ts';
import { operation } from '../../http/operation.ts';
import { created, JsonText, noContent, type Reply } from '../../http/reply.ts';
import { challenge } from './webhook.challenge.ts';
import type { PostSettings } from './webhook.post.ts';
import {
  NewWebhook,
  SecretQuery,
  Webhook,
  WebhookId,
  WebhookList,
  WebhookSettings,
} from './webhook.schema.ts';
import { shownSecret } from './webhook.signature.ts';
import { MOST_WEBHOOKS, type WebhookStore } from './webhook.store.ts';

/** These roles decide where labelled data may go. */
export const WEBHOOK_ROLES: readonly Role[] = ['coordinator', 'admin'];
const params = z.strictObject({ webhookId: WebhookId });
const roles = WEBHOOK_ROLES;
const tag = 'Webhooks';

export interface WebhookRoom {
  webhooks: WebhookStore;
  secretsOf: (webhook: string) => Promise<Buffer[]>;
  posting: PostSettings;
  world: WorldReader;
}

export const webhookOperations = ({ webhooks, secretsOf, posting, world }: WebhookRoom) => {
  const check = (url: string) => {
    const fault = posting.guard.refusal(new URL(url));
    if (fault) throw invalidInput([{ in: 'body', path: 'url', ...fault }], 422, 'webhook-refused');
  };
  /** Challenges the receiver and returns the updated webhook. */
  async function verify(caller: Caller, id: string, url: string, secrets: readonly Buffer[]) {
    const wrong = await challenge({ url, secrets, world: await world() }, posting);
    const webhook = await webhooks.noteChallenge(caller, id, url, wrong && textOf(wrong));
    return { wrong, webhook };
  }

  return [
    operation({
      id: 'listWebhooks',
      method: 'get',
      path: '/webhooks',
      tag,
      summary: 'List the webhooks of your agency.',
      roles,
      responses: { 200: { description: 'The webhooks.', schema: WebhookList } },
      problems: [400, 401],
      handle: async ({ caller }) => ({
        body: new JsonText(`{"webhooks":${await webhooks.list(caller)}}`),
      }),
    }),

    operation({
      id: 'createWebhook',
      method: 'post',
      path: '/webhooks',
      tag,
      summary: 'Register a webhook for the alerts of your agency.',
      description:
        'Deliveries are signed as Standard Webhooks and start after the receiver has answered a challenge. The answer shows the secret.',
      roles,
      body: NewWebhook,
      bodyMediaTypes: ['application/json'],
      responses: { 201: { description: 'The webhook.', schema: Webhook } },
      problems: [400, 422],
      async handle({ body, caller }) {
        const { url } = body;
        check(url);
        const made = await webhooks.create(caller, url, body);
        if (!made) throw tooMany();
        const { webhook = made.webhook } = await verify(caller, made.id, url, [made.secret]);
        const shown = { ...webhook, secret: shownSecret(made.secret) };
        return unstored(created(`/webhooks/${made.id}`, shown));
      },
    }),

    operation({
      id: 'getWebhook',
      method: 'get',
      path: '/webhooks/{webhookId}',
      tag,
      summary: 'Read one webhook.',
      roles,
      params,
      responses: { 200: { description: 'The webhook.', schema: Webhook } },
      problems: [404],
      handle: async ({ params: { webhookId }, caller }) => ({
        body: orMissing(webhookId, await webhooks.find(caller, webhookId)),
      }),
    }),

    operation({
      id: 'changeWebhook',
      method: 'patch',
      path: '/webhooks/{webhookId}',
      tag,
      summary: 'Change a webhook.',
      description: 'A new address must pass the challenge again.',
      roles,
      params,
      body: WebhookSettings,
      bodyMediaTypes: ['application/merge-patch+json', 'application/json'],
      responses: { 200: { description: 'The webhook.', schema: Webhook } },
      problems: [400, 404, 422],
      async handle({ params: { webhookId: id }, body, caller }) {
        if (body.url !== undefined) check(body.url);
        const changed = orMissing(id, await webhooks.change(caller, id, body));
        if (body.url === undefined || changed.verifiedAt !== null) return { body: changed };
        const { webhook = changed } = await verify(caller, id, body.url, await secretsOf(id));
        return { body: webhook };
      },
    }),

    operation({
      id: 'removeWebhook',
      method: 'delete',
      path: '/webhooks/{webhookId}',
      tag,
      summary: 'Remove a webhook and its delivery log.',
      roles,
      params,
      responses: { 204: { description: 'Removed.' } },
      problems: [404],
      async handle({ params: { webhookId }, caller }) {
        if (!(await webhooks.remove(caller, webhookId))) throw notFound('webhook', webhookId);
        return noContent();
      },
    }),

    operation({
      id: 'rotateWebhookSecret',
      method: 'post',
      path: '/webhooks/{webhookId}/secret',
      tag,
      summary: 'Rotate the secret.',
      description: 'Both sign during the overlap.',
      roles,
      params,
      query: SecretQuery,
      responses: { 200: { description: 'The webhook.', schema: Webhook } },
      problems: [404],
      handle: async ({ params: { webhookId: id }, query, caller }) =>
        unstored({ body: orMissing(id, await webhooks.rotate(caller, id, query.overlapSeconds)) }),
    }),

    operation({
      id: 'verifyWebhook',
      method: 'post',
      path: '/webhooks/{webhookId}/verification',
      tag,
      summary: 'Challenge the receiver again.',
      description: 'It must return `data.challenge` as `{"challenge"}`.',
      roles,
      params,
      responses: { 200: { description: 'The webhook.', schema: Webhook } },
      problems: [404, 422],
      async handle({ params: { webhookId: id }, caller }) {
        const { url } = orMissing(id, await webhooks.find(caller, id));
        const { wrong, webhook } = await verify(caller, id, url as string, await secretsOf(id));
        if (wrong) throw unprocessable('webhook-refused', 'receiver-failed', { fault: wrong });
        return { body: orMissing(id, webhook) };
      },
    }),
  ];
};

/** Missing and foreign webhooks get the same answer. */
export function orMissing<T>(id: string, found: T | undefined): T {
  if (found === undefined) throw notFound('webhook', id);
  return found;
}

const unstored = (reply: Reply): Reply => ({
  ...reply,
  headers: { ...reply.headers, 'Cache-Control': 'no-store' },
});

const tooMany = () => unprocessable('webhook-refused', 'too-many-webhooks', { most: MOST_WEBHOOKS });
