import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import type { Sql } from '../../db/sql.ts';
import { beginFeed, feedSecret } from './feed.birth.store.ts';
import { positionOf, sealPosition } from './feed.cursor.ts';
import type { FeedRow } from './feed.page.sql.ts';
import { cursorGone, standbyBehind } from './feed.problems.ts';

const BEHIND_WITHIN_MS = 5000; // a standby is usually some milliseconds behind
const AGAIN_AFTER_MS = 50;

/**
 * Asks the feed. 410 for a cursor whose row is gone, with the cursor to continue from; 503 where a standby stays behind
 * the cursor.
 */
export const feedReader = (db: Database) => {
  const secretOf = feedSecret(db);

  async function ask<Row extends FeedRow>(caller: Caller, statement: Sql): Promise<Row> {
    const endMs = performance.now() + BEHIND_WITHIN_MS;
    for (;;) {
      const row = await db.queryOne<Row>(caller, statement);
      if (row.state === 'known') return row;
      if (row.state === 'expired' || row.state === 'lost')
        throw cursorGone(row.state, sealPosition(positionOf(row.head), await secretOf()));
      if (performance.now() > endMs) throw standbyBehind();
      if (row.state === 'unbegun') await beginFeed(db);
      else await sleep(AGAIN_AFTER_MS);
    }
  }

  return { ask, secretOf };
};
