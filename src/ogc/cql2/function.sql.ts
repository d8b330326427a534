import { excerpt } from '../../core/messages/message.ts';
import { badRequest } from '../../core/problem.ts';
import { sql } from '../../db/sql.ts';
import type { Cql2Expression } from './cql2.expression.ts';
import {
  conditionOf,
  type Operand,
  type OperandKind,
  type OperandOf,
  operandOfKind,
  type Scope,
} from './operand.sql.ts';

interface FunctionArgument {
  title: string;
  type: OperandKind;
}

/** A function beyond the standard's. */
export interface Cql2Function {
  name: string;
  description: string;
  arguments: readonly FunctionArgument[];
  returns: OperandKind;
  compile(args: readonly Operand[]): Operand;
}

export const FUNCTIONS: readonly Cql2Function[] = [
  {
    name: 'S_DWITHIN',
    description: 'Whether the geodesic distance (WGS 84) of two geometries is at most this many metres.',
    arguments: [
      { title: 'geometry', type: 'geometry' },
      { title: 'otherGeometry', type: 'geometry' },
      { title: 'metres', type: 'number' },
    ],
    returns: 'boolean',
    compile: ([one, other, metres]) => {
      const [left, right] = [one, other] as [OperandOf<'geometry'>, OperandOf<'geometry'>];
      const [column, constant] = left.isColumn ? [left, right] : [right, left];
      const piece = sql`ST_DWithin(${column.geography}, ${constant.geography}, ${(metres as OperandOf<'number'>).sql})`;
      return conditionOf(piece);
    },
  },
  {
    name: 'NOW',
    description: 'The current time of the request.',
    arguments: [],
    returns: 'timestamp',
    compile: () => ({ kind: 'timestamp', sql: sql`now()`, isFixed: true, said: { is: 'now' } }),
  },
];

/** Function names are case-insensitive. */
export function callFunction(scope: Scope, args: readonly Cql2Expression[], op: string): Operand {
  const known = FUNCTIONS.find(({ name }) => name === op.toUpperCase());
  if (!known)
    throw badRequest('cql2-function-unknown', {
      name: excerpt(op),
      known: FUNCTIONS.map(({ name }) => name),
    });
  const { name, arguments: takes, compile } = known;
  if (args.length !== takes.length)
    throw badRequest('cql2-function-arguments', {
      name,
      takes: takes.map(({ title }) => title),
      given: args.length,
    });
  return compile(
    args.map((arg, i) => operandOfKind(scope, arg, { kind: takes[i]!.type, by: { function: name } })),
  );
}
