import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hasPgBackRest, pointInTime } from '../../scripts/drill/point-in-time.ts';
import { auditStore } from '../../src/audit/audit.store.ts';
import { openDatabase } from '../../src/db/database.ts';
import { asOwner, migrate } from '../../src/db/migrations.ts';
import { sql } from '../../src/db/sql.ts';
import { type Installation, installationStore } from '../../src/restore/installation.store.ts';
import type { Head } from '../../src/restore/witness.file.ts';
import { asTableOwner } from '../support/audit.ts';
import { type Cluster, findPrograms, openCluster } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';

// With servers of their own, because the one of TEST_DATABASE_URL cannot be set back.
const withPrograms = process.env.TEST_DATABASE_URL && findPrograms() ? describe : describe.skip;
const withPgBackRest = process.env.TEST_DATABASE_URL && hasPgBackRest() ? test : test.skip;

withPrograms('a server', () => {
  let primary: Cluster;
  const clusters: Cluster[] = [];
  beforeAll(async () => {
    primary = (await openCluster())!;
    clusters.push(primary);
    await asOwner(primary.url(), (knex) => migrate(knex));
    await lookAt(primary);
  }, 120_000);
  afterAll(async () => {
    for (const cluster of clusters.reverse()) await cluster.remove();
  });

  async function over<T>(cluster: Cluster, work: (db: ReturnType<typeof openDatabase>) => Promise<T>) {
    const connection = { connectionString: cluster.url() };
    const db = openDatabase({ connection, poolSize: 1, statementTimeoutSeconds: 20 });
    return work(db).finally(() => db.close());
  }
  const lookAt = (cluster: Cluster, witness?: Head): Promise<Installation> =>
    over(cluster, (db) => installationStore(db, undefined).look(witness));

  /** What the witness keeps after a further entry. */
  const writeOne = (cluster: Cluster): Promise<Head> =>
    over(cluster, async (db) => {
      await asTableOwner(
        db,
        sql`INSERT INTO base.audit_entry (collection, action, row_count, shares) VALUES ('zones', 'create', 1, '{0,0,1}')`,
      );
      await auditStore(db).seal();
      return (await installationStore(db, undefined).look(undefined)).head!;
    });

  const hasReplayed = (standby: Cluster) =>
    eventually(async () => {
      const ask = async (cluster: Cluster, text: string) =>
        (await cluster.call('psql', '-XAtc', text, '-d', cluster.url())).trim();
      const written = await ask(primary, 'SELECT pg_current_wal_lsn()');
      return (await ask(standby, `SELECT pg_last_wal_replay_lsn() >= '${written}'`)) === 't';
    });

  test('that is promoted without a loss is no restored one', async () => {
    const standby = await primary.addStandby();
    clusters.push(standby);
    const head = await writeOne(primary);
    await hasReplayed(standby);
    expect((await lookAt(standby, head)).fault).toBeUndefined();
    await standby.promote();
    expect((await lookAt(standby, head)).fault).toBeUndefined();
  }, 120_000);

  test('that is promoted without the last transactions is set back', async () => {
    const standby = await primary.addStandby();
    clusters.push(standby);
    await standby.stop();
    const head = await writeOne(primary);
    await primary.stop();
    await standby.start();
    // a standby may be behind, which is no fault; the witness keeps what it has
    expect(await lookAt(standby, head)).toEqual({ fault: undefined, head: undefined });
    await standby.promote();
    expect((await lookAt(standby, head)).fault).toBe('rewound');
    await primary.start();
    expect((await lookAt(primary, head)).fault).toBeUndefined();
  }, 120_000);

  test('whose folder is put back is noticed by the witness alone', async () => {
    await primary.stop();
    await primary.save('saved');
    await primary.start();
    const head = await writeOne(primary);
    await primary.stop();
    await primary.putBack('saved');
    await primary.start();
    expect((await lookAt(primary)).fault).toBeUndefined();
    expect((await lookAt(primary, head)).fault).toBe('rewound');
  }, 120_000);
});

withPgBackRest(
  'a point in time restored by pgBackRest stays closed until the log is replayed',
  async () => {
    expect(await pointInTime()).toMatch(/labels of incidents narrowed: 1, keys revoked or limited: 1/);
  },
  240_000,
);
