import { badRequest } from '../../core/problem.ts';
import { plannedEachTime, type Sql } from '../../db/sql.ts';
import type { Cql2Expression } from './cql2.expression.ts';
import { operandOf } from './expression.sql.ts';
import type { FilterCrs } from './filter.crs.ts';
import { nameOf, type Scope } from './operand.sql.ts';
import type { Queryables } from './queryable.sql.ts';

export interface Cql2Options {
  queryables: Queryables;
  /** Of the geometries in the filter; CRS84 where `filter-crs` says nothing. */
  crs: FilterCrs;
}

/**
 * The condition that an expression is, for a WHERE; throws a Problem where a property is not known or kinds do not fit.
 * Values are parameters, names come from the queryables. What a caller may think of is endless, so no plan is kept.
 */
export function compileCql2(expression: Cql2Expression, { queryables, crs }: Cql2Options): Sql {
  const scope: Scope = { queryables, crs, operand: (part) => operandOf(scope, part) };
  const condition = scope.operand(expression);
  if (condition.kind === 'boolean') return plannedEachTime(condition.sql);
  throw badRequest(`The filter must be ${nameOf('boolean')}, not ${condition.said}.`);
}
