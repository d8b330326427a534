import type { Caller } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import type { NearestQuery } from './nearest.schema.ts';
import { nearestStatement } from './nearest.sql.ts';

export const nearestStore = (db: Database) => ({
  list(caller: Caller, query: NearestQuery): Promise<{ features: string; found: number }> {
    return db.queryOne<{ features: string; found: number }>(caller, nearestStatement(query));
  },
});
export type NearestStore = ReturnType<typeof nearestStore>;
