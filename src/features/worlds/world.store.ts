import { ANONYMOUS } from '../../core/caller.ts';
import type { World } from '../../core/world.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';

const world = sql`SELECT w.id, w.kind, w.names, w.purpose, w.participants, tripoint.utc(w.starts_at) AS "startsAt",
    tripoint.utc(w.ends_at) AS "endsAt", tripoint.utc(w.ended_at) AS "endedAt"
  FROM tripoint.world AS w`;

export interface DescribedWorld extends World {
  purpose: string | null;
  participants: string[] | null;
  startsAt: string | null;
  endsAt: string | null;
}

export function worldStore(db: Database) {
  const read = () => db.queryOne<DescribedWorld>(ANONYMOUS, world);
  let known: Promise<DescribedWorld> | undefined;
  return {
    read,
    /** Read once: the world of a database in use stays the same. Only its end comes later. */
    identity(): Promise<World> {
      known ??= read().catch((error) => {
        known = undefined;
        throw error;
      });
      return known;
    },
  };
}
export type WorldStore = ReturnType<typeof worldStore>;
