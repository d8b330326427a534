import { view } from '../../db/labelled.ts';
import { all, sql, when } from '../../db/sql.ts';
import type { Interval } from '../../geometry/datetime.parse.ts';
import { collection, fieldsOf } from '../../ogc/collection/collection.sql.ts';
import { IndicatorId, indicatorFilters, indicatorProperties } from './indicator.schema.ts';

export const indicatorCollection = collection({
  id: 'indicators',
  noun: 'indicator',
  title: 'Indicators',
  description: 'What is counted at crossings, newest day first. For agencies of the three countries.',
  key: { column: sql`i.id`, type: 'uuid', schema: IndicatorId },
  fields: fieldsOf(indicatorProperties, {
    crossing: sql`i.crossing`,
    country: sql`i.country`,
    entering: sql`i.entering`,
    day: sql`to_char(i.day, 'YYYY-MM-DD')`,
    traffic: sql`i.traffic`,
    passengers: sql`i.passengers`,
    vehicles: sql`i.vehicles`,
    trucks: sql`i.trucks`,
    medianWaitingMinutes: sql`i.median_waiting_minutes`,
    method: sql`i.method`,
    countedBy: sql`i.agency`,
    note: sql`i.note`,
    createdAt: sql`i.created_at`,
    updatedAt: sql`i.updated_at`,
  }),
  computed: [],
  order: {
    keys: [
      { column: sql`i.day`, type: 'date' },
      { column: sql`i.id`, type: 'uuid' },
    ],
    descending: true,
  },
  isSmall: false,
  isForAgencies: true,
  isUndivided: true,
  filters: indicatorFilters,
  rows: ({ crossing, country, entering, traffic, method, datetime }) => ({
    from: sql`${view.indicator} AS i`,
    where: all(
      when(crossing, (id) => sql`i.crossing = ${id}`),
      when(country, (code) => sql`i.country = ${code}`),
      when(entering, (code) => sql`i.entering = ${code}`),
      when(traffic, (words) => sql`i.traffic = ANY (${words}::text[])`),
      when(method, (words) => sql`i.method = ANY (${words}::text[])`),
      when(datetime, isDuringDays),
    ),
    concern: sql`i.concern`,
  }),
});

/** Days are those of the calendar: a day begins at midnight UTC here. */
const isDuringDays = ({ from, to }: Interval) =>
  all(
    when(from, (start) => sql`i.day >= ${endDay(start, 1)}::date`),
    when(to, (end) => sql`i.day <= ${endDay(end, 0)}::date`),
  );

const DAY_MS = 24 * 3600 * 1000;

/** The day of an instant; with 1 the first day that begins at it or later. */
const endDay = (instant: Date, later: 0 | 1): string =>
  new Date(instant.getTime() + later * (DAY_MS - 1)).toISOString().slice(0, 10);
