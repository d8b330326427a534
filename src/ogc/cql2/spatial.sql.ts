import { pointInBox } from '../../db/spatial.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { type Compile, conditionOf, type GeometryOperand, operandOfKind } from './operand.sql.ts';

type Relate = (a: Sql, b: Sql) => Sql;

const RELATIONS: Record<string, Relate> = {
  s_intersects: (a, b) => sql`ST_Intersects(${a}, ${b})`,
  s_disjoint: (a, b) => sql`ST_Disjoint(${a}, ${b})`,
  s_equals: (a, b) => sql`ST_Equals(${a}, ${b})`,
  s_touches: (a, b) => sql`ST_Touches(${a}, ${b})`,
  s_crosses: (a, b) => sql`ST_Crosses(${a}, ${b})`,
  s_overlaps: (a, b) => sql`ST_Overlaps(${a}, ${b})`,
  s_within: (a, b) => sql`ST_Within(${a}, ${b})`,
  s_contains: (a, b) => sql`ST_Contains(${a}, ${b})`,
};
/** The converse of a relation when its sides are swapped; the others are symmetric. */
const CONVERSE: Record<string, string> = { s_within: 's_contains', s_contains: 's_within' };

const relation: Compile = (scope, args, op) => {
  const [left, right] = args.map((arg) =>
    operandOfKind(scope, arg, { kind: 'geometry', by: { function: op.toUpperCase() } }),
  );
  return conditionOf(relate(op, left!, right!));
};

/** The column first, the constant second, so that the index serves. */
function relate(op: string, left: GeometryOperand, right: GeometryOperand): Sql {
  if (right.isColumn && !left.isColumn) return relate(CONVERSE[op] ?? op, right, left);
  if (op === 's_intersects' && left.isPoint && right.box) return pointInBox(left.sql, right.box);
  return RELATIONS[op]!(left.sql, right.sql);
}

export const SPATIAL: [string, Compile][] = Object.keys(RELATIONS).map((op) => [op, relation]);
