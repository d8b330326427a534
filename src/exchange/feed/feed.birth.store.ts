import { ANONYMOUS } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';

/** Gives a new database the birth and the secret of its feed; on a fresh server with the rows of another one the feed begins again. */
export async function beginFeed(db: Database): Promise<boolean> {
  const row = await db.queryOne<{ begun: boolean }>(ANONYMOUS, sql`SELECT begin_feed() AS begun`);
  return row.begun;
}

/** The key that seals cursors: constant for the life of the database. */
export function feedSecret(db: Database): () => Promise<Buffer> {
  const read = async () =>
    (await db.queryOne<{ secret: Buffer | null }>(ANONYMOUS, sql`SELECT f.secret FROM feed AS f`)).secret;
  let known: Buffer | null = null;
  return async () => {
    known ??= await read();
    if (known) return known;
    await beginFeed(db);
    known = await read();
    return known!;
  };
}
