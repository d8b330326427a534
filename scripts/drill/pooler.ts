import { anIncident } from '../../test/support/builders.ts';
import type { Cluster } from '../../test/support/cluster.ts';
import { openPooler, type PoolerSettings } from '../../test/support/pgbouncer.ts';
import { openInstance } from '../soak/instance.ts';
import { labelOf, maySee } from '../soak/labels.ts';
import type { Agent, World } from '../soak/world.ts';
import { populate, requireCluster } from './site.ts';

const LABELS = [
  { tlp: 'CLEAR' },
  { tlp: 'GREEN' },
  { tlp: 'AMBER', releasableTo: ['TUN'] },
  { tlp: 'AMBER', releasableTo: ['DZA'] },
  { tlp: 'AMBER', releasableTo: ['LBY'] },
  { tlp: 'AMBER+STRICT' },
  { tlp: 'RED' },
];
const ANSWERS = 5000;
const AT_ONCE = 24;
const PATH = '/v1/collections/incidents/items?limit=1000';

type Properties = Record<string, string | null>;

/**
 * Two processes of the service behind PgBouncer with three sessions of the database: callers of all countries, mixed,
 * each get exactly their own rows of every kind of label.
 */
export async function behindPooler(mode: PoolerSettings['mode']): Promise<string> {
  const cluster = await requireCluster();
  try {
    return await mixCallers(cluster, await populate(cluster), mode);
  } finally {
    await cluster.remove();
  }
}

async function mixCallers(cluster: Cluster, world: World, mode: PoolerSettings['mode']): Promise<string> {
  // in session mode each process holds its sessions
  const sessions = mode === 'transaction' ? 3 : 24;
  const pooler = await openPooler(cluster.url(), { mode, sessions });
  const settings = {
    DATABASE_URL: pooler.connectionString,
    ...(mode === 'transaction' && { DATABASE_LISTEN_URL: cluster.url() }),
  };
  const instances = [await openInstance(settings), await openInstance(settings)];
  try {
    for (const instance of instances) await instance.start();
    const urls = instances.map(({ url }) => url);
    const rows = await writeEveryLabel(urls[0]!, world);
    return await askMixed(urls, world.readers, rows);
  } finally {
    for (const instance of instances) await instance.stop();
    await pooler.stop();
  }
}

async function writeEveryLabel(url: string, world: World): Promise<Properties[]> {
  for (const reporter of world.reporters)
    for (const label of LABELS.filter(({ releasableTo }) => !releasableTo?.includes(reporter.country!))) {
      const headers = { ...reporter.headers, 'Content-Type': 'application/json' };
      const body = JSON.stringify(anIncident(label));
      const answer = await fetch(`${url}/v1/incidents`, { method: 'POST', headers, body });
      if (answer.status !== 201) throw new Error(`No incident was created: ${await answer.text()}`);
    }
  const seen = new Map<string, Properties>();
  for (const reader of [...world.readers, ...world.reporters])
    for (const { id, properties } of await featuresFor(url, reader)) seen.set(id, properties);
  return [...seen.values()];
}

interface Feature {
  id: string;
  properties: Properties;
}

async function featuresFor(url: string, { headers }: Agent): Promise<Feature[]> {
  const answer = await fetch(`${url}${PATH}`, { headers });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  return JSON.parse(text).features;
}

async function askMixed(
  urls: readonly string[],
  readers: readonly Agent[],
  rows: Properties[],
): Promise<string> {
  const due = new Map(
    readers.map((reader) => [reader, rows.filter((row) => maySee(reader, labelOf(row))).length]),
  );
  const faults: string[] = [];
  let asked = 0;
  const askInTurn = async () => {
    while (asked < ANSWERS) {
      const n = asked++;
      const reader = readers[n % readers.length]!;
      const features = await featuresFor(urls[n % urls.length]!, reader).catch((error: Error) => error);
      if (features instanceof Error) {
        faults.push(`${reader.name}: ${features.message}`);
        continue;
      }
      const foreign = features.filter(({ properties }) => !maySee(reader, labelOf(properties)));
      if (foreign.length > 0) faults.push(`${reader.name} got ${foreign.length} foreign rows`);
      if (features.length !== due.get(reader)) faults.push(`${reader.name} got ${features.length} rows`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askInTurn));
  if (faults.length > 0)
    throw new Error(`${faults.length} wrong answers:\n${faults.slice(0, 20).join('\n')}`);
  return `${ANSWERS} answers over ${rows.length} incidents for ${readers.length} callers: 0 foreign rows, 0 errors`;
}
