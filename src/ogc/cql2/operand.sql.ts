import type { Said, Taker } from '../../core/messages/message.params.ts';
import { badRequest } from '../../core/problem.ts';
import type { Sql } from '../../db/sql.ts';
import type { Box } from '../../geometry/bbox.parse.ts';
import type { Cql2Expression } from './cql2.expression.ts';
import type { FilterCrs } from './filter.crs.ts';
import type { Queryables } from './queryable.sql.ts';

/** An expression as SQL, with the facts that enclosing functions need. */
export type Operand =
  | TextOperand
  | NumberOperand
  | InstantOperand
  | IntervalOperand
  | GeometryOperand
  | (DescribedOperand & { kind: 'boolean'; sql: Sql })
  | ArrayOperand;

interface DescribedOperand {
  /** Its name in messages: `the property "kind" (string)`. */
  said: Said;
}

export interface TextOperand extends DescribedOperand {
  kind: 'string';
  sql: Sql;
  /** Of a literal, which may also be a time. */
  text?: string;
}

export interface NumberOperand extends DescribedOperand {
  kind: 'number';
  sql: Sql;
  /** Of an integer column. */
  isInteger?: boolean;
  /** Of a literal. */
  number?: number;
}

interface ArrayOperand extends DescribedOperand {
  kind: 'array';
  sql: Sql;
  /** Of a column: the list as one text. */
  asText?: Sql | undefined;
}

export interface InstantOperand extends DescribedOperand {
  kind: 'timestamp' | 'date';
  sql: Sql;
  /** Constant for all rows. */
  isFixed?: boolean;
}

export interface IntervalOperand extends DescribedOperand {
  kind: 'interval';
  /** Open ends are infinite. */
  start: InstantOperand;
  end: InstantOperand;
  range?: Sql | undefined;
}

export interface GeometryOperand extends DescribedOperand {
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

/** The context in which a part of an expression is compiled. */
export interface Scope {
  queryables: Queryables;
  crs: FilterCrs;
  /** Compiles a part of any kind. */
  operand(expression: Cql2Expression): Operand;
}

/** Compiles a family of operators or functions; the number of arguments is already checked. */
export type Compile = (scope: Scope, args: readonly Cql2Expression[], op: string) => Operand;

/** A condition, as SQL. */
export const conditionOf = (piece: Sql): Operand => ({
  kind: 'boolean',
  sql: piece,
  said: { is: 'condition' },
});

interface ExpectedKind<K extends OperandKind> {
  kind: K;
  /** The enclosing construct in messages: `LIKE`, `an array`. */
  by: Taker;
}

/** Compiles a part that must be of one kind. */
export function operandOfKind<K extends OperandKind>(
  scope: Scope,
  expression: Cql2Expression,
  { kind, by }: ExpectedKind<K>,
): OperandOf<K> {
  const given = scope.operand(expression);
  const operand = kind === 'string' ? textual(given) : given;
  if (isOfKind(operand, kind)) return operand;
  throw badRequest('cql2-kind', { by, kind, given: operand.said });
}

/** Uses the text form of an array where a text is needed. */
export const textual = (operand: Operand): Operand =>
  operand.kind === 'array' && operand.asText
    ? { kind: 'string', sql: operand.asText, said: operand.said }
    : operand;

const isOfKind = <K extends OperandKind>(operand: Operand, kind: K): operand is OperandOf<K> =>
  operand.kind === kind;

export const cannotCompare = (left: Operand, right: Operand, isTime: boolean): never => {
  throw badRequest('cql2-not-comparable', { left: left.said, right: right.said, isTime });
};
