import { z } from 'zod';
import { UtcTime } from '../../features/vocabulary.schema.ts';
import { Link } from '../../geometry/feature.schema.ts';
import { paging } from '../../http/paging.ts';
import { alertProperties } from '../alerts/alert.schema.ts';

const DAY_SECONDS = 86_400;

export const WebhookId = z.uuid().meta({
  description: 'Identifier of a webhook.',
  example: '0199e0c4-6d00-7c1e-9f5e-000000000003',
});

export const WebhookSettings = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .max(1000)
      .optional()
      .meta({
        description: 'Needed to make one. https, at port 443 or 8443.',
      }),
    triggers: z
      .array(alertProperties.shape.trigger)
      .min(1)
      .transform((triggers) => [...new Set(triggers)])
      .nullish()
      .meta({ description: 'Of the alerts that are delivered; null: all.' }),
    enabled: z.boolean().optional(),
  })
  .meta({ id: 'WebhookSettings', example: { url: 'https://alerts.example.org/', triggers: ['distress'] } });
export type WebhookSettings = z.output<typeof WebhookSettings>;

export const SecretQuery = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(7 * DAY_SECONDS)
    .default(DAY_SECONDS)
    .meta({ description: 'How long the old one signs, too.', example: 3600 }),
});

export const Webhook = z
  .strictObject({
    id: z.uuid(),
    url: z.string(),
    triggers: z.array(z.string()).nullable(),
    enabled: z.boolean(),
    verifiedAt: UtcTime.nullable(),
    circuit: z.enum(['closed', 'open', 'half-open']),
    failures: z.int(),
    lastError: z.string().nullable(),
    oldSecretUntil: UtcTime.nullable(),
    createdAt: UtcTime,
    secret: z.string().optional().meta({ description: 'Shown once.' }),
  })
  .meta({ id: 'Webhook' });

export const WebhookList = z.strictObject({ webhooks: z.array(Webhook) });

export const STATES = ['pending', 'delivered', 'dead', 'withdrawn'] as const;

const Delivery = z
  .strictObject({
    id: z.uuid().meta({ description: 'The webhook-id.' }),
    alert: z.uuid(),
    state: z.enum(STATES),
    attempts: z.array(
      z.strictObject({
        at: UtcTime,
        durationMs: z.int(),
        status: z.int().nullable(),
        error: z.string().nullable(),
      }),
    ),
    createdAt: UtcTime,
    nextAttemptAt: UtcTime.nullable(),
  })
  .meta({ id: 'Delivery' });

export const DeliveryList = z.strictObject({
  deliveries: z.array(Delivery),
  links: z.array(Link),
});

export const DeliveryQuery = z.strictObject({
  state: z.enum(STATES).optional().meta({ description: '`dead`: the dead letters.', example: 'dead' }),
  ...paging,
});
export type DeliveryQuery = z.output<typeof DeliveryQuery>;

export const ReplayQuery = z.strictObject({
  delivery: z.uuid().optional().meta({ description: 'Only this one.' }),
});

export const Replayed = z.strictObject({ replayed: z.int() });
