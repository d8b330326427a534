import { type Sql, sql } from './sql.ts';

// Whose data a row is, where it is not CLEAR, are bits: 2 DZA, 4 LBY, 8 TUN, and 0 for what is CLEAR. Statements over
// labelled views answer it beside their rows, for the audit log (docs/decisions/0008-audit.md): as `seen`, added up over
// rows that are one text, or else as `seen_one` with each row, and as `seen_times` how often it counts where not once.
// `seen_target` is the concern of what the path of the request names.

/** Over the alias of an incident. */
export const incidentConcern = (i: Sql): Sql => sql`tripoint.concern(${i}.tlp, ${i}.owner)`;

/**
 * Over the alias of a report and of its incident, which has its own as `concern`. What is RED is the data of its owner
 * alone, or else the auditors of the incident would be told that there is such a report.
 */
export const reportConcern = (
  r: Sql,
  i: Sql,
): Sql => sql`CASE WHEN ${r}.tlp = 'RED' THEN tripoint.concern('RED', ${r}.owner)
  ELSE ${i}.concern | tripoint.concern(coalesce(${r}.tlp, ${i}.tlp), ${r}.owner) END`;

/** Over the alias of a zone or a revision of one, which its participants alone see before it is agreed. */
export const zoneConcern = (z: Sql): Sql =>
  sql`CASE WHEN ${z}.tlp = 'CLEAR' AND ${z}.is_released THEN 0 ELSE ${consentConcern(z)} END`;

/** What the participants decided about a revision concerns them, whatever its label. */
export const consentConcern = (z: Sql): Sql =>
  sql`tripoint.zone_countries(${z}.tlp, ${z}.state, ${z}.country, ${z}.participants)`;

/** All rows of a group, and those of each country; `concern` is a column. */
export const seenInAll = (concern: Sql, condition: Sql = sql`true`): Sql => sql`ARRAY[
  count(*) FILTER (WHERE ${condition} AND ${concern} > 0), count(*) FILTER (WHERE ${condition} AND ${concern} & 2 > 0),
  count(*) FILTER (WHERE ${condition} AND ${concern} & 4 > 0),
  count(*) FILTER (WHERE ${condition} AND ${concern} & 8 > 0)]::int[] AS seen`;

/** A row that the path of the request names. */
export const seenInOne = (concern: Sql): Sql => sql`${concern} AS seen_one, ${concern} AS seen_target`;

/** For statements that read back what their transaction has written, of which the triggers tell, or whose result is shown to nobody. */
export const NOTHING_SEEN = sql`0 AS seen_one`;
