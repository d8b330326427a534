import { Sql, sql } from '../../db/sql.ts';
import { type Compile, conditionOf, operandOfKind } from './operand.sql.ts';

const joined =
  (word: ' AND ' | ' OR '): Compile =>
  (scope, args, op) => {
    const parts = args.map(
      (arg) => operandOfKind(scope, arg, { kind: 'boolean', by: { function: op.toUpperCase() } }).sql,
    );
    return conditionOf(new Sql(['(', ...parts.slice(1).map(() => word), ')'], parts));
  };

export const LOGIC: [string, Compile][] = [
  ['and', joined(' AND ')],
  ['or', joined(' OR ')],
  [
    'not',
    (scope, [of]) =>
      conditionOf(sql`(NOT ${operandOfKind(scope, of!, { kind: 'boolean', by: { function: 'NOT' } }).sql})`),
  ],
  [
    'isNull',
    (scope, [of]) => {
      const operand = scope.operand(of!);
      return conditionOf(sql`(${operand.kind === 'interval' ? operand.start.sql : operand.sql} IS NULL)`);
    },
  ],
];
