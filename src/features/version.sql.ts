import { type Sql, sql } from '../db/sql.ts';

/** The rows that were in force at an instant, from the view of all versions; without an instant those of today. */
export const versionAt = (today: Sql, versions: Sql, at: string | undefined): Sql =>
  at === undefined
    ? today
    : sql`(SELECT v.* FROM ${versions} AS v
        WHERE (v.valid_from IS NULL OR v.valid_from <= ${at}::timestamptz) AND (v.valid_to IS NULL OR v.valid_to > ${at}::timestamptz))`;

/** JSON members over the alias `r`, the same for all reference data. */
export const versionMembers = sql`'validFrom', tripoint.utc(r.valid_from), 'validTo', tripoint.utc(r.valid_to),
  'correction', r.correction`;
