import { incidentConcern } from '../../db/concern.ts';
import { view } from '../../db/labelled.ts';
import { all, constant, plannedEachTime, type Sql, sql, when } from '../../db/sql.ts';
import type { Interval } from '../../geometry/datetime.parse.ts';
import type { CellRange, Cells } from '../../ogc/collection/collection.sql.ts';
import { isAnyOf, isNotCancelled, ofAttributes } from './incident.sql.ts';
import { INCIDENT_KINDS, SEVERITIES } from './incident.vocabulary.ts';

/** The incident parameters that sums support. */
type Summed = Pick<Parameters<typeof ofAttributes>[0], 'kind' | 'severity' | 'nature' | 'datetime'>;

const FINEST = 14; // level of the deltas
const DAY_MS = 86_400_000;

/** Counts of incidents from sums that the database keeps (schema/incidents/fold_incident_cells.function.sql). */
export const incidentCells: Cells = {
  // with a million incidents a tile has at most some thousands at this zoom, over ten thousand one zoom below
  featuresFrom: 11,
  groups: [
    { name: 'kind', words: INCIDENT_KINDS },
    { name: 'severity', words: SEVERITIES },
  ],
  answers: ['kind', 'severity', 'nature', 'datetime'],
  // the expressions of incident_cell_10_idx and incident_cell_8_idx
  columns: { 10: sql`(tripoint.cell_of(i.point) >> 8)`, 8: sql`(tripoint.cell_of(i.point) >> 12)` },
  held: ['kind', 'severity', 'nature', 'state'],
  counts: (level) => sql`
    SELECT c.cell, sum(c.n)::int AS n FROM ${view.incidentCell} AS c WHERE c.level = ${level}::smallint GROUP BY c.cell`,
  sums(range, filters) {
    const summed = filters as Summed;
    const days = summed.datetime && daysOf(summed.datetime);
    if (summed.datetime && !days) return undefined;
    return days ? sumsOfDays(range, summed, days) : sumsOfAll(range, summed);
  },
};

interface Days {
  first: string | undefined;
  last: string | undefined;
}

/** Undefined if the interval begins or ends within a day. */
function daysOf({ from, to }: Interval): Days | undefined {
  if ((from && from.getTime() % DAY_MS !== 0) || (to && (to.getTime() + 1) % DAY_MS !== 0)) return undefined;
  const day = (at: Date | undefined) => at?.toISOString().slice(0, 10);
  return { first: day(from), last: day(to) };
}

const sumsOfAll = (range: CellRange, summed: Summed): Sql => sql`
  SELECT c.cell, c.kind, c.severity, c.concern, c.n FROM ${view.incidentCell} AS c
  WHERE ${isWithin(sql`c`, range, range.level)} AND ${isOfClass(sql`c`, summed)}
  UNION ALL ${appended(range, summed, sql`true`)}
  UNION ALL ${ownRed(range, summed)}`;

function sumsOfDays(range: CellRange, summed: Summed, { first, last }: Days): Sql {
  const level = range.level <= 8 ? 8 : FINEST;
  const isOnDays = (c: Sql) =>
    all(
      when(first, (day) => sql`${c}.day >= ${day}::date`),
      when(last, (day) => sql`${c}.day <= ${day}::date`),
    );
  return sql`
    SELECT c.cell >> ${shift(level, range)}, c.kind, c.severity, c.concern, c.n FROM ${view.incidentCellDay} AS c
    WHERE ${plannedEachTime(all(isWithin(sql`c`, range, level, known), isOnDays(sql`c`), isOfClass(sql`c`, summed)))}
    UNION ALL ${appended(range, summed, isOnDays(sql`d`))}
    UNION ALL ${ownRed(range, summed)}
    ${summed.datetime?.from ? sql`UNION ALL ${begunBefore(range, summed, summed.datetime.from)}` : sql``}`;
}

/** Deltas that are in no sum yet. */
const appended = (range: CellRange, summed: Summed, isOnDays: Sql): Sql => sql`
  SELECT d.cell >> ${shift(FINEST, range)}, d.kind, d.severity, d.concern, d.n FROM ${view.incidentCellDelta} AS d
  WHERE ${isWithin(sql`d`, range)} AND ${isOnDays} AND ${isOfClass(sql`d`, summed)}`;

/** RED incidents are in no sum: the caller's agency counts its own row by row. */
const ownRed = (range: CellRange, summed: Summed): Sql => sql`
  SELECT i.cell >> ${shift(FINEST, range)}, i.kind, i.severity, ${incidentConcern(sql`i`)}, 1 FROM ${view.ownRedIncident} AS i
  WHERE ${isWithin(sql`i`, range)} AND ${ofAttributes(summed)}`;

/** Sums are by starting day; incidents of earlier days may be under way at the start of an interval. */
function begunBefore(range: CellRange, { datetime: _, ...summed }: Summed, start: Date): Sql {
  const [west, south, east, north] = range.box;
  const cell = sql`tripoint.cell_of(i.point)`;
  const { from, to } = shifted(range, FINEST);
  return plannedEachTime(sql`
    SELECT ${cell} >> ${shift(FINEST, range)}, i.kind, i.severity, ${incidentConcern(sql`i`)}, 1 FROM ${view.incident} AS i
    WHERE i.tlp <> 'RED' AND ${isNotCancelled(sql`i`)} AND i.period @> ${start}::timestamptz AND i.occurred_at < ${start}::timestamptz
      AND i.point && ST_MakeEnvelope(${west}::float, ${south}::float, ${east}::float, ${north}::float, 4326)
      AND ${cell} >= ${from}::int AND ${cell} < ${to}::int AND ${ofAttributes(summed)}`);
}

type Range = Omit<CellRange, 'box'>;

/** Bits between a level and the level of the range. */
const shift = (level: number, range: Range): Sql => constant(2 * (level - range.level));

const shifted = ({ level, from, to }: Range, finer: number) => ({
  from: from * 4 ** (finer - level),
  to: to * 4 ** (finer - level),
});

const known = (value: number): Sql => sql`${value}::int`;
/** What the planner cannot know, it takes for average: one plan is kept for all tiles. */
const average = (value: number): Sql => sql`(SELECT ${value}::int)`;

function isWithin(c: Sql, range: Range, level?: number, asValue = average): Sql {
  const { from, to } = shifted(range, level ?? FINEST);
  const isOfLevel = when(level, (n) => sql`${c}.level = ${asValue(n)}`);
  return all(isOfLevel, sql`${c}.cell >= ${asValue(from)}`, sql`${c}.cell < ${asValue(to)}`);
}

const isOfClass = (c: Sql, { kind, severity, nature }: Summed): Sql =>
  all(
    when(kind, (words) => isAnyOf(sql`${c}.kind`, words)),
    when(severity, (words) => isAnyOf(sql`${c}.severity`, words)),
    when(nature, (words) => isAnyOf(sql`${c}.nature`, words)),
  );
