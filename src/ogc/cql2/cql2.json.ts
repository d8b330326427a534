import type { Cql2Expression } from './cql2.expression.ts';
import { type FilterLimits, LIMITS } from './cql2.limits.ts';
import { checkExpression } from './expression.check.ts';

/** Reads CQL2 JSON; throws a Problem with the position of the fault. */
export const parseCql2Json = (value: unknown, limits: FilterLimits = LIMITS): Cql2Expression =>
  checkExpression(value, { isJson: true, limits });

/** The internal form is the JSON encoding. */
export const toCql2Json = (expression: Cql2Expression): unknown => expression;
