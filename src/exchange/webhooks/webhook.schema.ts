import { z } from 'zod';
import { UtcTime } from '../../features/vocabulary.schema.ts';
import { Link } from '../../geometry/feature.schema.ts';
import { paging } from '../../http/paging.ts';
import { alertProperties } from '../alerts/alert.schema.ts';

const COORDINATION = [
  'requests',
  'responses',
  'acknowledgements',
  'assistance',
  'same-as',
  'offers',
  'proposals',
  'procedures',
  'assessments',
  'reactions',
] as const;
const DAY_SECONDS = 86_400;

export const WebhookId = z.uuid().meta({
  description: 'Identifier of a webhook.',
  example: '0199e0c4-6d00-7c1e-9f5e-000000000003',
});

export const NewWebhook = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .max(1000)
      .meta({ description: 'The address: https, port 443 or 8443.' }),
    triggers: z
      .array(alertProperties.shape.trigger)
      .min(1)
      .transform((triggers) => [...new Set(triggers)])
      .nullish()
      .meta({ description: 'Triggers of delivered alerts; null: all.' }),
    coordination: z
      .array(z.enum(COORDINATION))
      .transform((parts) => [...new Set(parts)])
      .nullish()
      .meta({ description: 'Parts of coordination that are delivered, too; null: all; empty: none.' }),
    enabled: z.boolean().optional().meta({ description: '`false`: alerts wait.' }),
  })
  .meta({
    id: 'NewWebhook',
    description: 'Where alerts and coordination are delivered, and which.',
    example: { url: 'https://alerts.example.org/', triggers: ['distress'] },
  });

export const WebhookSettings = NewWebhook.partial().meta({
  id: 'WebhookSettings',
  description: 'What changes of a webhook.',
  example: { url: 'https://alerts.example.org/', triggers: ['distress'] },
});
export type WebhookSettings = z.output<typeof WebhookSettings>;

export const SecretQuery = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(7 * DAY_SECONDS)
    .default(DAY_SECONDS)
    .meta({ description: 'Seconds for which the old secret signs too.', example: 3600 }),
});

export const Webhook = z
  .strictObject({
    id: z.uuid().meta({ description: 'Identifier of the webhook.' }),
    url: z.string().meta({ description: 'The address that alerts are sent to.' }),
    triggers: z
      .array(z.string())
      .nullable()
      .meta({ description: 'Triggers of delivered alerts; null: all.' }),
    coordination: z
      .array(z.string())
      .nullable()
      .meta({ description: 'Parts of coordination that are delivered, too; null: all; empty: none.' }),
    enabled: z.boolean().meta({ description: '`false`: alerts wait.' }),
    verifiedAt: UtcTime.nullable().meta({ description: 'When the address answered the challenge.' }),
    circuit: z.enum(['closed', 'open', 'half-open']).meta({
      description: '`open`: nothing is sent for a while after failures; `half-open`: one delivery is tried.',
    }),
    failures: z.int().meta({ description: 'Failed attempts in a row.' }),
    lastError: z.string().nullable().meta({ description: 'Why the last attempt failed.' }),
    oldSecretUntil: UtcTime.nullable().meta({ description: 'Until when the old secret signs, too.' }),
    createdAt: UtcTime.meta({ description: 'When it was made.' }),
    secret: z.string().optional().meta({ description: 'Shown once.' }),
  })
  .meta({ id: 'Webhook', description: 'An address that the alerts of an agency are delivered to.' });

export const WebhookList = z
  .strictObject({ webhooks: z.array(Webhook).meta({ description: 'Oldest first.' }) })
  .meta({ id: 'WebhookList', description: 'The webhooks of an agency.' });

export const STATES = ['pending', 'delivered', 'dead', 'withdrawn'] as const;

const Delivery = z
  .strictObject({
    id: z.uuid().meta({ description: 'The webhook-id.' }),
    alert: z.uuid().nullable().meta({
      description:
        'Identifier of the alert; null: coordination, or a reset, sent once after the database was restored.',
    }),
    collection: z.string().nullable().meta({
      description: 'Of coordination: its collection in the change feed; null: an alert or a reset.',
    }),
    subject: z.string().nullable().meta({ description: 'Of coordination: its id in the change feed.' }),
    state: z.enum(STATES).meta({
      description:
        '`pending`: still tried; `dead`: given up after three days; `withdrawn`: the agency may no longer see the incident.',
    }),
    attempts: z
      .array(
        z.strictObject({
          at: UtcTime.meta({ description: 'When it was sent.' }),
          durationMs: z.int().meta({ description: 'How long it took.' }),
          status: z.int().nullable().meta({ description: 'HTTP status of the answer; null: no answer.' }),
          error: z.string().nullable().meta({ description: 'Why it failed.' }),
        }),
      )
      .meta({ description: 'Attempts, oldest first.' }),
    createdAt: UtcTime.meta({ description: 'When it was queued.' }),
    nextAttemptAt: UtcTime.nullable().meta({ description: 'When it is tried next.' }),
  })
  .meta({
    id: 'Delivery',
    description: 'The delivery of one alert, one piece of coordination or a reset to one webhook.',
  });

export const DeliveryList = z
  .strictObject({
    deliveries: z.array(Delivery).meta({ description: 'The deliveries.' }),
    links: z.array(Link).meta({ description: '`self`, and `next` if more follow.' }),
  })
  .meta({ id: 'DeliveryList', description: 'One page of deliveries.' });

export const DeliveryQuery = z.strictObject({
  state: z.enum(STATES).optional().meta({ description: '`dead`: dead letters.', example: 'dead' }),
  ...paging,
});
export type DeliveryQuery = z.output<typeof DeliveryQuery>;

export const ReplayQuery = z.strictObject({
  delivery: z.uuid().optional().meta({ description: 'Only this delivery.' }),
});

export const Replayed = z
  .strictObject({ replayed: z.int().meta({ description: 'Deliveries queued again.' }) })
  .meta({ id: 'Replayed', description: 'Result of a replay.' });
