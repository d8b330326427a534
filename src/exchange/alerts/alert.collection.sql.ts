import { isDuring } from '../../db/interval.ts';
import { view } from '../../db/labelled.ts';
import { pointInBox } from '../../db/spatial.ts';
import { all, sql, when } from '../../db/sql.ts';
import { collection, fieldsOf } from '../../ogc/collection/collection.sql.ts';
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
    acknowledgedAt: sql`a.acknowledged_at`,
    agency: sql`a.agency`,
    incident: sql`a.incident::text`,
    subscription: sql`a.subscription::text`,
    notice: sql`a.notice::text`,
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
  filters: alertFilters,
  rows: ({ bbox, datetime, trigger, kind, nature, incident, subscription, acknowledged }) => ({
    from: sql`${view.alert} AS a`,
    where: all(
      when(bbox, (box) => pointInBox(sql`a.point`, box)),
      when(datetime, (interval) => isDuring(sql`a.at`, interval)),
      when(trigger, (words) => sql`a.trigger = ANY (${words}::text[])`),
      when(kind, (words) => sql`a.kind = ANY (${words}::text[])`),
      when(nature, (words) => sql`a.nature = ANY (${words}::text[])`),
      when(incident, (id) => sql`a.incident = ${id}::uuid`),
      when(subscription, (id) => sql`a.subscription = ${id}::uuid`),
      when(acknowledged, (isIt) => sql`(a.acknowledged_at IS NOT NULL) = ${isIt}`),
    ),
    concern: sql`a.concern`,
  }),
});
