import { createDemoKeys } from '../../src/access/demo-key.store.ts';
import { asOwner, migrate } from '../../src/db/migrations.ts';
import { type Cluster, type ClusterSettings, openCluster } from '../../test/support/cluster.ts';
import type { SoakReport } from '../soak/run.ts';
import { type World, worldOf } from '../soak/world.ts';

export async function requireCluster(settings?: ClusterSettings): Promise<Cluster> {
  const cluster = await openCluster(settings);
  if (!cluster) throw new Error('PostgreSQL with PostGIS is needed (Debian: postgresql-17-postgis-3).');
  return cluster;
}

/** The database `postgres` of a cluster with the reference data, and keys of every agency and role. */
export async function populate(cluster: Cluster): Promise<World> {
  const keys = await asOwner(cluster.url(), async (knex) => {
    await migrate(knex);
    await knex.seed.run({ specific: '01_reference.ts' });
    return createDemoKeys(knex);
  });
  return worldOf(keys);
}

/** Throws the first faults of a soak. */
export function sentenceOf({ figures, faults }: SoakReport): string {
  if (faults.length > 0) throw new Error(`${faults.length} faults:\n${faults.slice(0, 20).join('\n')}`);
  if (figures.databaseRestarts !== 1) throw new Error('The database was not restarted.');
  const { incidents, heard, delivered, kills } = figures;
  return (
    `${incidents} acknowledged incidents, ${heard} entries heard, ${delivered} alerts delivered, ${kills} processes killed: ` +
    '0 lost, 0 missed, 0 twice'
  );
}
