import { badRequest } from '../../core/problem.ts';
import type { Sql } from '../../db/sql.ts';
import type { Box } from '../../geometry/bbox.parse.ts';
import type { Cql2Expression } from './cql2.expression.ts';
import type { FilterCrs } from './filter.crs.ts';
import type { Queryables } from './queryable.sql.ts';

/** An expression as SQL, and what the functions around it must know of it. */
export type Operand =
  | TextOperand
  | NumberOperand
  | InstantOperand
  | IntervalOperand
  | GeometryOperand
  | (Named & { kind: 'boolean'; sql: Sql })
  | ArrayOperand;

interface Named {
  /** As messages call it: `the property "kind" (string)`. */
  said: string;
}

export interface TextOperand extends Named {
  kind: 'string';
  sql: Sql;
  /** Of a literal: it may also stand for a time. */
  text?: string;
}

export interface NumberOperand extends Named {
  kind: 'number';
  sql: Sql;
  /** Of an integer column. */
  isInteger?: boolean;
  /** Of a literal. */
  number?: number;
}

interface ArrayOperand extends Named {
  kind: 'array';
  sql: Sql;
  /** Of a column: the same as one text. */
  asText?: Sql | undefined;
}

export interface InstantOperand extends Named {
  kind: 'timestamp' | 'date';
  sql: Sql;
  /** The same for all rows. */
  isFixed?: boolean;
}

export interface IntervalOperand extends Named {
  kind: 'interval';
  /** Ends that are open are infinite. */
  start: InstantOperand;
  end: InstantOperand;
  range?: Sql | undefined;
}

export interface GeometryOperand extends Named {
  kind: 'geometry';
  sql: Sql;
  geography: Sql;
  isColumn: boolean;
  isPoint?: boolean | undefined;
  /** Of a BBOX in longitude and latitude. */
  box?: Box | undefined;
}

export type OperandKind = Operand['kind'];
export type OperandOf<K extends OperandKind> = Extract<Operand, { kind: K }>;

/** What a part of an expression is compiled in. */
export interface Scope {
  queryables: Queryables;
  crs: FilterCrs;
  /** The operand of a part, whatever it is. */
  operand(expression: Cql2Expression): Operand;
}

/** How a family of operators or functions becomes SQL; the arguments are as many as the standard asks for. */
export type Compile = (scope: Scope, args: readonly Cql2Expression[], op: string) => Operand;

/** A condition, as SQL. */
export const conditionOf = (piece: Sql): Operand => ({ kind: 'boolean', sql: piece, said: 'a condition' });

const NAMES: Record<OperandKind, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'a condition',
  timestamp: 'a time',
  date: 'a date',
  interval: 'an interval',
  geometry: 'a geometry',
  array: 'an array',
};

export const nameOf = (kind: OperandKind): string => NAMES[kind];

interface ExpectedKind<K extends OperandKind> {
  kind: K;
  /** As messages call who asks: `LIKE`, `an array`. */
  by: string;
}

/** The operand of a part of an expression that can only be of one kind. */
export function operandOfKind<K extends OperandKind>(
  scope: Scope,
  expression: Cql2Expression,
  { kind, by }: ExpectedKind<K>,
): OperandOf<K> {
  const given = scope.operand(expression);
  const operand = kind === 'string' ? textual(given) : given;
  if (isOfKind(operand, kind)) return operand;
  throw badRequest(`${capital(by)} takes ${nameOf(kind)}, not ${operand.said}.`);
}

/** An array that is also a text is one where a text is asked for. */
export const textual = (operand: Operand): Operand =>
  operand.kind === 'array' && operand.asText
    ? { kind: 'string', sql: operand.asText, said: operand.said }
    : operand;

const isOfKind = <K extends OperandKind>(operand: Operand, kind: K): operand is OperandOf<K> =>
  operand.kind === kind;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const cannotCompare = (left: Operand, right: Operand, way = ''): never => {
  throw badRequest(`${capital(left.said)} cannot be compared with ${right.said}.${way}`);
};
