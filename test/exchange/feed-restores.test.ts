import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { auditChain } from '../../src/audit/audit.chain.store.ts';
import { asOwner } from '../../src/db/migrations.ts';
import { startFeedClock } from '../../src/exchange/feed/feed.job.ts';
import { feedUpkeep } from '../../src/exchange/feed/feed.upkeep.store.ts';
import { type Cluster, findPrograms, openCluster } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';
import { settled } from '../support/feed.ts';
import { ask, burn, cursorOf, prepareCluster, report, serviceOn } from '../support/restores.ts';
import type { TestService } from '../support/service.ts';

// clusters of its own are stopped, copied and promoted
const why = findPrograms() ? '' : ': skipped, no PostgreSQL with PostGIS in /usr/lib/postgresql';
const onClusters = why ? describe.skip : describe;

const SILENT = { failed() {}, wentWell() {} };
const LOST = { status: 410, type: '/problems/cursor-lost' };

onClusters(`a cursor, where the database is not the one that gave it${why}`, () => {
  let cluster: Cluster;
  let service: TestService;
  let others: Cluster[] = [];
  let services: TestService[] = [];
  beforeAll(async () => {
    cluster = (await openCluster({ lines: ['wal_level = replica'] }))!;
    await prepareCluster(cluster);
    service = await serviceOn(cluster);
  });
  afterEach(async () => {
    for (const one of services) await one.stop();
    for (const one of others) await one.remove();
    [services, others] = [[], []];
  });
  afterAll(async () => {
    await service.stop();
    await cluster.remove();
  });

  const on = async (where: Cluster, database?: string): Promise<TestService> => {
    const one = await serviceOn(where, database);
    services.push(one);
    return one;
  };
  const rows = (where: Cluster, text: string, database?: string) =>
    asOwner(where.url(database), async (knex) => (await knex.raw(text)).rows);

  /** After the loss: the cursor given with the problem misses nothing from then on. */
  async function goesOn(restored: TestService, lost: string): Promise<void> {
    const gone = await ask(restored, lost);
    expect(gone).toMatchObject(LOST);
    const id = await report(restored);
    await settled(restored);
    expect(await ask(restored, gone.cursor)).toMatchObject({ status: 200, ids: [id] });
  }

  test('is lost if a folder was put back that does not have its row, and else good', async () => {
    await report(service);
    await settled(service);
    const old = await cursorOf(service);
    await cluster.stop();
    await cluster.save('copy');
    await cluster.start();
    await report(service);
    await settled(service);
    const newer = await cursorOf(service);
    await cluster.stop();
    await cluster.putBack('copy');
    await cluster.start();
    expect(await ask(service, old)).toMatchObject({ status: 200, ids: [] });
    await goesOn(service, newer);
    expect((await ask(service, old)).ids).toHaveLength(1);
  });

  test('is lost if its number was given again, even to the same feature', async () => {
    const change = `UPDATE base.crossing SET names = names WHERE id = 'bouchebka'`;
    await settled(service);
    await cluster.stop();
    await cluster.save('again');
    await cluster.start();
    const newest = `SELECT c.xid::text, c.collection, c.id FROM base.change AS c
      WHERE c.xid = (SELECT max(k.xid) FROM base.change AS k)`;
    await rows(cluster, change);
    const [before] = await rows(cluster, newest);
    const cursor = await cursorOf(service);
    await cluster.stop();
    await cluster.putBack('again');
    await cluster.start();
    const [{ next }] = await rows(cluster, 'SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next');
    await burn(cluster, Number(before.xid) - Number(next));
    await rows(cluster, change);
    expect(await rows(cluster, newest)).toEqual([before]);
    await goesOn(service, cursor);
  });

  test('is lost after a dump was restored into the same server, unless its row is in it', async () => {
    const first = await on(cluster);
    await report(first);
    await settled(first);
    const old = await cursorOf(first);
    await cluster.call('pg_dump', '-Fc', '-f', `${cluster.data}.dump`, cluster.url());
    await report(first);
    await settled(first);
    const newer = await cursorOf(first);
    await rows(cluster, 'CREATE DATABASE restored');
    await cluster.call(
      'pg_restore',
      '--exit-on-error',
      '-d',
      cluster.url('restored'),
      `${cluster.data}.dump`,
    );
    const restored = await on(cluster, 'restored');
    expect(await ask(restored, old)).toMatchObject({ status: 200, ids: [] });
    await goesOn(restored, newer);
  });

  test('is lost on a fresh server, whose numbers start lower; the feed and the sealing begin again', async () => {
    await burn(cluster, 3000);
    await report(service);
    await settled(service);
    const [old, dump] = [await cursorOf(service), `${cluster.data}.fresh.dump`];
    await cluster.call('pg_dump', '-Fc', '-f', dump, cluster.url());
    const fresh = (await openCluster())!;
    others.push(fresh);
    const roles = await cluster.call(
      'pg_dumpall',
      '--roles-only',
      '--no-role-passwords',
      '-d',
      cluster.url(),
    );
    await rows(fresh, roles.replace(/^(CREATE|ALTER) ROLE postgres.*$|^\\.*$/gm, ''));
    await cluster.call('pg_restore', '--exit-on-error', '--clean', '--if-exists', '-d', fresh.url(), dump);
    await fresh.stop();
    await fresh.save('restored');
    await fresh.start();
    const restored = await on(fresh);
    const clock = startFeedClock(feedUpkeep(restored.db), pino({ level: 'silent' }), SILENT);
    const isEmpty = async () => (await rows(fresh, 'SELECT FROM base.change')).length === 0;
    await eventually(isEmpty);
    // a server that comes back as another one, without a start of the service
    await fresh.stop();
    await fresh.putBack('restored');
    await fresh.start();
    expect(await isEmpty()).toBe(false);
    await eventually(isEmpty);
    await clock.stop();
    await report(restored);
    await goesOn(restored, old);
    const chain = auditChain(restored.db);
    await chain.seal();
    expect(await chain.verify()).toMatchObject({ unsealed: { count: 0 } });
    expect((await chain.verify()).broken).toBeUndefined();
  });

  test('is lost after the promotion of a standby that lacks its row, and good where nothing is lost', async () => {
    const primary = (await openCluster())!;
    others.push(primary);
    await prepareCluster(primary);
    const before = await on(primary);
    const [lacking, whole] = [await primary.addStandby(), await primary.addStandby()];
    others.push(lacking, whole);
    await report(before);
    await settled(before);
    const old = await cursorOf(before);
    await caughtUp(primary, lacking);
    await rows(lacking, `ALTER SYSTEM SET primary_conninfo = ''`);
    await rows(lacking, 'SELECT pg_reload_conf()');
    await eventually(async () => (await rows(lacking, 'SELECT 1 FROM pg_stat_wal_receiver')).length === 0);
    await report(before);
    await settled(before);
    const newer = await cursorOf(before);
    await caughtUp(primary, whole);
    await primary.stop('immediate');
    await lacking.promote();
    await whole.promote();
    const [lossy, lossless] = [await on(lacking), await on(whole)];
    expect(await ask(lossy, old)).toMatchObject({ status: 200, ids: [] });
    await goesOn(lossy, newer);
    expect((await ask(lossless, old)).ids).toHaveLength(1);
    expect(await ask(lossless, newer)).toMatchObject({ status: 200, ids: [] });
    const id = await report(lossless);
    await settled(lossless);
    expect(await ask(lossless, newer)).toMatchObject({ status: 200, ids: [id] });
  });

  test('newer than a standby waits until the standby has replayed it, or is answered with 503', async () => {
    const standby = await cluster.addStandby();
    others.push(standby);
    const reader = await on(standby);
    await settled(service);
    const old = await cursorOf(service);
    await caughtUp(cluster, standby);
    await rows(standby, 'SELECT pg_wal_replay_pause()');
    // a labelled row would leave an entry in the audit log, which a standby cannot write
    const id = await report(service, { tlp: 'CLEAR' });
    await settled(service);
    const newer = await cursorOf(service);
    expect(await ask(reader, old)).toMatchObject({ status: 200, ids: [] });
    expect(await ask(reader, newer)).toMatchObject({ status: 503, retryAfter: '1' });
    const waiting = ask(reader, newer);
    await rows(standby, 'SELECT pg_wal_replay_resume()');
    expect(await waiting).toMatchObject({ status: 200, ids: [] });
    expect(await ask(reader, old)).toMatchObject({ status: 200, ids: [id] });
  });

  async function caughtUp(primary: Cluster, standby: Cluster): Promise<void> {
    const [{ lsn }] = await rows(primary, 'SELECT pg_current_wal_flush_lsn()::text AS lsn');
    await eventually(async () => {
      const [{ there }] = await rows(standby, `SELECT pg_last_wal_replay_lsn() >= '${lsn}' AS there`);
      return there;
    });
  }
});
