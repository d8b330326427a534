import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { sealPosition } from '../../src/exchange/feed/feed.cursor.ts';
import { purgeInSteps } from '../../src/exchange/feed/feed.purge.ts';
import { feedUpkeep } from '../../src/exchange/feed/feed.upkeep.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident, aSquare } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { callerOf } from '../support/callers.ts';
import { untilAfter } from '../support/eventually.ts';
import { follow, opsOf, settled, startOfFeed } from '../support/feed.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let upkeep: ReturnType<typeof feedUpkeep>;
beforeAll(async () => {
  service = await startService();
  upkeep = feedUpkeep(service.db);
});
afterAll(() => service.stop());

const TUN = callerOf('TUN', 'reporter');
const report = async () =>
  (await service.api.post('/v1/incidents').set(TUN.headers).send(anIncident()).expect(201)).body.id as string;

test('zones that take effect or expire, and states that end, appear in the feed on time', async () => {
  const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
  const [validFrom, validTo] = [soon(6_000), soon(8_000)];
  const zone = await agreeZone(service.api, 'DZA', { geometry: aSquare([8.4, 35.2]), validFrom, validTo });
  const state = { state: 'closed', from: soon(-1000), to: validTo, source: 'test' };
  await service.api
    .post('/v1/crossings/bouchebka/status')
    .set(as(keyOf('DZA', 'operator')))
    .send(state)
    .expect(201);
  const reader = await follow(service, callerOf('DZA', 'reader'));
  const after = async (instant: string) => {
    await untilAfter(instant);
    await upkeep.tellTime();
    await upkeep.tellTime(); // a second process does the same: nothing comes twice
    return reader.news();
  };
  expect(opsOf(await after(validFrom), zone.id)).toEqual(['upsert']);
  const last = await after(validTo);
  expect(opsOf(last, zone.id)).toEqual(['upsert']);
  expect(opsOf(last, 'bouchebka')).toEqual(['upsert']);
  expect(await reader.news()).toEqual([]);
}, 60_000);

describe('a cursor', () => {
  const expire = () => asTableOwner(service.db, sql`UPDATE base.change SET at = at - interval '31 days'`);
  const ask = (cursor: string) => service.api.get(`/v1/changes?after=${cursor}`).set(TUN.headers);

  test('older than the retained changes is 410 with a new cursor', async () => {
    const [old, last] = [await follow(service, TUN), await follow(service, TUN)];
    await report();
    await last.news();
    await expire();
    expect(await upkeep.purge(30, 100_000)).toBeGreaterThan(0);
    const { body } = await ask(old.cursor()).expect(410);
    expect(body).toMatchObject({
      type: '/problems/cursor-expired',
      detail: expect.stringContaining('Read the layers again'),
    });
    // those at the last purged row have missed nothing
    expect(await last.news()).toEqual([]);
    const id = await report();
    await settled(service);
    for (const cursor of [body.cursor, last.cursor()])
      expect(opsOf((await ask(cursor).expect(200)).body.changes, id)).toEqual(['upsert']);
  });

  test('that has been idle follows on, however much has happened and been purged before its row', async () => {
    await report();
    const idle = await follow(service, TUN, '&collections=zones');
    await expire();
    const ids = [await report(), await report()];
    await settled(service);
    await upkeep.purge(30, 100_000);
    expect(opsOf((await ask(idle.cursor()).expect(200)).body.changes, ids[1]!)).toEqual(['upsert']);
    expect(await idle.news()).toEqual([]);
  });

  test('of an empty feed is its birth, which a clone of the same image does not have', async () => {
    const clone = await startService();
    for (const { db } of [service, clone]) {
      await asTableOwner(db, sql`TRUNCATE base.change`);
      await asTableOwner(
        db,
        sql`UPDATE base.feed SET birth = NULL, purged_xid = NULL, purged_collection = NULL, purged_id = NULL,
              purged_nonce = NULL`,
      );
    }
    const empty = await follow(service, TUN);
    expect(await empty.news()).toEqual([]);
    const [feed] = await asTableOwner<{ secret: Buffer }>(
      service.db,
      sql`SELECT f.secret FROM base.feed AS f`,
    );
    const before = await asTableOwner(
      clone.db,
      sql`SELECT f.secret, f.reset_mark, f.clock_at FROM base.feed AS f`,
    );
    expect(before).toEqual([{ secret: null, reset_mark: null, clock_at: null }]);
    // with the secret of the other one, it can read the cursor, and does not know it
    await asTableOwner(clone.db, sql`UPDATE base.feed SET secret = ${feed!.secret}`);
    const { body } = await clone.api.get(`/v1/changes?after=${empty.cursor()}`).set(TUN.headers).expect(410);
    expect(body).toMatchObject({
      type: '/problems/cursor-lost',
      detail: expect.stringContaining('Read the layers again'),
    });
    const id = await report();
    expect(opsOf(await empty.news(), id)).toEqual(['upsert']);
    await clone.stop();
  });

  test('of another database is 400, also of one that is a clone of the same image', async () => {
    const clone = await startService();
    const own = await follow(service, TUN);
    const { body } = await clone.api.get(`/v1/changes?after=${own.cursor()}`).set(TUN.headers).expect(400);
    expect(body.errors).toMatchObject([{ path: 'after' }]);
    await clone.stop();
  });

  test('of an earlier version is 410', async () => {
    await startOfFeed(service);
    const [feed] = await asTableOwner<{ secret: Buffer }>(
      service.db,
      sql`SELECT f.secret FROM base.feed AS f`,
    );
    const earlier = { xid: '-12', collection: '7', id: '', nonce: '' };
    await ask(sealPosition(earlier, feed!.secret)).expect(410);
  });
});

test('purging deletes only what came before all that is retained, in steps of any size', async () => {
  await settled(service);
  await upkeep.purge(0, 100_000);
  for (let n = 0; n < 5; n++) await report();
  const kept = await follow(service, TUN);
  await asTableOwner(service.db, sql`UPDATE base.change SET at = at - interval '31 days'`);
  await report();
  await asTableOwner(
    service.db,
    sql`UPDATE base.change SET at = now() WHERE xid = (SELECT max(xid) FROM base.change)`,
  );
  await report();
  await asTableOwner(
    service.db,
    sql`UPDATE base.change SET at = at - interval '31 days' WHERE xid = (SELECT max(xid) FROM base.change)`,
  );
  await settled(service);
  const steps: number[] = [];
  const purge = async (most: number) => {
    steps.push(await upkeep.purge(30, Math.min(most, 2)));
    return steps.at(-1)! < 2 ? 0 : most;
  };
  await purgeInSteps({ purge, ending: new AbortController().signal });
  expect(steps).toEqual([2, 2, 1]);
  expect(await kept.news()).toHaveLength(2);
});
