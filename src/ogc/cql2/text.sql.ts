import { excerpt } from '../../core/messages/message.ts';
import { badRequest } from '../../core/problem.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { type Cql2Expression, isCall } from './cql2.expression.ts';
import { type Compile, conditionOf, operandOfKind } from './operand.sql.ts';

const FOLDS = new Map<string, (text: Sql) => Sql>([
  ['casei', (text) => sql`tripoint.folded(${text})`],
  ['accenti', (text) => sql`tripoint.unaccented(${text})`],
]);

const fold: Compile = (scope, [of], op) => {
  const text = operandOfKind(scope, of!, { kind: 'string', by: { function: op.toUpperCase() } });
  return { kind: 'string', sql: FOLDS.get(op)!(text.sql), said: { is: 'folded', of: op.toUpperCase() } };
};

const LONE_ESCAPE = /(?<!\\)(?:\\\\)*\\$/;

/** The standard has PostgreSQL's wildcards and escape. A pattern must be constant: a column value might be invalid. */
function patternOf(expression: Cql2Expression): Sql {
  if (typeof expression === 'string') {
    if (!LONE_ESCAPE.test(expression)) return sql`${expression}::text`;
    throw badRequest('cql2-pattern-escape', { pattern: excerpt(expression) });
  }
  if (isCall(expression)) {
    const folded = FOLDS.get(expression.op);
    if (folded) return folded(patternOf(expression.args[0]!));
  }
  throw badRequest('cql2-pattern');
}

const like: Compile = (scope, [text, pattern]) => {
  const operand = operandOfKind(scope, text!, { kind: 'string', by: { function: 'LIKE' } });
  return conditionOf(sql`(${operand.sql} LIKE ${patternOf(pattern!)})`);
};

export const TEXTS: [string, Compile][] = [
  ['casei', fold],
  ['accenti', fold],
  ['like', like],
];
