import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../src/db/database.ts';
import { asOwner } from '../../src/db/migrations.ts';
import { readCatalogue } from '../../src/db/schema.catalogue.ts';
import { installationStore } from '../../src/restore/installation.store.ts';
import { type Cluster, findPrograms, openCluster } from '../support/cluster.ts';
import { openProcesses, type Processes } from '../support/processes.ts';

const withPrograms = process.env.TEST_DATABASE_URL && findPrograms() ? describe : describe.skip;

withPrograms('a dump restored into a fresh server', () => {
  const clusters: Cluster[] = [];
  let processes: Processes;
  beforeAll(async () => {
    processes = await openProcesses();
  });
  afterAll(async () => {
    await processes.end();
    for (const cluster of clusters) await cluster.remove();
  });

  async function tripoint(args: string[], env: Record<string, string>): Promise<string> {
    const { code, output } = await processes.run(args, env);
    expect({ args, code, output }).toMatchObject({ code: 0 });
    return output;
  }

  /** A server with the three logins, and their URLs. */
  async function aServer() {
    const cluster = (await openCluster())!;
    clusters.push(cluster);
    const output = await tripoint(['roles'], { DATABASE_ADMIN_URL: cluster.url('tripoint') });
    const urlOf = (setting: string) => new RegExp(`^${setting}=(.*)$`, 'm').exec(output)![1]!;
    return { cluster, owner: urlOf('DATABASE_OWNER_URL'), service: urlOf('DATABASE_URL') };
  }

  async function faultOf(connectionString: string) {
    const db = openDatabase({ connection: { connectionString }, poolSize: 1, statementTimeoutSeconds: 20 });
    return installationStore(db, undefined)
      .look(undefined)
      .then(({ fault }) => fault)
      .finally(() => db.close());
  }

  test('on which `tripoint roles` ran first gives back every object without an error, and starts closed', async () => {
    const [before, after] = [await aServer(), await aServer()];
    await tripoint(['migrate'], { DATABASE_OWNER_URL: before.owner });
    expect(await faultOf(before.service)).toBeUndefined();

    const file = join(before.cluster.data, '..', 'dump');
    const from = `--dbname=${before.cluster.url('tripoint')}`;
    await before.cluster.call('pg_dump', '--format=custom', `--file=${file}`, from);
    const to = `--dbname=${after.cluster.url('tripoint')}`;
    // as the other server's user, who reads the file
    await after.cluster.call('pg_restore', '--exit-on-error', to, file);

    const [structure, restored] = await Promise.all(
      [before, after].map(({ owner }) => asOwner(owner, readCatalogue)),
    );
    expect(restored).toBe(structure);
    expect(await tripoint(['migrate'], { DATABASE_OWNER_URL: after.owner })).toMatch(/up to date/);
    expect(await faultOf(after.service)).toBe('moved');
    await tripoint(['restored', '--nothing-elsewhere'], { DATABASE_OWNER_URL: after.owner });
    expect(await faultOf(after.service)).toBeUndefined();
  }, 180_000);
});
