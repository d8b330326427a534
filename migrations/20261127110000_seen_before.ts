import type { Knex } from 'knex';

const VIEWER = `(SELECT nullif(current_setting('tripoint.viewer', true), '')::int)`;
const AGENCY = `(SELECT nullif(current_setting('tripoint.agency', true), ''))`;

const view = (more: string): string => `
  CREATE VIEW tripoint.change AS
    SELECT c.xid, c.collection, c.id, c.at,
      CASE WHEN (c.audience_after & ${VIEWER}) <> 0 OR c.red_after = ${AGENCY} THEN 'upsert' ELSE 'remove' END AS op,
      c.concern${more}
    FROM base.change AS c
    WHERE c.epoch = (SELECT tripoint.feed_epoch()) AND c.xid < (SELECT pg_snapshot_xmin(pg_current_snapshot()))
      AND (((c.audience_before | c.audience_after) & ${VIEWER}) <> 0
        OR c.red_before = ${AGENCY} OR c.red_after = ${AGENCY});
  COMMENT ON VIEW tripoint.change IS 'What the caller sees or saw. Of transactions older than all that still run: none that comes later belongs before them.';
  GRANT SELECT ON tripoint.change TO tripoint_service;`;

const WAS_SEEN = `,
      coalesce((c.audience_before & ${VIEWER}) <> 0 OR c.red_before = ${AGENCY}, false) AS was_seen`;

/** A stream with a filter leaves out what nobody can have had before, and removes the rest (docs/decisions/0020-stream.md). */
export const up = (db: Knex) => db.raw(`DROP VIEW tripoint.change; ${view(WAS_SEEN)}`);

export const down = (db: Knex) => db.raw(`DROP VIEW tripoint.change; ${view('')}`);
