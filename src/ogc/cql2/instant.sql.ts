import { badRequest } from '../../core/problem.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { Cql2Instant, Cql2Interval } from './cql2.expression.ts';
import { isFullDate, OPEN, readInstant } from './instant.literal.ts';
import type { InstantOperand, IntervalOperand, Operand, Scope } from './operand.sql.ts';

export const dateOf = (date: string): InstantOperand => ({
  kind: 'date',
  sql: sql`${date}::date`,
  isFixed: true,
  said: { is: 'date', value: date },
});

export const timestampOf = (timestamp: string): InstantOperand => ({
  kind: 'timestamp',
  sql: sql`${timestamp}::timestamptz`,
  isFixed: true,
  said: { is: 'time', value: timestamp },
});

export const isInstant = (operand: Operand): operand is InstantOperand =>
  operand.kind === 'timestamp' || operand.kind === 'date';

/** A time, or a plain text that is a time; undefined otherwise. */
export function asInstant(operand: Operand): InstantOperand | undefined {
  if (isInstant(operand)) return operand;
  const read =
    operand.kind === 'string' && operand.text !== undefined ? readInstant(operand.text) : undefined;
  if (!read) return undefined;
  return 'date' in read ? dateOf(read.date) : timestampOf(read.timestamp);
}

// Days are UTC days, whatever the session's time zone.
export const startOfDay = (date: Sql): Sql => sql`(${date}::timestamp AT TIME ZONE 'UTC')`;
export const startOfNextDay = (date: Sql): Sql => sql`((${date} + 1)::timestamp AT TIME ZONE 'UTC')`;
const endOfDay = (date: Sql): Sql => sql`(${startOfNextDay(date)} - interval '1 microsecond')`;

/** Both ends as times: a date becomes the start or the end of its day. */
export const intervalInTimes = ({ start, end, ...rest }: IntervalOperand): IntervalOperand => ({
  ...rest,
  start: start.kind === 'date' ? { ...start, kind: 'timestamp', sql: startOfDay(start.sql) } : start,
  end: end.kind === 'date' ? { ...end, kind: 'timestamp', sql: endOfDay(end.sql) } : end,
});

/** INTERVAL(…, …): of dates if all its ends are dates, else of times. */
export function intervalOf(scope: Scope, { interval: [from, to] }: Cql2Interval): IntervalOperand {
  refuseBackwards(from, to);
  const [start, end] = [endOperand(scope, from), endOperand(scope, to)];
  const kind = start?.kind === 'timestamp' || end?.kind === 'timestamp' ? 'timestamp' : 'date';
  const open = (infinity: Sql): InstantOperand => ({
    kind,
    sql: kind === 'date' ? sql`${infinity}::date` : sql`${infinity}::timestamptz`,
    isFixed: true,
    said: { is: 'open end' },
  });
  const operand: IntervalOperand = {
    kind: 'interval',
    start: start ?? open(sql`'-infinity'`),
    end: end ?? open(sql`'infinity'`),
    said: { is: 'interval' },
  };
  return kind === 'date' ? operand : intervalInTimes(operand);
}

/** undefined: the end is open. */
function endOperand(scope: Scope, end: Cql2Instant): InstantOperand | undefined {
  if (end === OPEN) return undefined;
  if (typeof end === 'string') return isFullDate(end) ? dateOf(end) : timestampOf(end);
  const operand = scope.operand(end);
  if (isInstant(operand)) return operand;
  throw badRequest('cql2-not-time', { given: operand.said });
}

function refuseBackwards(from: Cql2Instant, to: Cql2Instant): void {
  if (typeof from !== 'string' || typeof to !== 'string' || from === OPEN || to === OPEN) return;
  const day = isFullDate(to) ? to : undefined; // includes all times of its day
  if (Date.parse(from) > Date.parse(to) && !(day && from.startsWith(day)))
    throw badRequest('cql2-interval-backwards', { from, to });
}
