import { z } from 'zod';
import { Kind, Nature, Severity } from '../../features/incidents/incident.schema.ts';
import { UtcTime } from '../../features/vocabulary.schema.ts';
import { PageLinks } from '../../geometry/feature.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { SubscribedTrigger, SubscriptionId } from './alert.schema.ts';

const FARTHEST_METRES = 100_000;
const LONGEST_FILTER = 4000; // characters
const LONGEST_MINUTES = 7 * 24 * 60;

const id = z.string().min(1).max(80).nullable();

const Threshold = z
  .strictObject({ incidents: z.int().min(2).max(1000), minutes: z.int().min(1).max(LONGEST_MINUTES) })
  .meta({ id: 'Threshold', description: 'So many that occurred within so many minutes.' });

const shape = {
  name: freeText(80).nullable().meta({ description: 'What it is for, never a person.' }),
  zone: id.meta({ description: 'A zone, while it is in force.' }),
  segment: id,
  crossing: id,
  withinMetres: z.number().min(0).max(FARTHEST_METRES).nullable().meta({
    description: 'Of the segment or crossing.',
  }),
  filter: z
    .union([z.string().min(1).max(LONGEST_FILTER), z.looseObject({})])
    .nullable()
    .meta({ description: 'CQL2 over the layer of incidents: text or JSON.' }),
  kinds: z.array(Kind).min(1).nullable(),
  minimumSeverity: Severity.nullable(),
  natures: z.array(Nature).min(1).meta({ description: 'Default: actual.' }),
  triggers: z.array(SubscribedTrigger).min(1),
  threshold: Threshold.nullable(),
  hysteresisMetres: z.number().min(0).max(50_000).meta({
    description: 'It has left when it is so far outside. Default: 250.',
  }),
  enabled: z.boolean(),
};

const content = z.strictObject(shape);
export type SubscriptionContent = z.output<typeof content>;

export const SubscriptionChange = content.partial().meta({
  id: 'SubscriptionChange',
  description: 'At most one of zone, segment, crossing and filter; none: all that you see.',
  example: { crossing: 'ras-ajdir', withinMetres: 5000, kinds: ['distress'], triggers: ['enter', 'leave'] },
});
export type SubscriptionChange = z.output<typeof SubscriptionChange>;

export const Subscription = z
  .strictObject({
    id: SubscriptionId,
    agency: z.string(),
    name: z.string().nullable(),
    zone: z.string().nullable(),
    segment: z.string().nullable(),
    crossing: z.string().nullable(),
    withinMetres: z.number().nullable(),
    filter: z.unknown(),
    kinds: z.array(Kind).nullable(),
    minimumSeverity: Severity.nullable(),
    natures: z.array(Nature),
    triggers: z.array(SubscribedTrigger),
    threshold: Threshold.nullable(),
    hysteresisMetres: z.number(),
    enabled: z.boolean(),
    revision: z.int(),
    createdAt: UtcTime,
    updatedAt: UtcTime,
  })
  .meta({ id: 'Subscription' });

export const SubscriptionList = z
  .strictObject({ subscriptions: z.array(Subscription), links: PageLinks })
  .meta({ id: 'SubscriptionList' });

export const SubscriptionQuery = z.strictObject(paging);
export type SubscriptionQuery = z.output<typeof SubscriptionQuery>;
