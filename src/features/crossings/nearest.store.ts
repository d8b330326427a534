import type { Caller } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import type { NearestQuery } from './nearest.schema.ts';
import { nearestStatement } from './nearest.sql.ts';

export const nearestStore = (db: Database) => ({
  async list(caller: Caller, query: NearestQuery): Promise<{ features: string; found: number }> {
    const [row] = await db.query<{ features: string; found: number }>(caller, nearestStatement(query));
    return row!;
  },
});
export type NearestStore = ReturnType<typeof nearestStore>;
