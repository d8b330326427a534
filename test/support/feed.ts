import { ANONYMOUS } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { beginFeed } from '../../src/exchange/feed/feed.birth.store.ts';
import { sealPosition } from '../../src/exchange/feed/feed.cursor.ts';
import type { NamedCaller } from './callers.ts';
import { eventually } from './eventually.ts';
import type { TestService } from './service.ts';

export interface Change {
  collection: string;
  id: string;
  op: 'upsert' | 'remove';
  at: string;
  feature?: { id: string; properties?: Record<string, string> } | null;
}

/** Until everything that has been written can be read: other transactions of the server hold the feed back. */
export async function settled({ db }: Pick<TestService, 'db'>): Promise<void> {
  const ask = async (text: ReturnType<typeof sql>) =>
    BigInt((await db.query<{ xid: string }>(ANONYMOUS, text))[0]!.xid);
  const mine = await ask(sql`SELECT pg_current_xact_id()::text AS xid`);
  const oldest = sql`SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid`;
  await eventually(async () => (await ask(oldest)) > mine, 60_000);
}

/** A cursor from before everything. */
export async function startOfFeed({ db }: Pick<TestService, 'db'>): Promise<string> {
  await beginFeed(db);
  const [feed] = await db.query<{ secret: Buffer; birth: string }>(
    ANONYMOUS,
    sql`SELECT f.secret, f.birth FROM feed AS f`,
  );
  return sealPosition({ xid: '0', collection: '', id: '', nonce: feed!.birth }, feed!.secret);
}

/** Follows the feed as another system would: a cursor first, then whatever comes. */
export async function follow(service: TestService, { headers }: Pick<NamedCaller, 'headers'>, query = '') {
  const ask = async (text: string) => {
    const { body, status } = await service.api.get(`/v1/changes?${text}`).set(headers);
    if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return body as { changes: Change[]; cursor: string };
  };
  await settled(service);
  let { cursor } = await ask('');
  return {
    cursor: () => cursor,
    /** One page, as far as it can be read by now. */
    async page(extra = ''): Promise<Change[]> {
      const page = await ask(`after=${cursor}${query}${extra}`);
      cursor = page.cursor;
      return page.changes;
    },
    /** What came since the last time, in order. */
    async news(extra = ''): Promise<Change[]> {
      await settled(service);
      const all: Change[] = [];
      for (;;) {
        const page = await this.page(extra);
        all.push(...page);
        if (page.length === 0 || extra.includes('wait')) return all;
      }
    },
  };
}

/** `incidents upsert`, `zones remove`: of one feature. */
export const opsOf = (changes: readonly Change[], id: string): string[] =>
  changes.filter((change) => change.id === id).map(({ op }) => op);
