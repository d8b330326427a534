import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { asOwner, migrate } from '../src/db/migrations.ts';
import { stampWorld } from '../src/features/worlds/stamp.store.ts';
import { describeMachine } from './machine.ts';
import type { Options } from './options.ts';
import { say } from './say.ts';
import { startService } from './service.process.ts';

/** What a service costs while nobody asks it. */
export interface WorldCost {
  exercises: number;
  residentBytes: number;
  /** Of the whole service, at its databases. */
  connections: number;
  startSeconds: number;
}

const MOST_EXERCISES = 3;
/** Idle connections close after ten seconds. */
const REST_MS = 20_000;

/** The service on a new database, with more and more exercises beside it. */
export async function measureWorlds({
  serverUrl,
}: Options): Promise<{ machine: string; costs: WorldCost[] }> {
  const names = Array.from(
    { length: MOST_EXERCISES + 1 },
    () => `tripoint_bench_${randomUUID().slice(0, 8)}`,
  );
  const urls = names.map((name) => Object.assign(new URL(serverUrl), { pathname: name }).href);
  try {
    for (const [n, name] of names.entries()) await makeWorld(serverUrl, name, urls[n]!, n);
    const machine = await describeMachine(urls[0]!);
    const costs: WorldCost[] = [];
    for (let exercises = 0; exercises <= MOST_EXERCISES; exercises++)
      costs.push(await measure(serverUrl, names, urls, exercises));
    return { machine, costs };
  } finally {
    await asOwner(serverUrl, async (knex) => {
      for (const name of names) await knex.raw(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    });
  }
}

/** The first one is the actual world. */
async function makeWorld(serverUrl: string, name: string, url: string, n: number): Promise<void> {
  await asOwner(serverUrl, (knex) => knex.raw(`CREATE DATABASE ${name}`));
  await asOwner(url, async (knex) => {
    await migrate(knex);
    await knex.seed.run({ specific: '01_reference.ts' });
    if (n === 0) return;
    const names = { en: idOf(n), fr: idOf(n), ar: idOf(n) };
    await stampWorld(knex, {
      kind: 'exercise',
      id: idOf(n),
      names,
      purpose: 'Measure.',
      participants: ['DZA'],
    });
  });
}

const idOf = (n: number): string => `exercise-${n}`;

async function measure(
  serverUrl: string,
  names: readonly string[],
  urls: readonly string[],
  exercises: number,
): Promise<WorldCost> {
  const worlds = urls.slice(1, 1 + exercises).map((url, n) => `${idOf(n + 1)}=${url}`);
  const startedMs = performance.now();
  const service = await startService(urls[0]!, { WORLDS: worlds.join() });
  const startSeconds = (performance.now() - startedMs) / 1000;
  try {
    const bases = ['', ...worlds.map((_, n) => `/exercises/${idOf(n + 1)}`)];
    for (const base of bases) {
      const answer = await fetch(`http://127.0.0.1:${service.port}${base}/v1/incidents?limit=1`);
      if (answer.status !== 200) throw new Error(`${base} answered ${answer.status}.`);
    }
    await sleep(REST_MS);
    const { rows } = await asOwner(serverUrl, (knex) =>
      knex.raw('SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = ANY (?)', [[...names]]),
    );
    const cost = {
      exercises,
      residentBytes: await service.residentBytes(),
      connections: rows[0].n,
      startSeconds,
    };
    say(`  ${exercises} exercises: ${JSON.stringify(cost)}`);
    return cost;
  } finally {
    await service.stop();
  }
}
