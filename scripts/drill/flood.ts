import { anIncident } from '../../test/support/builders.ts';
import { type Instance, openInstance } from '../soak/instance.ts';
import type { Agent, World } from '../soak/world.ts';
import { populate, requireCluster } from './site.ts';

const SECONDS = 12; // with and without the flood
const AT_ONCE = 60;
const INCIDENTS = 20_000;
const REPORTS_EVERY_MS = 200;
const READERS = 6;

// dear by its shape: nothing of it can be answered by an index
const FILTERS = ['fire', 'flood', 'smuggling_fuel'].flatMap((kind) => [
  `CASEI(description) LIKE '%a%b%c%${kind}%' OR CASEI(source) LIKE '%x%y%${kind}%' OR NOT (kind = '${kind}' AND severity <> 'minor')`,
  `S_DWITHIN(geometry,LINESTRING(7.6 33,9 36,7.7 34,8.9 33),20000) OR CASEI(source) LIKE '%f%l%o%d%${kind}%'`,
]);

/** What one address without a key does to others, and the promise that it must not break. */
export async function flood(): Promise<string> {
  const cluster = await requireCluster();
  try {
    const world = await populate(cluster);
    const instance = await openInstance({
      DATABASE_URL: cluster.url(),
      RATE_LIMIT_ANONYMOUS_PER_MINUTE: '12000',
    });
    await instance.start();
    try {
      await fill(instance, world);
      return await compare(instance, world);
    } finally {
      await instance.stop();
    }
  } finally {
    await cluster.remove();
  }
}

async function fill({ url }: Instance, world: World): Promise<void> {
  const { headers } = world.of('TUN', 'reporter');
  const lines = Array.from({ length: INCIDENTS }, (_, n) => {
    const at: [number, number] = [7.6 + (n % 140) / 100, 33 + (n % 290) / 100];
    return JSON.stringify(
      anIncident({ at, tlp: 'CLEAR', nature: 'test', source: 'flood', externalId: String(n) }),
    );
  });
  const type = { 'Content-Type': 'application/geo+json-seq' };
  const init = { method: 'POST', headers: { ...headers, ...type }, body: lines.join('\n') };
  const answer = await fetch(`${url}/v1/incidents/import`, init);
  if (!answer.ok) throw new Error(`The import failed: ${await answer.text()}`);
  await answer.text();
}

interface Load {
  /** Latencies of reports of distress, in milliseconds. */
  reportsMs: number[];
  refused: string[];
  /** Answered reads of other countries. */
  reads: number;
}

async function load({ url }: Instance, world: World): Promise<Load> {
  const found: Load = { reportsMs: [], refused: [], reads: 0 };
  const endMs = performance.now() + SECONDS * 1000;
  const report = async (): Promise<void> => {
    const { headers } = world.of('TUN', 'reporter');
    const body = JSON.stringify(anIncident({ kind: 'distress', nature: 'test' }));
    const beganMs = performance.now();
    const json = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${url}/v1/incidents`, {
      method: 'POST',
      headers: { ...headers, ...json },
      body,
    });
    found.reportsMs.push(performance.now() - beganMs);
    if (answer.status !== 201) found.refused.push(`${answer.status} ${await answer.text()}`);
  };
  const reports: Promise<void>[] = [];
  const timer = setInterval(() => reports.push(report()), REPORTS_EVERY_MS);
  const read = async (reader: Agent): Promise<void> => {
    while (performance.now() < endMs) {
      const answer = await fetch(`${url}/v1/incidents?limit=20`, { headers: reader.headers });
      await answer.arrayBuffer();
      if (answer.ok) found.reads++;
    }
  };
  const readers = [world.of('DZA', 'reader'), world.of('LBY', 'reader')];
  await Promise.all(Array.from({ length: READERS }, (_, n) => read(readers[n % readers.length]!)));
  clearInterval(timer);
  await Promise.all(reports);
  return found;
}

/** Asks until aborted; answers how often each status came. */
async function beginFlood({ url }: Instance, ending: AbortSignal): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  const ask = async (n: number): Promise<void> => {
    const filter = encodeURIComponent(FILTERS[n % FILTERS.length]!);
    while (!ending.aborted) {
      const path = `/v1/collections/incidents/items?limit=1&filter=${filter}`;
      const answer = await fetch(url + path, { signal: AbortSignal.any([ending]) }).catch(() => undefined);
      if (!answer) continue;
      await answer.arrayBuffer().catch(() => {});
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => ask(n)));
  return statuses;
}

async function compare(instance: Instance, world: World): Promise<string> {
  await load(instance, world);
  const alone = await load(instance, world);
  const ending = new AbortController();
  const flooding = beginFlood(instance, ending.signal);
  const beside = await load(instance, world);
  ending.abort();
  const statuses = [...(await flooding)].map(([status, count]) => `${status} ${count} times`).join(', ');
  const p99 = Math.round(quantile(beside.reportsMs, 0.99));
  const share = beside.reads / alone.reads;
  const shown =
    `p99 of a report of distress ${p99} ms (alone ${Math.round(quantile(alone.reportsMs, 0.99))} ms), ${beside.refused.length} refused; ` +
    `reads of other countries ${share.toFixed(2)} of those without the flood; strangers got ${statuses}`;
  if (p99 > 1000 || beside.refused.length > 0 || share < 0.5) throw new Error(shown);
  return shown;
}

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]!;
