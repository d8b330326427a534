import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Lease, leasedStore, leaseFrom } from '../../src/access/rate.lease.store.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let other: Database;
beforeAll(async () => {
  service = await startService();
  other = service.isEmbedded
    ? service.db
    : openDatabase({ connection: service.connection, poolSize: 2, statementTimeoutSeconds: 60 });
});
afterAll(async () => {
  if (other !== service.db) await other.close();
  await service.stop();
});

const minute = new Date('2026-11-29T10:00:00Z');
const share = Buffer.from('a share');

describe('a lease of requests', () => {
  test('counts what all processes have leased', async () => {
    const leases = [leaseFrom(service.db), leaseFrom(other)];
    const answers = await Promise.all([0, 1, 0, 1].map((n) => leases[n]!(minute, share, 10)));
    expect([...answers].sort((a, b) => a - b)).toEqual([10, 20, 30, 40]);
  });

  test('names nobody, and is cleared when its minute has passed', async () => {
    const lease = leaseFrom(service.db);
    await lease(new Date('2026-11-29T10:03:00Z'), Buffer.from('another share'), 1);
    const rows = await asTableOwner(
      service.db,
      sql`SELECT minute FROM base.rate_lease WHERE minute <= ${minute}`,
    );
    expect(rows).toEqual([]);
  });
});

/** How many of many requests at once each of two processes lets through. */
async function allowed(limit: number, lease: Lease): Promise<number> {
  const stores = [leasedStore(lease, 'test', limit), leasedStore(lease, 'test', limit)];
  const hits = await Promise.all(
    Array.from({ length: 4 * limit }, (_, n) => stores[n % 2]!.increment('a key')),
  );
  return hits.filter(({ totalHits }) => totalHits <= limit).length;
}

describe('two processes with one limit', () => {
  test.each([1, 7, 100, 1000])('let %i requests through between them', async (limit) => {
    let leased = 0;
    const lease: Lease = async (_minute, _share, size) => {
      leased += size;
      return leased;
    };
    const count = await allowed(limit, lease);
    expect(count).toBeLessThanOrEqual(limit);
    expect(count).toBeGreaterThanOrEqual(limit - 2 * Math.ceil(limit / 100));
  });

  test('count by themselves while the database does not answer', async () => {
    const away: Lease = () => Promise.reject(new Error('away'));
    expect(await allowed(10, away)).toBe(20);
  });

  test('refuse together over HTTP', async () => {
    const limits = { access: { rateLimits: { perKey: 20, perAddress: 20 }, isShared: true } };
    const apis = [service.apiWith(limits), service.apiWith({ ...limits, db: other })];
    const reader = as(keyOf('TUN', 'reader'));
    const statuses: number[] = [];
    for (let n = 0; n < 60; n++) statuses.push((await apis[n % 2]!.get('/v1/borders').set(reader)).status);
    const count = statuses.filter((status) => status === 200).length;
    // the clock may pass to the next minute once on the way
    expect(count % 20).toBe(0);
    expect(count).toBeLessThan(60);
    expect(statuses).toContain(429);
  });
});
