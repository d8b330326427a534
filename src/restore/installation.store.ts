import { ANONYMOUS } from '../core/caller.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import type { Head } from './witness.file.ts';

/** Why the database is not the one that was started before: moved to another place, or rewound to an earlier time. */
export type Fault = 'moved' | 'rewound';

export interface Installation {
  fault: Fault | undefined;
  /** The newest seal of the audit log. */
  head: Head | undefined;
}

/** `folder`: the nonce of the embedded database's folder. */
export const installationStore = (db: Pick<Database, 'queryOne'>, folder: string | undefined) => ({
  /** Compares identifiers and witness. The first call on a new database stores its identifiers. */
  async look(witness: Head | undefined): Promise<Installation> {
    const { fault, head } = await db.queryOne<{ fault: Fault | null; head: Head | null }>(
      ANONYMOUS,
      sql`SELECT l.fault, CASE WHEN l.seal IS NOT NULL THEN
            json_build_object('seal', l.seal, 'seq', l.seq::text, 'hash', encode(l.hash, 'hex')) END AS head
          FROM look_at_installation(${folder ?? null}::uuid, ${witness?.seal ?? null}::uuid,
            ${witness?.seq ?? null}::bigint, decode(${witness?.hash ?? null}::text, 'hex')) AS l`,
    );
    return { fault: fault ?? undefined, head: head ?? undefined };
  },
});
export type InstallationStore = ReturnType<typeof installationStore>;
