import type { Caller } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';
import type { Me } from './me.schema.ts';

/** What the database knows about the caller. */
type Known = Pick<Me, 'names'>;

export const meStore = (db: Database) => ({
  find: (caller: Caller): Promise<Known> =>
    db.queryOne<Known>(caller, sql`SELECT a.names FROM agency AS a WHERE a.id = ${caller.agency}`),
});
export type MeStore = ReturnType<typeof meStore>;
