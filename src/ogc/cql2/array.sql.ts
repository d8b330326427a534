import type { Said } from '../../core/messages/message.params.ts';
import { excerpt } from '../../core/messages/message.ts';
import { Sql, sql } from '../../db/sql.ts';
import type { Cql2Expression } from './cql2.expression.ts';
import { type Compile, conditionOf, type Operand, operandOfKind, type Scope } from './operand.sql.ts';

/** An array of texts: collections have no other arrays. */
export function arrayOf(scope: Scope, members: readonly Cql2Expression[]): Operand {
  const said: Said = { is: 'array', value: excerpt(members) };
  if (members.every((member) => typeof member === 'string'))
    return { kind: 'array', sql: sql`${members}::text[]`, said };
  const texts = members.map(
    (member) => operandOfKind(scope, member, { kind: 'string', by: { array: true } }).sql,
  );
  return {
    kind: 'array',
    sql: new Sql(['ARRAY[', ...texts.slice(1).map(() => ', '), ']::text[]'], texts),
    said,
  };
}

/** OGC 21-065r2, Array Functions: arrays are compared as sets. */
const RELATIONS: Record<string, (left: Sql, right: Sql) => Sql> = {
  a_equals: (left, right) => sql`(${left} @> ${right} AND ${left} <@ ${right})`,
  a_contains: (left, right) => sql`(${left} @> ${right})`,
  a_containedBy: (left, right) => sql`(${left} <@ ${right})`,
  a_overlaps: (left, right) => sql`(${left} && ${right})`,
};

export const ARRAYS: [string, Compile][] = Object.entries(RELATIONS).map(([op, relate]) => [
  op,
  (scope, args) => {
    const [left, right] = args.map(
      (arg) => operandOfKind(scope, arg, { kind: 'array', by: { function: op.toUpperCase() } }).sql,
    );
    return conditionOf(relate(left!, right!));
  },
]);
