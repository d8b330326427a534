import type { Caller } from '../../access/caller.ts';
import type { Database } from '../../db/database.ts';
import { findFeature, listFeatures } from '../../db/layer.ts';
import { inBox } from '../../db/spatial.ts';
import { all, sql, when } from '../../db/sql.ts';
import type { CrossingQuery } from './crossing.schema.ts';
import { crossings, crossingsWithStatements, hasSide } from './crossing.sql.ts';

export const crossingStore = (db: Database) => ({
  list: (caller: Caller, { bbox, border, country, segment, kind, state, at, ...page }: CrossingQuery) =>
    listFeatures(
      db,
      caller,
      crossings(at),
      all(
        when(bbox, (box) => inBox(sql`c.point`, box)),
        when(border, (code) => sql`c.border = ${code}`),
        when(country, hasSide),
        when(segment, (id) => sql`c.segment = ${id}`),
        when(kind, (words) => sql`c.kind = ANY (${words}::text[])`),
        when(state, (words) => sql`e.state = ANY (${words}::text[])`),
      ),
      page,
    ),

  find: (caller: Caller, id: string, at: string | undefined) =>
    findFeature(db, caller, crossingsWithStatements(at), id),
});
export type CrossingStore = ReturnType<typeof crossingStore>;
