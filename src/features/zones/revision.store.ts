import type { Caller } from '../../core/caller.ts';
import type { Page, PageRequest } from '../../core/page.ts';
import type { Versioned } from '../../core/precondition.ts';
import { seenInAll, zoneConcern } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { featureStatement, type Layer, listStatement } from '../../db/layer.ts';
import { type PageRow, toPage } from '../../db/page.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { revisionsInForce, zoneRevisions } from './zone.sql.ts';

export const revisionStore = (db: Database) => {
  async function find(caller: Caller, layer: Layer, where: Sql): Promise<Versioned | undefined> {
    const [row] = await db.query<Versioned>(caller, featureStatement(layer, where));
    return row;
  }

  return {
    async list(caller: Caller, id: string, page: PageRequest): Promise<Page> {
      const row = await db.queryOne<PageRow>(
        caller,
        sql`SELECT p.*, (SELECT ${zoneConcern(sql`z`)} FROM ${view.zone} AS z WHERE z.id = ${id}) AS seen_target
            FROM (${listStatement(zoneRevisions, sql`z.id = ${id}`, page)}) AS p`,
      );
      return toPage(row, page.limit);
    },

    find: (caller: Caller, id: string, revision: number) =>
      find(caller, zoneRevisions, sql`z.id = ${id} AND z.revision = ${revision}::int`),

    /** The newest revision that the caller sees. */
    findNewest: (caller: Caller, id: string) =>
      find(
        caller,
        zoneRevisions,
        sql`z.id = ${id} AND z.revision = (SELECT max(n.revision) FROM ${view.zoneRevision} AS n WHERE n.id = ${id})`,
      ),

    /**
     * The current revisions in display order, as JSON array text, with the information which ones are agreed. undefined:
     * the caller sees none of them.
     */
    async listCurrent(caller: Caller, id: string): Promise<string | undefined> {
      const row = await db.queryOne<{ revisions: string | null }>(caller, currentStatement(id));
      return row.revisions ?? undefined;
    },

    /** The revision in force at that time, past or future, by the current agreements. */
    findInForce: (caller: Caller, id: string, at: string) =>
      find(caller, revisionsInForce, sql`z.id = ${id} AND z.effective @> ${at}::timestamptz`),
  };
};
const { columns, from, feature, concern } = zoneRevisions;

const currentStatement = (id: string): Sql => sql`
  SELECT '[' || string_agg(s.revision, ',' ORDER BY s.is_released DESC, s.starts_at, s.number DESC) || ']' AS revisions,
    ${seenInAll(sql`s.concern`)}
  FROM (
    SELECT concat('{"isReleased":', r.is_released::text, ',"answer":', ${feature}, '}') AS revision,
      r.is_released, r.starts_at, r.revision AS number, r.concern
    FROM (SELECT ${columns}, z.is_released, z.starts_at, ${concern!} AS concern
          FROM ${from} WHERE z.id = ${id} AND NOT z.is_replaced) AS r
  ) AS s`;

export type RevisionStore = ReturnType<typeof revisionStore>;
