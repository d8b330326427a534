import { join } from 'node:path';
import { createDemoKeys, type DemoKey } from '../../src/access/demo-key.store.ts';
import { asOwner } from '../../src/db/migrations.ts';
import { readWitness } from '../../src/restore/witness.file.ts';
import type { Cluster } from '../../test/support/cluster.ts';
import { eventually } from '../../test/support/eventually.ts';
import { openProcesses, type Processes } from '../../test/support/processes.ts';
import { type Instance, openInstance } from '../soak/instance.ts';
import { worldOf } from '../soak/world.ts';
import { openFollowers } from './followers.ts';
import { type MovingAddress, openAddress } from './moving.address.ts';
import { requireCluster } from './site.ts';

const DATABASE = 'tripoint';

interface Place {
  cluster: Cluster;
  address: MovingAddress;
  processes: Processes;
}

/** How a backup is made and restored. */
interface Way {
  backUp(place: Place): Promise<void>;
  /** Answers a further cluster to remove. */
  restore(place: Place): Promise<Cluster | undefined>;
  /** A server that counts lower than the rows of the feed: every cursor is lost. */
  isFresh?: boolean;
}

const dumpOf = ({ cluster }: Place): string => join(cluster.data, '..', 'dump');

/** The three logins, and their database, empty, if it is missing. */
const makeLogins = async ({ processes }: Place, cluster: Cluster): Promise<string> =>
  succeed(processes, ['roles'], { DATABASE_ADMIN_URL: cluster.url(DATABASE) });

const dump = async (place: Place): Promise<void> => {
  await place.cluster.call('pg_dump', '-Fc', '-f', dumpOf(place), '-d', place.cluster.url(DATABASE));
};

const restoreInto = async (place: Place, cluster: Cluster): Promise<void> => {
  await makeLogins(place, cluster);
  await cluster.call('pg_restore', '--exit-on-error', '-d', cluster.url(DATABASE), dumpOf(place));
};

const WAYS = {
  folder: {
    async backUp({ cluster }) {
      await cluster.stop();
      await cluster.save('backup');
      await cluster.start();
    },
    async restore({ cluster }) {
      await cluster.stop();
      await cluster.putBack('backup');
      await cluster.start();
      return undefined;
    },
  },
  sameServer: {
    backUp: dump,
    async restore(place) {
      const { cluster } = place;
      await cluster.call('dropdb', '--force', '--maintenance-db', cluster.url(), DATABASE);
      await restoreInto(place, cluster);
      return undefined;
    },
  },
  freshServer: {
    backUp: dump,
    async restore(place) {
      await place.cluster.stop();
      const fresh = await requireCluster();
      await restoreInto(place, fresh);
      place.address.move(fresh.port);
      return fresh;
    },
    isFresh: true,
  },
} satisfies Record<string, Way>;

export const folderPutBack = () => drill(WAYS.folder);
export const dumpIntoSameServer = () => drill(WAYS.sameServer);
export const dumpIntoFreshServer = () => drill(WAYS.freshServer);

/** The service under followers, restored, closed, opened: nobody has a silent gap. */
async function drill(way: Way): Promise<string> {
  const cluster = await requireCluster();
  const processes = await openProcesses();
  const address = await openAddress(cluster.port);
  const place = { cluster, address, processes };
  let further: Cluster | undefined;
  try {
    const settings = await settingsOf(place);
    const instance = await openInstance(settings);
    await instance.start();
    const followers = await openFollowers(instance.url, worldOf(await keysOf(cluster)));
    try {
      await burn(cluster);
      await followers.write(10);
      const old = await followers.cursor();
      await way.backUp(place);
      const sealed = await lastSealOf(cluster);
      await followers.write(10);
      // what no witness has seen yet cannot be missed later; until now it may lag behind the backup itself
      await eventually(async () => (await witnessOf(settings)) > sealed);
      const newer = await followers.cursor();
      further = await way.restore(place);
      await open(instance, place, settings);
      await followers.resume();
      await followers.write(10);
      return await followers.check({ [old]: way.isFresh ? 410 : 200, [newer]: 410 });
    } finally {
      await followers.close();
      await instance.stop();
    }
  } finally {
    await processes.end();
    await address.close();
    await further?.remove();
    await cluster.remove();
  }
}

/** A populated database, and the settings of a service with three logins that reaches it at its address. */
async function settingsOf(place: Place): Promise<Record<string, string>> {
  const { cluster, address, processes } = place;
  const output = await makeLogins(place, cluster);
  const lines = [...output.matchAll(/^(DATABASE_\w+)=(.*)$/gm)].map(([, name, url]) => {
    const there = new URL(url!);
    there.port = String(address.port);
    return [name!, there.href];
  });
  const urls = Object.fromEntries(lines);
  for (const command of ['migrate', 'seed']) await succeed(processes, [command], urls);
  return { ...urls, TRIPOINT_WITNESS: join(processes.folder, 'witness') };
}

/** The place in the chain of the newest seal that the witness keeps. */
const witnessOf = async ({ TRIPOINT_WITNESS }: Record<string, string>): Promise<number> =>
  Number((await readWitness(TRIPOINT_WITNESS!))?.seq ?? 0);

/** The same of the database. */
const lastSealOf = (cluster: Cluster): Promise<number> =>
  asOwner(cluster.url(DATABASE), async (knex) => {
    const { rows } = await knex.raw('SELECT coalesce(max(seq), 0)::int AS seq FROM base.audit_seal');
    return rows[0].seq;
  });

/** Uses up numbers of transactions: restoring a dump takes some thousand on the fresh server. */
const burn = (cluster: Cluster): Promise<string> =>
  cluster.call(
    'psql',
    '-Xqc',
    'DO $$ BEGIN FOR n IN 1..20000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$',
    '-d',
    cluster.url(DATABASE),
  );

const keysOf = (cluster: Cluster): Promise<DemoKey[]> => asOwner(cluster.url(DATABASE), createDemoKeys);

/** Nothing is answered until the operator opens it. */
async function open({ url }: Instance, { processes }: Place, settings: Record<string, string>) {
  const statuses = new Set<number>();
  const codes = new Set<string>();
  await eventually(async () => {
    const answer = await fetch(`${url}/v1/borders`);
    statuses.add(answer.status);
    codes.add(((await answer.json()) as { code: string }).code);
    return codes.has('restored');
  });
  if (statuses.has(200)) throw new Error('A restored database was read before it was opened.');
  await succeed(processes, ['restored', '--nothing-elsewhere'], settings);
  await eventually(async () => (await fetch(`${url}/readyz`)).status === 200);
}

async function succeed(processes: Processes, args: string[], env: Record<string, string>): Promise<string> {
  const { code, output } = await processes.run(args, env);
  if (code !== 0) throw new Error(`tripoint ${args.join(' ')} failed: ${output}`);
  return output;
}
