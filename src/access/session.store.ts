import { v7 as uuidv7 } from 'uuid';
import { ANONYMOUS, type Caller } from '../core/caller.ts';
import type { Database } from '../db/database.ts';
import { sql, writing } from '../db/sql.ts';
import { hashOf } from './key.secret.ts';
import type { Grant } from './key.store.ts';

export interface SessionLimits {
  /** Without any request, and without an open stream. */
  idleSeconds: number;
  /** From signing in. */
  lastsSeconds: number;
}

export const sessionStore = (db: Database, { idleSeconds, lastsSeconds }: SessionLimits) => ({
  /** The grant of a session, its key and its token, by its fingerprint. */
  async findGrant(fingerprint: string): Promise<Grant | undefined> {
    const [row] = await db.query<Omit<Caller, 'keyId' | 'subject'> & StoredEnd>(
      ANONYMOUS,
      sql`SELECT "sessionId", "keyId", subject, agency, country, roles, "expiresAt"
          FROM caller_of_session(${Buffer.from(fingerprint, 'hex')}, make_interval(secs => ${idleSeconds}))`,
    );
    if (!row) return undefined;
    const { keyId, subject, expiresAt, ...caller } = row;
    return { caller: { ...caller, ...(keyId && { keyId }), ...(subject && { subject }) }, expiresAt };
  },

  /** When it ends at the latest; undefined: the key has ended. */
  async start({ caller, expiresAt }: Grant, secret: string): Promise<Date | undefined> {
    const { keyId = null, subject = null, roles } = caller;
    const { until } = await db.queryOne<{ until: Date | null }>(
      caller,
      writing`SELECT start_session(${uuidv7()}, ${hashOf(secret)}, ${keyId}, ${keyId ? null : subject},
        ${keyId ? null : roles}::text[], make_interval(secs => ${lastsSeconds}), ${expiresAt}) AS until`,
    );
    return until ?? undefined;
  },

  async end(caller: Caller, secret: string): Promise<void> {
    await db.query(caller, writing`SELECT end_session(${hashOf(secret)})`);
  },

  async noteUse(sessions: readonly string[]): Promise<void> {
    await db.query(ANONYMOUS, sql`SELECT note_session_use(${sessions}::uuid[])`);
  },

  /** Deletes what has ended and returns its number. */
  async purge(): Promise<number> {
    const row = await db.maintainOne<{ purged: string }>(
      'tripoint_purger',
      sql`SELECT base.purge_sessions(make_interval(secs => ${idleSeconds})) AS purged`,
    );
    return Number(row.purged);
  },
});
export type SessionStore = ReturnType<typeof sessionStore>;

interface StoredEnd {
  keyId: string | null;
  subject: string | null;
  expiresAt: Date;
}
