import type { Cql2Expression } from './cql2.expression.ts';
import { checkExpression } from './expression.check.ts';

/** Reads CQL2 JSON; throws a Problem with the position of the fault. */
export const parseCql2Json = (value: unknown): Cql2Expression => checkExpression(value, { isJson: true });

/** The internal form is the JSON encoding. */
export const toCql2Json = (expression: Cql2Expression): unknown => expression;
