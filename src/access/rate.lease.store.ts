import { createHash } from 'node:crypto';
import type { ClientRateLimitInfo, Store } from 'express-rate-limit';
import { LRUCache } from 'lru-cache';
import { ANONYMOUS } from '../core/caller.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/sql.ts';

const MINUTE_MS = 60_000;
const PARTS = 100; // of a limit, leased one at a time
const MOST_SHARES = 100_000;

/** Leases further requests of a minute. Returns how many all processes have leased. */
export type Lease = (minute: Date, share: Buffer, size: number) => Promise<number>;

export function leaseFrom(db: Database): Lease {
  return async (minute, share, size) => {
    const statement = sql`SELECT lease_requests(${minute}, ${share}, ${size}::int) AS leased`;
    return (await db.queryOne<{ leased: number }>(ANONYMOUS, statement)).leased;
  };
}

/** What this process knows of a share in a minute. */
interface Count {
  resetMs: number;
  /** Requests that this process counted, and those that it may count. */
  own: number;
  leased: number;
  /** Leased to other processes, as of the last lease. */
  others: number;
  pending?: Promise<void> | undefined;
}

/**
 * Counts the requests of a minute together with other processes (decision 0032). If the database does not answer, the
 * process counts by itself.
 */
export function leasedStore(lease: Lease, name: string, limit: number): Store {
  const counts = new LRUCache<string, Count>({ max: MOST_SHARES });
  const size = Math.max(1, Math.ceil(limit / PARTS));

  function countOf(key: string): Count {
    const known = counts.get(key);
    if (known && known.resetMs > Date.now()) return known;
    const resetMs = (Math.floor(Date.now() / MINUTE_MS) + 1) * MINUTE_MS;
    const fresh: Count = { resetMs, own: 0, leased: 0, others: 0 };
    counts.set(key, fresh);
    return fresh;
  }

  async function leaseMore(key: string, count: Count): Promise<void> {
    const minute = new Date(count.resetMs - MINUTE_MS);
    const share = createHash('sha256').update(`${name} ${minute.toISOString()} ${key}`).digest();
    const all = await lease(minute, share, size).catch(() => count.others + count.leased + size);
    count.leased += size;
    count.others = all - count.leased;
    count.pending = undefined;
  }

  return {
    localKeys: false,
    async increment(key) {
      const count = countOf(key);
      while (count.own >= count.leased && count.others + count.leased < limit) {
        count.pending ??= leaseMore(key, count);
        await count.pending;
      }
      count.own++;
      return infoOf(count);
    },
    decrement(key) {
      countOf(key).own--;
    },
    resetKey(key) {
      counts.delete(key);
    },
    get(key) {
      const count = counts.get(key);
      return count && count.resetMs > Date.now() ? infoOf(count) : undefined;
    },
  };
}

const infoOf = ({ own, others, resetMs }: Count): ClientRateLimitInfo => ({
  totalHits: own + others,
  resetTime: new Date(resetMs),
});
