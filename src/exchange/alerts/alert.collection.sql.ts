import { z } from 'zod';
import { isDuring } from '../../db/interval.ts';
import { view } from '../../db/labelled.ts';
import { pointInBox } from '../../db/spatial.ts';
import { all, sql, when } from '../../db/sql.ts';
import { collection, field, fieldsOf, typeOf } from '../../ogc/collection/collection.sql.ts';
import { AlertId, alertFilters, alertProperties } from './alert.schema.ts';

export const alertCollection = collection({
  id: 'alerts',
  noun: 'alert',
  title: 'Alerts',
  description: 'Alerts of your agency, newest first, with the state at the time. Others do not see them.',
  key: { column: sql`a.id`, type: 'uuid', schema: AlertId },
  geometry: { column: sql`a.point`, type: 'Point' },
  time: { start: 'at' },
  fields: fieldsOf(alertProperties, {
    trigger: sql`a.trigger`,
    triggers: sql`ARRAY(SELECT r.word FROM unnest(a.triggers) WITH ORDINALITY AS r (word, n) GROUP BY r.word ORDER BY min(r.n))`,
    kind: sql`a.kind`,
    severity: sql`a.severity`,
    certainty: sql`a.certainty`,
    nature: sql`a.nature`,
    at: sql`a.at`,
    occurredAt: sql`a.occurred_at`,
    border: sql`a.border`,
    borderKm: sql`round(a.border_km::numeric, 3)`,
    horizontalAccuracyMetres: sql`a.horizontal_accuracy_m`,
    incidentCount: sql`a.incident_count`,
    assistanceDueAt: sql`CASE a.trigger WHEN 'distress' THEN a.due_at END`,
    acknowledgementDueAt: sql`CASE a.trigger WHEN 'overdue' THEN a.due_at END`,
    reactionDueAt: sql`CASE a.trigger WHEN 'reaction-overdue' THEN a.due_at END`,
    acknowledgedAt: sql`a.acknowledged_at`,
    agency: sql`a.agency`,
    incident: sql`a.incident::text`,
    subscription: sql`a.subscription::text`,
    subscriptions: sql`ARRAY(SELECT r.id::text FROM unnest(a.subscriptions) WITH ORDINALITY AS r (id, n)
      WHERE r.id IS NOT NULL GROUP BY r.id ORDER BY min(r.n))`,
    reasons: sql`ARRAY(SELECT concat_ws(':', r.word, r.id) FROM unnest(a.triggers, a.subscriptions) WITH ORDINALITY AS r (word, id, n)
      ORDER BY r.n)`,
    notice: sql`a.notice::text`,
    segment: sql`a.segment`,
    assessment: sql`a.assessment::text`,
    reaction: sql`a.reaction::text`,
  }),
  computed: [],
  order: {
    keys: [
      { column: sql`a.at`, type: 'timestamptz' },
      { column: sql`a.id`, type: 'uuid' },
    ],
    descending: true,
  },
  isSmall: false,
  isForAgencies: true,
  isUndivided: true,
  namesExercise: true,
  filters: alertFilters,
  rows: ({ bbox, datetime, trigger, kind, nature, incident, subscription, acknowledged }) => ({
    from: sql`${view.alert} AS a`,
    where: all(
      when(bbox, (box) => pointInBox(sql`a.point`, box)),
      when(datetime, (interval) => isDuring(sql`a.at`, interval)),
      when(trigger, (words) => sql`a.triggers && ${words}::text[]`),
      when(kind, (words) => sql`a.kind = ANY (${words}::text[])`),
      when(nature, (words) => sql`a.nature = ANY (${words}::text[])`),
      when(incident, (id) => sql`a.incident = ${id}::uuid`),
      when(subscription, (id) => sql`a.subscriptions @> ARRAY[${id}::uuid]`),
      when(acknowledged, (isIt) => sql`(a.acknowledged_at IS NOT NULL) = ${isIt}`),
    ),
    concern: sql`a.concern`,
  }),
});

/** The alert as `GET /v1/alerts` and webhooks show it: its lists are lists. In the layer they are texts, as in all layers. */
export const alertNoun = {
  ...alertCollection,
  fields: alertCollection.fields.map((one) =>
    typeOf(one) === 'list' ? field(one.name, z.unknown(), sql`to_json(${one.value})`) : one,
  ),
};
