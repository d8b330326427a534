import { badRequest } from '../../core/problem.ts';
import { plannedEachTime, type Sql } from '../../db/sql.ts';
import type { Cql2Expression } from './cql2.expression.ts';
import { operandOf } from './expression.sql.ts';
import type { FilterCrs } from './filter.crs.ts';
import type { Scope } from './operand.sql.ts';
import type { Queryables } from './queryable.sql.ts';

export interface Cql2Options {
  queryables: Queryables;
  /** Of the geometries in the filter; default CRS84. */
  crs: FilterCrs;
}

/**
 * Compiles an expression to a WHERE condition; throws a Problem for an unknown property or mismatched kinds. Values are
 * parameters, names come from the queryables. Filters have endless forms, so no plan is cached.
 */
export function compileCql2(expression: Cql2Expression, { queryables, crs }: Cql2Options): Sql {
  const scope: Scope = { queryables, crs, operand: (part) => operandOf(scope, part) };
  const condition = scope.operand(expression);
  if (condition.kind === 'boolean') return plannedEachTime(condition.sql);
  throw badRequest('cql2-not-condition', { given: condition.said });
}
