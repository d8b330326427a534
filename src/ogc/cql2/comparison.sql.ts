import { Sql, sql } from '../../db/sql.ts';
import type { Cql2Expression } from './cql2.expression.ts';
import { asInstant, isInstant, startOfDay, startOfNextDay } from './instant.sql.ts';
import {
  type Compile,
  cannotCompare,
  conditionOf,
  type InstantOperand,
  type NumberOperand,
  type Operand,
  textual,
} from './operand.sql.ts';

type Operator = '=' | '<>' | '<' | '>' | '<=' | '>=';

const SIGNS: Record<Operator, Sql> = {
  '=': sql`=`,
  '<>': sql`<>`,
  '<': sql`<`,
  '>': sql`>`,
  '<=': sql`<=`,
  '>=': sql`>=`,
};
const MIRRORED: Record<Operator, Operator> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
};

const binary: Compile = (scope, [left, right], op) =>
  conditionOf(compare(op as Operator, scope.operand(left!), scope.operand(right!)));

function compare(op: Operator, left: Operand, right: Operand): Sql {
  const [a, b] = alike(left, right);
  if (isInstant(a) && isInstant(b) && a.kind !== b.kind) return compareDay(op, a, b);
  return sql`(${ordered(a, op)} ${SIGNS[op]} ${b.sql})`;
}

type Scalar = Exclude<Operand, { kind: 'interval' | 'geometry' | 'array' }>;

/** Converts two operands to one kind if possible: a plain text compared with a time becomes a time. */
function alike(one: Operand, other: Operand): [Scalar, Scalar] {
  const [left, right] = [textual(one), textual(other)];
  if (left.kind === 'number' && right.kind === 'number')
    return [integral(left, right), integral(right, left)];
  if (left.kind === 'string' && right.kind === 'string') return [left, right];
  if (left.kind === 'boolean' && right.kind === 'boolean') return [left, right];
  const [a, b] = [asInstant(left), asInstant(right)];
  if (a && b) return [a, b];
  return cannotCompare(left, right, isInstant(left) || isInstant(right));
}

/** A whole number compared with an integer column stays an integer, so that an index on the column serves. */
const integral = (number: NumberOperand, beside: NumberOperand): NumberOperand =>
  beside.isInteger && Number.isSafeInteger(number.number)
    ? { ...number, sql: sql`${number.number}::bigint` }
    : number;

/** Texts are ordered by code point: the same everywhere, as the standard's tests expect. */
const ordered = ({ kind, sql: piece }: Scalar, op: Operator): Sql =>
  kind === 'string' && op !== '=' && op !== '<>' ? sql`${piece} COLLATE "C"` : piece;

/** A time is before, on or after a UTC day. The stored time is compared with both bounds. */
function compareDay(op: Operator, a: InstantOperand, b: InstantOperand): Sql {
  if (a.kind === 'date') return compareDay(MIRRORED[op], b, a);
  const [time, start, next] = [a.sql, startOfDay(b.sql), startOfNextDay(b.sql)];
  switch (op) {
    case '=':
      return sql`(${time} >= ${start} AND ${time} < ${next})`;
    case '<>':
      return sql`(${time} < ${start} OR ${time} >= ${next})`;
    case '<':
      return sql`(${time} < ${start})`;
    case '<=':
      return sql`(${time} < ${next})`;
    case '>':
      return sql`(${time} >= ${next})`;
    case '>=':
      return sql`(${time} >= ${start})`;
  }
}

const between: Compile = (scope, args) => {
  const [of, low, high] = args.map((arg) => scope.operand(arg)) as [Operand, Operand, Operand];
  const [[a, from], [, to]] = [alike(of, low), alike(of, high)];
  const isOfDays = a.kind !== from.kind || a.kind !== to.kind;
  if (isOfDays) return conditionOf(sql`(${compare('>=', of, low)} AND ${compare('<=', of, high)})`);
  // not two comparisons, which would repeat a long operand
  return conditionOf(sql`(${ordered(a, '<')} BETWEEN ${from.sql} AND ${to.sql})`);
};

const isIn: Compile = (scope, [of, list]) => {
  const operand = scope.operand(of!);
  const members = (list as Cql2Expression[]).map((member) => scope.operand(member));
  const pairs = members.map((member) => alike(operand, member));
  const [first] = pairs[0] ?? [];
  if (!first) return conditionOf(sql`false`);
  const isOfDays = pairs.some(([a, b]) => a.kind !== b.kind || a.kind !== first.kind);
  if (!isOfDays)
    return conditionOf(
      sql`(${first.sql} IN ${listed(
        pairs.map(([, b]) => b.sql),
        ', ',
      )})`,
    );
  return conditionOf(
    listed(
      members.map((member) => compare('=', operand, member)),
      ' OR ',
    ),
  );
};

const listed = (pieces: readonly Sql[], separator: string): Sql =>
  new Sql(['(', ...pieces.slice(1).map(() => separator), ')'], pieces);

export const COMPARISONS: [string, Compile][] = [
  ...Object.keys(SIGNS).map((op): [string, Compile] => [op, binary]),
  ['between', between],
  ['in', isIn],
];
