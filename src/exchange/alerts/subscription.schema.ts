import { z } from 'zod';
import { Kind, Nature, Severity } from '../../features/incidents/incident.schema.ts';
import { Revision, UtcTime } from '../../features/vocabulary.schema.ts';
import { PageLinks } from '../../geometry/feature.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { SubscribedTrigger, SubscriptionId } from './alert.schema.ts';

const FARTHEST_METRES = 100_000;
/** Characters of a filter: of its text, or of the text that says the same as its JSON. */
export const LONGEST_FILTER = 4000;
const LONGEST_MINUTES = 7 * 24 * 60;

const id = z.string().min(1).max(80).nullable();

const Threshold = z
  .strictObject({
    incidents: z.int().min(2).max(1000).meta({ description: 'Number of incidents.' }),
    minutes: z.int().min(1).max(LONGEST_MINUTES).meta({ description: 'Period in which they occurred.' }),
  })
  .meta({ id: 'Threshold', description: 'A number of incidents within a period.' });

const shape = {
  name: freeText(80).nullable().meta({ description: 'Its purpose, never a person.' }),
  zone: id.meta({ description: 'A zone; matches while it is in force.' }),
  segment: id.meta({ description: 'A segment.' }),
  crossing: id.meta({ description: 'A crossing.' }),
  withinMetres: z.number().min(0).max(FARTHEST_METRES).nullable().meta({
    description: 'Distance from the segment or crossing.',
  }),
  filter: z
    .union([z.string().min(1).max(LONGEST_FILTER), z.looseObject({})])
    .nullable()
    .meta({
      description: `CQL2 over the incidents layer: text or JSON, ${LONGEST_FILTER} characters at most when written as text.`,
    }),
  kinds: z.array(Kind).min(1).nullable().meta({ description: 'Only these kinds; null: all.' }),
  minimumSeverity: Severity.nullable().meta({ description: 'Only this severity or a worse one; null: all.' }),
  natures: z.array(Nature).min(1).nullable().meta({
    description: 'Only these natures; null: `actual`, and in an exercise `exercise`.',
  }),
  triggers: z.array(SubscribedTrigger).min(1).meta({ description: 'What raises an alert.' }),
  threshold: Threshold.nullable().meta({ description: 'For the trigger `threshold`.' }),
  hysteresisMetres: z.number().min(0).max(50_000).meta({
    description: 'Distance outside at which an incident has left. Default: 250.',
  }),
  enabled: z.boolean().meta({ description: '`false`: no alerts for now.' }),
};

const content = z.strictObject(shape);
export type SubscriptionContent = z.output<typeof content>;

export const SubscriptionChange = content.partial().meta({
  id: 'SubscriptionChange',
  description: 'At most one of zone, segment, crossing and filter; without one: everything that you see.',
  example: { crossing: 'ras-ajdir', withinMetres: 5000, kinds: ['distress'], triggers: ['enter', 'leave'] },
});
export type SubscriptionChange = z.output<typeof SubscriptionChange>;

const Suspension = z
  .strictObject({
    at: UtcTime.meta({ description: 'Since when.' }),
    reason: z.enum(['filter-too-costly']).meta({ description: 'Why.' }),
    milliseconds: z.int().meta({ description: 'How long the filter took.' }),
    incidents: z.int().meta({ description: 'For how many incidents.' }),
  })
  .meta({
    id: 'Suspension',
    description:
      'The service has set `enabled` to false. To resume, write a cheaper filter and set `enabled` to true; alerts begin again from then on.',
  });

export const Subscription = z
  .strictObject({
    id: SubscriptionId,
    agency: z.string().meta({ description: 'The agency that subscribes.' }),
    name: z.string().nullable().meta({ description: 'What it is for.' }),
    zone: z.string().nullable().meta({ description: 'The zone.' }),
    segment: z.string().nullable().meta({ description: 'The segment.' }),
    crossing: z.string().nullable().meta({ description: 'The crossing.' }),
    withinMetres: z.number().nullable().meta({ description: 'Distance from the segment or crossing.' }),
    filter: z.unknown().meta({ description: 'CQL2 over the incidents layer: text or JSON.' }),
    kinds: z.array(Kind).nullable().meta({ description: 'Only these kinds; null: all.' }),
    minimumSeverity: shape.minimumSeverity,
    natures: z.array(Nature).meta({ description: 'Only these natures.' }),
    triggers: z.array(SubscribedTrigger).meta({ description: 'What raises an alert.' }),
    threshold: shape.threshold,
    hysteresisMetres: z.number().meta({ description: 'Distance outside at which an incident has left.' }),
    enabled: shape.enabled,
    suspended: Suspension.nullable(),
    revision: Revision,
    createdAt: UtcTime.meta({ description: 'When it was made.' }),
    updatedAt: UtcTime.meta({ description: 'When it last changed.' }),
  })
  .meta({ id: 'Subscription', description: 'What raises alerts for an agency.' });

export const SubscriptionList = z
  .strictObject({
    subscriptions: z.array(Subscription).meta({ description: 'Oldest first.' }),
    links: PageLinks,
  })
  .meta({ id: 'SubscriptionList', description: 'One page of subscriptions.' });

export const SubscriptionQuery = z.strictObject(paging);
export type SubscriptionQuery = z.output<typeof SubscriptionQuery>;
