import { ANONYMOUS } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';

/** The key that seals cursors: constant for the life of the database. */
export function feedSecret(db: Database): () => Promise<Buffer> {
  let known: Buffer | undefined;
  return async () => {
    known ??= (await db.query<{ secret: Buffer }>(ANONYMOUS, sql`SELECT f.secret FROM feed AS f`))[0]!.secret;
    return known;
  };
}
