import { setTimeout as sleep } from 'node:timers/promises';
import { createKey } from '../src/access/key.store.ts';
import { asOwner } from '../src/db/migrations.ts';
import type { Options } from './options.ts';
import { say } from './say.ts';
import { type Service, startService } from './service.process.ts';
import { type Keys, type Latency, measureAlerted, measureLatency, openMany } from './stream.latency.ts';

export interface StreamMeasures {
  latencies: Latency[];
  memory: { streams: number; kilobytesEach: number };
  cpus: number;
}

const STREAMS = 100;
const MANY = 1000;
const READERS = ['dza-garde-frontieres', 'lby-garde-frontieres', 'tun-garde-nationale'];
const WRITER = 'tun-garde-nationale';
const LIMITS = { STREAMS_MOST: '5000', STREAMS_PER_KEY: '5000', WEBHOOK_ALLOW: '127.0.0.1' };

/** From the answer of a write to its receipt by all of a hundred streams, and the memory of a thousand streams. */
export async function measureStreams(databaseUrl: string, { seconds }: Options): Promise<StreamMeasures> {
  const keys = await makeKeys(databaseUrl);
  const service = await startService(databaseUrl, LIMITS);
  try {
    const memory = await measureMemory(service, keys.readers);
    const [usedBefore, startedMs] = [await service.cpuSeconds(), performance.now()];
    const latencies = [
      ...(await measureAlerted(databaseUrl, service, { keys, seconds: seconds * 4, streams: STREAMS })),
      ...(await measureLatency(service, { keys, seconds: seconds * 2, streams: MANY })),
    ];
    const cpus = ((await service.cpuSeconds()) - usedBefore) / ((performance.now() - startedMs) / 1000);
    return { latencies, memory, cpus };
  } finally {
    await service.stop();
    await asOwner(databaseUrl, (knex) => knex.raw(`DELETE FROM base.incident WHERE source = 'bench-stream'`));
  }
}

const makeKeys = (databaseUrl: string): Promise<Keys> =>
  asOwner(databaseUrl, async (knex) => {
    const { rows } = await knex.raw(
      `SELECT DISTINCT ON (country) id FROM base.agency ORDER BY country, id = ANY (?) DESC, id`,
      [READERS],
    );
    const readers = [];
    for (const { id } of rows)
      readers.push((await createKey(knex, { agency: id, roles: ['reader', 'coordinator'] })).key);
    const { key: writer } = await createKey(knex, { agency: WRITER, roles: ['reporter'] });
    return { readers, writer };
  });

/** Additional memory of a warm process with this many streams. */
async function measureMemory(
  service: Service,
  readers: readonly string[],
): Promise<StreamMeasures['memory']> {
  for (const listener of await openMany(service.port, readers, STREAMS)) listener.close();
  await sleep(2000);
  const before = await service.residentBytes();
  const listeners = await openMany(service.port, readers, MANY);
  await sleep(5000);
  const kilobytesEach = ((await service.residentBytes()) - before) / MANY / 1000;
  for (const listener of listeners) listener.close();
  await sleep(1000);
  say(`  ${MANY} streams hold ${kilobytesEach.toFixed(0)} kB each`);
  return { streams: MANY, kilobytesEach };
}
