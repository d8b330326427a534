import { type Sql, sql } from '../../db/sql.ts';
import { type Compile, operandOfKind } from './operand.sql.ts';

/** In double precision, so that nothing overflows early and 7 / 2 is 3.5. Division by zero gives unknown. */
const OPERATORS: Record<string, (left: Sql, right: Sql) => Sql> = {
  '+': (left, right) => sql`(${left} + ${right})`,
  '-': (left, right) => sql`(${left} - ${right})`,
  '*': (left, right) => sql`(${left} * ${right})`,
  '/': (left, right) => sql`(${left} / nullif(${right}, 0))`,
  '%': (left, right) => sql`mod(${left}::numeric, nullif(${right}, 0)::numeric)::float8`,
  div: (left, right) => sql`trunc(${left} / nullif(${right}, 0))`,
  '^': (left, right) => sql`power(${left}, ${right})`,
};

export const ARITHMETIC: [string, Compile][] = Object.entries(OPERATORS).map(([op, combine]) => [
  op,
  (scope, args) => {
    const [left, right] = args.map((arg) => {
      const operand = operandOfKind(scope, arg, { kind: 'number', by: { operator: op } });
      return operand.number === undefined ? sql`(${operand.sql})::float8` : operand.sql;
    });
    return { kind: 'number', sql: combine(left!, right!), said: { is: 'result', of: op } };
  },
]);
