import { excerpt } from '../../core/messages/message.ts';
import { sql } from '../../db/sql.ts';
import { ARITHMETIC } from './arithmetic.sql.ts';
import { ARRAYS, arrayOf } from './array.sql.ts';
import { COMPARISONS } from './comparison.sql.ts';
import {
  type Cql2Call,
  type Cql2Expression,
  isBox,
  isCall,
  isDate,
  isInterval,
  isProperty,
  isTimestamp,
} from './cql2.expression.ts';
import { callFunction } from './function.sql.ts';
import { boxOf, geometryOf } from './geometry.sql.ts';
import { dateOf, intervalOf, timestampOf } from './instant.sql.ts';
import { LOGIC } from './logic.sql.ts';
import type { Compile, Operand, Scope } from './operand.sql.ts';
import { propertyOf } from './property.sql.ts';
import { SPATIAL } from './spatial.sql.ts';
import { TEMPORAL } from './temporal.sql.ts';
import { TEXTS } from './text.sql.ts';

const FAMILIES = new Map<string, Compile>([
  ...LOGIC,
  ...COMPARISONS,
  ...ARITHMETIC,
  ...TEXTS,
  ...SPATIAL,
  ...TEMPORAL,
  ...ARRAYS,
]);

/** Any part of an expression as SQL. */
export function operandOf(scope: Scope, expression: Cql2Expression): Operand {
  if (typeof expression === 'string')
    return {
      kind: 'string',
      sql: sql`${expression}::text`,
      text: expression,
      said: { is: 'text', value: excerpt(expression) },
    };
  if (typeof expression === 'number')
    return {
      kind: 'number',
      sql: sql`${expression}::float8`,
      number: expression,
      said: { is: 'number', value: expression },
    };
  if (typeof expression === 'boolean')
    return { kind: 'boolean', sql: sql`${expression}::boolean`, said: { is: 'truth', value: expression } };
  if (Array.isArray(expression)) return arrayOf(scope, expression);
  if (isCall(expression)) return ofCall(scope, expression);
  if (isProperty(expression)) return propertyOf(scope, expression);
  if (isDate(expression)) return dateOf(expression.date);
  if (isTimestamp(expression)) return timestampOf(expression.timestamp);
  if (isInterval(expression)) return intervalOf(scope, expression);
  return isBox(expression) ? boxOf(expression.bbox, scope.crs) : geometryOf(expression, scope.crs);
}

function ofCall(scope: Scope, { op, args }: Cql2Call): Operand {
  const compile = FAMILIES.get(op);
  return compile ? compile(scope, args, op) : callFunction(scope, args, op);
}
