import { type Sql, sql } from './sql.ts';

// Concern: bitmask of the countries that own a non-CLEAR row (2 DZA, 4 LBY, 8 TUN), 0 for a CLEAR row. Statements over
// labelled views return it for the audit log (docs/decisions/0008-audit.md): as `seen`, summed over rows in one text, or
// as `seen_one` per row, with `seen_times` if a row counts several times. `seen_target` is the concern of the resource in
// the request path.

/** Over the alias of an incident. */
export const incidentConcern = (i: Sql): Sql => sql`tripoint.concern(${i}.tlp, ${i}.owner)`;

/**
 * Over the aliases of a report and its incident, which has its own `concern`. A RED report belongs to its owner alone,
 * otherwise the auditors of the incident would learn that it exists.
 */
export const reportConcern = (
  r: Sql,
  i: Sql,
): Sql => sql`CASE WHEN ${r}.tlp = 'RED' THEN tripoint.concern('RED', ${r}.owner)
  ELSE ${i}.concern | tripoint.concern(coalesce(${r}.tlp, ${i}.tlp), ${r}.owner) END`;

/** Over the alias of a zone or revision; only its participants see it before it is agreed. */
export const zoneConcern = (z: Sql): Sql =>
  sql`CASE WHEN ${z}.tlp = 'CLEAR' AND ${z}.is_released THEN 0 ELSE ${consentConcern(z)} END`;

/** The participants own their decisions about a revision, whatever its label. */
export const consentConcern = (z: Sql): Sql =>
  sql`tripoint.zone_countries(${z}.tlp, ${z}.state, ${z}.country, ${z}.participants)`;

/** Counts of a group, in all and per country; `concern` is a column. */
export const seenInAll = (concern: Sql, condition: Sql = sql`true`): Sql => sql`ARRAY[
  count(*) FILTER (WHERE ${condition} AND ${concern} > 0), count(*) FILTER (WHERE ${condition} AND ${concern} & 2 > 0),
  count(*) FILTER (WHERE ${condition} AND ${concern} & 4 > 0),
  count(*) FILTER (WHERE ${condition} AND ${concern} & 8 > 0)]::int[] AS seen`;

/** The row in the request path. */
export const seenInOne = (concern: Sql): Sql => sql`${concern} AS seen_one, ${concern} AS seen_target`;

/** For statements that read back their own writes, which the triggers audit, or whose result nobody sees. */
export const NOTHING_SEEN = sql`0 AS seen_one`;
