import { mayHear, NOWHERE, questionsAbout } from './questions.ts';
import type { MatrixWorld, ReadRow, WriteRow, Writing } from './row.ts';

const roles = ['coordinator', 'admin'] as const;

/** Webhooks are those of the caller's agency. */
export function webhookReads({ things }: MatrixWorld): Record<string, ReadRow> {
  const { ids, known, item } = questionsAbout(things);
  return {
    listWebhooks: {
      roles,
      readings: [
        {
          path: '/webhooks',
          tells: ({ webhooks }) => known(webhooks.map(({ id }: { id: string }) => id)),
          sees: ids('webhook', mayHear),
        },
      ],
    },
    getWebhook: {
      roles,
      readings: item(
        (id) => `/webhooks/${id}`,
        'webhook',
        mayHear,
        ({ webhook }) => ({ tells: ({ id }) => id, told: () => webhook }),
      ),
    },
    listDeliveries: {
      roles,
      readings: item(
        (id) => `/webhooks/${id}/deliveries`,
        'webhook',
        mayHear,
        ({ delivery, alert }) => ({
          tells: ({ deliveries }) =>
            deliveries.map((one: { id: string; alert: string }) => [one.id, one.alert]),
          told: () => [[delivery, alert]],
        }),
      ),
    },
  };
}

export function webhookWrites({ things }: MatrixWorld): Record<string, WriteRow> {
  const each = (method: Writing['method'], path: string, rest: Partial<Writing> = {}, own = 200) => ({
    roles,
    writings: things.map((thing) => ({
      path: `/webhooks/${thing.webhook}${path}`,
      missing: `/webhooks/${NOWHERE.webhook}${path}`,
      method,
      status: (caller) => (mayHear(caller, thing) ? own : 404),
      ...rest,
    })) satisfies Writing[],
  });
  return {
    createWebhook: {
      roles,
      writings: [
        {
          path: '/webhooks',
          method: 'post',
          body: () => ({ url: 'https://[::1]/hook' }),
          status: () => 422,
        },
        {
          path: '/webhooks',
          method: 'post',
          // a name that never leads anywhere (RFC 6761)
          body: () => ({ url: 'https://hooks.invalid/' }),
          status: () => 201,
        },
      ],
    },
    changeWebhook: each('patch', '', { body: () => ({ triggers: ['distress'] }) }),
    removeWebhook: each('delete', '', {}, 204),
    rotateWebhookSecret: each('post', '/secret?overlapSeconds=60'),
    // nobody is there
    verifyWebhook: each('post', '/verification', {}, 422),
    replayDeliveries: {
      roles,
      writings: [
        ...each('post', '/replay').writings,
        ...things.map(
          ({ webhook, delivery, agency }): Writing => ({
            path: `/webhooks/${webhook}/replay?delivery=${delivery}`,
            missing: `/webhooks/${NOWHERE.webhook}/replay?delivery=${delivery}`,
            method: 'post',
            status: (caller) => (caller.agency === agency ? 200 : 404),
          }),
        ),
      ],
    },
  };
}
