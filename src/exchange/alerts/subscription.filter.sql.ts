import type { Sql } from '../../db/sql.ts';
import { incidentCollection } from '../../features/incidents/incident.collection.sql.ts';
import { queryablesFor } from '../../ogc/collection/queryables.sql.ts';
import { compileCql2 } from '../../ogc/cql2/condition.sql.ts';
import { parseCql2Json } from '../../ogc/cql2/cql2.json.ts';
import { type FilterLimits, LIMITS } from '../../ogc/cql2/cql2.limits.ts';
import { parseCql2Text } from '../../ogc/cql2/cql2.text.ts';
import { CRS84 } from '../../ogc/cql2/filter.crs.ts';

/** A condition over the alias of the incidents layer; throws a Problem for an invalid filter. */
export function conditionOf(filter: unknown, limits: FilterLimits = LIMITS): Sql {
  const expression =
    typeof filter === 'string' ? parseCql2Text(filter, 'cql2-text') : parseCql2Json(filter, limits);
  return compileCql2(expression, { queryables: queryablesFor(incidentCollection), crs: CRS84 });
}
