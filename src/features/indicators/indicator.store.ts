import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import { seenInOne } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { featureStatement, findFeature, type Layer, listFeatures } from '../../db/layer.ts';
import { type Sql, sql, writing } from '../../db/sql.ts';
import { plainLayerOf } from '../../ogc/collection/items.sql.ts';
import { indicatorCollection } from './indicator.collection.sql.ts';
import type { IndicatorLine, IndicatorQuery } from './indicator.schema.ts';

/** What a line names that is not there, or not of the caller's country. */
export type UnknownPart = 'crossing' | 'country' | 'entering' | 'countedBy';

/** A checked line with its number. */
export type NumberedLine = IndicatorLine & { line: number };

export interface WrittenSet {
  accepted: number;
  updated: number;
  unchanged: number;
  /** Lines that were not written. */
  refused: { line: number; part: UnknownPart; countries: string[] | null }[];
}

/** Newest day first. */
const indicators: Layer = {
  ...plainLayerOf(indicatorCollection),
  from: sql`${view.indicator} AS i`,
  concern: sql`i.concern`,
};

export const indicatorStore = (db: Database) => ({
  list: (caller: Caller, query: IndicatorQuery) =>
    listFeatures(db, caller, indicators, indicatorCollection.rows(query).where, query),

  find: (caller: Caller, id: string) => findFeature(db, caller, indicators, id),

  /** The lines of one set have different keys. */
  writeSet: (caller: Caller, lines: readonly NumberedLine[]): Promise<WrittenSet> =>
    db.queryOne<WrittenSet>(caller, setStatement(caller, lines)),

  /** `permit` throws to refuse. */
  put: (
    caller: Caller,
    line: IndicatorLine,
    permit: (written: WrittenSet) => void,
  ): Promise<{ feature: string; id: string; isNew: boolean }> =>
    db.transaction(caller, async (tx) => {
      const written = await tx.queryOne<WrittenSet>(setStatement(caller, [{ ...line, line: 1 }]));
      permit(written);
      const [row] = await tx.query<{ feature: string; id: string }>(sql`
        SELECT f.feature, f.seen_one, f.seen_target, f.feature::json ->> 'id' AS id
        FROM (${featureStatement(indicators, isAbout(caller, line))}) AS f`);
      return { ...row!, isNew: written.accepted === 1 };
    }),

  /** `permit` throws to refuse. */
  remove: (
    caller: Caller,
    id: string,
    permit: (found: { country: string } | undefined) => void,
  ): Promise<void> =>
    db.transaction(caller, async (tx: Transaction) => {
      const [found] = await tx.query<{ country: string }>(
        sql`SELECT i.country, ${seenInOne(sql`i.concern`)} FROM ${view.indicator} AS i WHERE i.id = ${id}`,
      );
      permit(found);
      await tx.query(writing`DELETE FROM ${view.indicator} AS i WHERE i.id = ${id}`);
    }),
});
export type IndicatorStore = ReturnType<typeof indicatorStore>;

const isAbout = ({ country }: Caller, { crossing, entering, day, traffic }: IndicatorLine): Sql =>
  sql`i.crossing = ${crossing} AND i.country = ${country} AND i.entering IS NOT DISTINCT FROM ${entering}::text
    AND i.day = ${day}::date AND i.traffic IS NOT DISTINCT FROM ${traffic}::text`;

const FIGURES = sql`passengers, vehicles, trucks, median_waiting_minutes, method, agency, note`;

/** One statement for a set: a line about the same side, day, direction and class replaces what it says. */
const setStatement = (caller: Caller, lines: readonly NumberedLine[]): Sql => writing`
  WITH judged AS (
    SELECT n.*, CASE WHEN c.id IS NULL THEN 'crossing' WHEN NOT ${caller.country}::text = ANY (d.countries) THEN 'country'
        WHEN NOT n.entering = ANY (d.countries) THEN 'entering' WHEN a.id IS NULL THEN 'countedBy' END AS part, d.countries
    FROM json_to_recordset(${JSON.stringify(lines.map((line) => toRecord(caller, line)))}::json) AS n (line int, id uuid,
      crossing text, entering text, day date, traffic text, passengers int, vehicles int, trucks int,
      median_waiting_minutes float, method text, agency text, note text)
    LEFT JOIN crossing AS c ON c.id = n.crossing
    LEFT JOIN LATERAL (
      SELECT array_agg(s.country ORDER BY s.country) AS countries FROM crossing_side AS s WHERE s.crossing = c.id
    ) AS d ON true
    LEFT JOIN agency AS a ON a.id = n.agency AND a.country = ${caller.country}
  ), written AS (
    INSERT INTO ${view.indicator} AS i (id, crossing, country, entering, day, traffic, ${FIGURES})
    SELECT j.id, j.crossing, ${caller.country}::text, j.entering, j.day, j.traffic, j.passengers, j.vehicles, j.trucks,
      j.median_waiting_minutes, j.method, j.agency, j.note
    FROM judged AS j WHERE j.part IS NULL
    ORDER BY j.crossing, j.day, j.entering, j.traffic -- sets that meet do not wait for each other in a circle
    ON CONFLICT (crossing, country, entering, day, traffic) DO UPDATE SET (${FIGURES}, updated_at) =
      (EXCLUDED.passengers, EXCLUDED.vehicles, EXCLUDED.trucks, EXCLUDED.median_waiting_minutes, EXCLUDED.method,
       EXCLUDED.agency, EXCLUDED.note, clock_timestamp())
    WHERE (i.passengers, i.vehicles, i.trucks, i.median_waiting_minutes, i.method, i.agency, i.note) IS DISTINCT FROM
      (EXCLUDED.passengers, EXCLUDED.vehicles, EXCLUDED.trucks, EXCLUDED.median_waiting_minutes, EXCLUDED.method,
       EXCLUDED.agency, EXCLUDED.note)
    RETURNING i.created_at = i.updated_at AS is_new
  ), done AS (
    SELECT count(*) FILTER (WHERE w.is_new)::int AS accepted, count(*) FILTER (WHERE NOT w.is_new)::int AS updated
    FROM written AS w
  )
  SELECT d.accepted, d.updated, count(*) FILTER (WHERE j.part IS NULL)::int - d.accepted - d.updated AS unchanged,
    coalesce(json_agg(json_build_object('line', j.line, 'part', j.part, 'countries', j.countries))
      FILTER (WHERE j.part IS NOT NULL), '[]') AS refused
  FROM done AS d LEFT JOIN judged AS j ON true
  GROUP BY d.accepted, d.updated`;

const toRecord = (
  { agency }: Caller,
  {
    line,
    crossing,
    entering,
    day,
    traffic,
    passengers,
    vehicles,
    trucks,
    method,
    note,
    ...rest
  }: NumberedLine,
) => ({
  line,
  id: uuidv7(),
  crossing,
  entering,
  day,
  traffic,
  passengers,
  vehicles,
  trucks,
  median_waiting_minutes: rest.medianWaitingMinutes,
  method,
  agency: rest.countedBy ?? agency,
  note: note || null,
});
