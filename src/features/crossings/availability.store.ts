import type { Caller } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { all, type Sql, sql, when } from '../../db/sql.ts';
import type { AvailabilityQuery } from './availability.schema.ts';

export const availabilityStore = (db: Database) => ({
  /** undefined: no such crossing. */
  async find(caller: Caller, crossing: string, query: AvailabilityQuery): Promise<string | undefined> {
    const [row] = await db.query<{ text: string }>(caller, statement(crossing, query));
    return row?.text;
  },
});
export type AvailabilityStore = ReturnType<typeof availabilityStore>;

// Sets of periods, joined and cut as whole: the number of changes in the period hardly counts. A side is closed while every
// class of traffic that somebody spoke of is, and likewise open; it is restricted while any other is closed or restricted.
// Twin: tripoint.side_state in schema/crossings/crossing_state.functions.sql, compared by test/features/crossing-availability.test.ts.
const statement = (
  crossing: string,
  { datetime: { from, to }, entering, traffic }: AvailabilityQuery,
): Sql => sql`
  WITH asked AS (
    SELECT c.id, tstzrange(${from}::timestamptz, ${to}::timestamptz) AS period FROM crossing AS c WHERE c.id = ${crossing}
  ), cell AS (
    SELECT d.country AS side, p.*, a.period
    FROM asked AS a
    JOIN crossing_side AS d ON d.crossing = a.id
    CROSS JOIN LATERAL tripoint.side_periods(d.crossing, d.country, a.period) AS p
    WHERE ${all(
      when(entering, (country) => sql`p.entering = ${country}`),
      when(traffic, (one) => sql`p.traffic = ${one}`),
    )}
  ), seen AS (
    SELECT c.side, tstzmultirange(c.period) AS period, range_agg(c.closed) AS closed, range_agg(c.open) AS open,
      range_agg(c.closed + c.restricted) AS limited, range_agg(c.open + c.restricted + c.unknown) AS not_closed,
      range_agg(c.closed + c.restricted + c.unknown) AS not_open
    FROM cell AS c GROUP BY c.side, c.period
  ), side AS (
    SELECT s.side, s.period, s.closed - s.not_closed AS closed, s.open - s.not_open AS open,
      s.limited - (s.closed - s.not_closed) AS restricted,
      s.period - s.limited - (s.open - s.not_open) AS unknown
    FROM seen AS s
  ), whole AS (
    SELECT w.closed, w.restricted - w.closed AS restricted, w.unknown - w.restricted - w.closed AS unknown,
      w.period - w.unknown - w.restricted - w.closed AS open
    FROM (
      SELECT s.period, range_agg(s.closed) AS closed, range_agg(s.restricted) AS restricted, range_agg(s.unknown) AS unknown
      FROM side AS s GROUP BY s.period
    ) AS w
  )
  SELECT json_build_object('crossing', a.id, 'from', tripoint.utc(lower(a.period)), 'to', tripoint.utc(upper(a.period)),
    'hours', ${hoursOf(sql`w`)},
    'periods', (
      SELECT json_agg(json_build_object('state', p.state, 'from', tripoint.utc(lower(p.part)), 'to', tripoint.utc(upper(p.part)))
        ORDER BY p.part)
      FROM (VALUES ('open', w.open), ('restricted', w.restricted), ('closed', w.closed), ('unknown', w.unknown)) AS s (state, parts)
      CROSS JOIN LATERAL (SELECT s.state, unnest(s.parts) AS part) AS p),
    'sides', (SELECT json_agg(json_build_object('country', s.side, 'hours', ${hoursOf(sql`s`)}) ORDER BY s.side) FROM side AS s),
    'table', (
      SELECT coalesce(json_agg(json_build_object('country', c.side, 'entering', c.entering, 'traffic', c.traffic, 'hours',
        json_build_object('open', tripoint.hours_in(c.open), 'restricted', tripoint.hours_in(c.restricted),
          'closed', tripoint.hours_in(c.closed),
          'unknown', tripoint.hours_in(tstzmultirange(c.period) - c.open - c.restricted - c.closed)))
        ORDER BY c.side, c.entering, array_position(tripoint.traffic_classes(), c.traffic)), '[]')
      FROM cell AS c))::text AS text
  FROM asked AS a CROSS JOIN whole AS w`;

const hoursOf = (s: Sql): Sql => sql`json_build_object('open', tripoint.hours_in(${s}.open),
  'restricted', tripoint.hours_in(${s}.restricted), 'closed', tripoint.hours_in(${s}.closed),
  'unknown', tripoint.hours_in(${s}.unknown))`;
