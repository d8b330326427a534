import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { Certainty, IncidentId, Kind, Nature, Severity } from '../../features/incidents/incident.schema.ts';
import { INCIDENT_KINDS, NATURES } from '../../features/incidents/incident.vocabulary.ts';
import { AccuracyMetres, anyOf, BorderCode, UtcTime } from '../../features/vocabulary.schema.ts';
import { Bbox } from '../../geometry/bbox.parse.ts';
import { DatetimeInterval } from '../../geometry/datetime.parse.ts';
import { collectionOf, featureOf } from '../../geometry/feature.schema.ts';
import { PointGeometry } from '../../geometry/point.schema.ts';
import { paging } from '../../http/paging.ts';

/** Triggers that a subscription may name. */
const SUBSCRIBED_TRIGGERS = [
  'enter',
  'leave',
  'created',
  'updated',
  'closed',
  'threshold',
  'overdue',
  'impact',
  'reaction-overdue',
] as const;
export const SubscribedTrigger = z.enum(SUBSCRIBED_TRIGGERS).meta({
  id: 'SubscribedTrigger',
  description:
    '`enter`, `leave`: an incident moves into or out of the place; `created`, `updated`, `closed`: an incident there; `threshold`: so many in a period; `overdue`: nobody acknowledged in time; `impact`: a level of the segment takes effect or ends; `reaction-overdue`: a reaction to a level is not done in time.',
});
export const TRIGGERS = [...SUBSCRIBED_TRIGGERS, 'distress', 'suspended'] as const;

export const AlertId = z.uuid().meta({
  description: 'Identifier of an alert.',
  example: '5c0f1f0e-8d52-4f3c-9d58-6a1f6a4b7c21',
});
export const SubscriptionId = z.uuid().meta({
  description: 'Identifier of a subscription.',
  example: '0199e0c4-6d00-7c1e-9f5e-000000000002',
});

export const alertProperties = z.strictObject({
  trigger: z.enum(TRIGGERS).meta({
    description:
      'The first reason of the alert, which its headline names. `suspended`: the filter of the subscription was too costly, so its alerts have stopped.',
  }),
  triggers: z.array(z.enum(TRIGGERS)).meta({
    description: 'All reasons: one alert says all that a write of an incident raised for your agency.',
  }),
  subscription: z
    .uuid()
    .nullable()
    .meta({ description: 'The subscription of the first reason; null: the alert needs none.' }),
  subscriptions: z.array(z.uuid()).meta({ description: 'All subscriptions that raised it.' }),
  reasons: z.array(z.string()).meta({
    description: 'Each trigger with its subscription: `enter:<id>`; the trigger alone if it needs none.',
  }),
  incident: z.uuid().nullable().meta({ description: 'The incident, if there is one and you may see it.' }),
  notice: z.uuid().nullable().meta({ description: 'Set for distress if you do not see the incident.' }),
  segment: z
    .string()
    .nullable()
    .meta({ description: 'Of `impact` and `reaction-overdue`: the segment; the point is its middle.' }),
  assessment: z
    .uuid()
    .nullable()
    .meta({ description: 'Of `impact` and `reaction-overdue`: the assessment.' }),
  reaction: z.uuid().nullable().meta({ description: 'Of `reaction-overdue`: the reaction.' }),
  at: UtcTime.meta({ description: 'When the alert was raised.' }),
  nature: Nature,
  kind: Kind,
  severity: Severity.nullable(),
  certainty: Certainty.nullable(),
  occurredAt: UtcTime.meta({ description: 'When the incident happened or began.' }),
  horizontalAccuracyMetres: AccuracyMetres,
  border: BorderCode.nullable().meta({ description: 'The nearest border.' }),
  borderKm: z.number().nullable().meta({ description: 'Chainage of the nearest point of the border.' }),
  incidentCount: z.int().nullable().meta({ description: 'Of a threshold: number of incidents.' }),
  assistanceDueAt: UtcTime.nullable().meta({ description: 'Of distress.' }),
  acknowledgementDueAt: UtcTime.nullable().meta({ description: 'Of overdue: the deadline.' }),
  reactionDueAt: UtcTime.nullable().meta({ description: 'Of reaction-overdue: when it was due.' }),
  acknowledgedAt: UtcTime.nullable().meta({ description: 'When your agency acknowledged the alert.' }),
  agency: z.string().meta({ description: 'The agency that is alerted.' }),
});

export const Alert = featureOf('Alert', PointGeometry, alertProperties);
export const AlertCollection = collectionOf('AlertCollection', Alert);

/** Per call, which is one transaction: a long one holds the feed back. */
export const MOST_ACKNOWLEDGED = 1000;

export const NewAcknowledgements = z
  .strictObject({
    alerts: z
      .array(AlertId)
      .min(1)
      .max(MOST_ACKNOWLEDGED)
      .transform((ids) => [...new Set(ids.map((id) => id.toLowerCase()))])
      .optional()
      .meta({ description: 'The alerts to acknowledge.' }),
    upTo: AlertId.optional().meta({
      description: `Acknowledge this alert and all that were raised before it, up to ${MOST_ACKNOWLEDGED} per call, oldest first.`,
    }),
  })
  .refine(({ alerts, upTo }) => (alerts === undefined) !== (upTo === undefined), {
    error: issue('alerts-or-up-to'),
  })
  .meta({
    id: 'NewAcknowledgements',
    description: 'Which alerts your agency acknowledges: `alerts`, or `upTo`.',
    example: { alerts: ['5c0f1f0e-8d52-4f3c-9d58-6a1f6a4b7c21'] },
  });
export type NewAcknowledgements = z.output<typeof NewAcknowledgements>;

export const AcknowledgedAlerts = z
  .strictObject({
    results: z
      .array(
        z.strictObject({
          alert: AlertId,
          result: z.enum(['acknowledged', 'unchanged', 'not-found']).meta({
            description:
              '`unchanged`: it was acknowledged before; `not-found`: your agency has no such alert.',
          }),
          acknowledgedAt: UtcTime.nullable().meta({
            description: 'The first acknowledgement; null: not found.',
          }),
        }),
      )
      .meta({ description: 'One for each alert: in your order, or oldest first.' }),
    isComplete: z
      .boolean()
      .meta({ description: '`false`: older alerts than `upTo` are left; send it again.' }),
  })
  .meta({ id: 'AcknowledgedAlerts', description: 'What became of each alert.' });

export const alertFilters = {
  bbox: Bbox.optional(),
  datetime: DatetimeInterval.optional(),
  trigger: anyOf(TRIGGERS, 'Any of these triggers.', 'alert-trigger'),
  kind: anyOf(INCIDENT_KINDS, 'Any of these kinds.', 'incident-kind'),
  nature: anyOf(NATURES, 'Any of these natures.', 'incident-nature'),
  incident: IncidentId.optional().meta({ id: 'alert-incident', description: 'The incident.' }),
  subscription: SubscriptionId.optional().meta({
    id: 'alert-subscription',
    description: 'The subscription.',
  }),
  acknowledged: z
    .boolean()
    .optional()
    .meta({ id: 'acknowledged', description: 'Only acknowledged alerts, or only unacknowledged ones.' }),
};

export const AlertQuery = z.strictObject({ ...alertFilters, ...paging });
export type AlertQuery = z.output<typeof AlertQuery>;
