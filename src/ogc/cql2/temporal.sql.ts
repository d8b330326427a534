import { badRequest } from '../../core/problem.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { asInstant, intervalInTimes } from './instant.sql.ts';
import { type Compile, conditionOf, type IntervalOperand, type Operand } from './operand.sql.ts';

interface IntervalEnds {
  a: Sql;
  b: Sql;
  c: Sql;
  d: Sql;
}

/** OGC 21-065r2, Temporal Functions, and Time Ontology in OWL: relations of the closed intervals [a, b] and [c, d]. */
const RELATIONS: Record<string, (ends: IntervalEnds) => Sql> = {
  t_after: ({ a, d }) => sql`(${a} > ${d})`,
  t_before: ({ b, c }) => sql`(${b} < ${c})`,
  t_disjoint: ({ a, b, c, d }) => sql`(${b} < ${c} OR ${a} > ${d})`,
  t_equals: ({ a, b, c, d }) => sql`(${a} = ${c} AND ${b} = ${d})`,
  t_intersects: ({ a, b, c, d }) => sql`(${a} <= ${d} AND ${b} >= ${c})`,
};

/** These apply to intervals only. */
const INTERVAL_RELATIONS: Record<string, (ends: IntervalEnds) => Sql> = {
  t_contains: ({ a, b, c, d }) => sql`(${a} < ${c} AND ${b} > ${d})`,
  t_during: ({ a, b, c, d }) => sql`(${a} > ${c} AND ${b} < ${d})`,
  t_finishedBy: ({ a, b, c, d }) => sql`(${a} < ${c} AND ${b} = ${d})`,
  t_finishes: ({ a, b, c, d }) => sql`(${a} > ${c} AND ${b} = ${d})`,
  t_meets: ({ b, c }) => sql`(${b} = ${c})`,
  t_metBy: ({ a, d }) => sql`(${a} = ${d})`,
  t_overlappedBy: ({ a, b, c, d }) => sql`(${a} > ${c} AND ${a} < ${d} AND ${b} > ${d})`,
  t_overlaps: ({ a, b, c, d }) => sql`(${a} < ${c} AND ${b} > ${c} AND ${b} < ${d})`,
  t_startedBy: ({ a, b, c, d }) => sql`(${a} = ${c} AND ${b} > ${d})`,
  t_starts: ({ a, b, c, d }) => sql`(${a} = ${c} AND ${b} < ${d})`,
};

const relation =
  (relate: (ends: IntervalEnds) => Sql, intervalsOnly: boolean): Compile =>
  (scope, args, op) => {
    const [left, right] = args.map((arg) => periodOf(scope.operand(arg), op, intervalsOnly));
    return conditionOf((op === 't_intersects' && inRange(left!, right!)) || relate(endsOf(left!, right!)));
  };

/** An instant is a period whose start is its end. */
function periodOf(operand: Operand, op: string, intervalsOnly: boolean): IntervalOperand {
  if (operand.kind === 'interval') return operand;
  const instant = asInstant(operand);
  const name = op.toUpperCase();
  if (!instant) throw badRequest('cql2-not-period', { name, given: operand.said });
  if (!intervalsOnly) return { kind: 'interval', start: instant, end: instant, said: instant.said };
  throw badRequest('cql2-not-interval', { name, given: operand.said });
}

/** Dates compared with times are UTC days. */
function endsOf(left: IntervalOperand, right: IntervalOperand): IntervalEnds {
  const isMixed = left.start.kind !== right.start.kind;
  const [one, other] = isMixed ? [intervalInTimes(left), intervalInTimes(right)] : [left, right];
  return { a: one.start.sql, b: one.end.sql, c: other.start.sql, d: other.end.sql };
}

/**
 * Starts within a fixed period, or under way at its start. Two conditions, because PostgreSQL estimates range starts and
 * ends well, but range overlap badly.
 */
function inRange(left: IntervalOperand, right: IntervalOperand): Sql | undefined {
  const [stored, fixed] = left.range ? [left, right] : [right, left];
  if (!stored.range || !fixed.start.isFixed || !fixed.end.isFixed) return undefined;
  const { start, end } = intervalInTimes(fixed);
  const begun = stored.start.sql;
  return sql`((${begun} >= ${start.sql} AND ${begun} <= ${end.sql}) OR ${stored.range} @> ${start.sql})`;
}

export const TEMPORAL: [string, Compile][] = [
  ...Object.entries(RELATIONS).map(([op, relate]): [string, Compile] => [op, relation(relate, false)]),
  ...Object.entries(INTERVAL_RELATIONS).map(([op, relate]): [string, Compile] => [
    op,
    relation(relate, true),
  ]),
];
