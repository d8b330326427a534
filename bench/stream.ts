import { setTimeout as sleep } from 'node:timers/promises';
import { createKey } from '../src/access/key.store.ts';
import { asOwner } from '../src/db/migrations.ts';
import { type Listener, openListener } from './listener.ts';
import type { Options } from './options.ts';
import { say } from './say.ts';
import { type Service, startService } from './service.process.ts';

/** How long something takes to arrive, behind the answer to the write that made it. */
export interface Latency {
  name: string;
  p50Ms: number;
  p99Ms: number;
  count: number;
  /** Absent: nothing is promised. */
  targetMs?: number;
}

export interface StreamMeasures {
  latencies: Latency[];
  memory: { streams: number; kilobytesEach: number };
  cpus: number;
}

const WRITES_PER_SECOND = 20;
const STREAMS = 100;
const MANY = 1000;
const READERS = ['dza-garde-frontieres', 'lby-garde-frontieres', 'tun-garde-nationale'];
const WRITER = 'tun-garde-nationale';
const LIMITS = { STREAMS_MOST: '5000', STREAMS_PER_KEY: '5000' };

/** From the answer of a write to its receipt by all of a hundred streams, and what a thousand of them hold of memory. */
export async function measureStreams(databaseUrl: string, { seconds }: Options): Promise<StreamMeasures> {
  const keys = await makeKeys(databaseUrl);
  const service = await startService(databaseUrl, LIMITS);
  try {
    const memory = await measureMemory(service, keys.readers);
    const [usedBefore, startedMs] = [await service.cpuSeconds(), performance.now()];
    const latencies = [
      { ...(await measureLatency(service, keys, { seconds: seconds * 4, streams: STREAMS })), targetMs: 250 },
      await measureLatency(service, keys, { seconds: seconds * 2, streams: MANY }),
    ];
    const cpus = ((await service.cpuSeconds()) - usedBefore) / ((performance.now() - startedMs) / 1000);
    return { latencies, memory, cpus };
  } finally {
    await service.stop();
    await asOwner(databaseUrl, (knex) => knex.raw(`DELETE FROM base.incident WHERE source = 'bench-stream'`));
  }
}

interface Keys {
  readers: string[];
  writer: string;
}

const makeKeys = (databaseUrl: string): Promise<Keys> =>
  asOwner(databaseUrl, async (knex) => {
    const { rows } = await knex.raw(
      `SELECT DISTINCT ON (country) id FROM base.agency ORDER BY country, id = ANY (?) DESC, id`,
      [READERS],
    );
    const readers = [];
    for (const { id } of rows) readers.push((await createKey(knex, { agency: id, roles: ['reader'] })).key);
    const { key: writer } = await createKey(knex, { agency: WRITER, roles: ['reporter'] });
    return { readers, writer };
  });

const openMany = (port: number, readers: readonly string[], count: number): Promise<Listener[]> =>
  Promise.all(
    Array.from({ length: count }, (_, n) =>
      openListener({ port, path: '/v1/stream?include=feature', key: readers[n % readers.length]! }),
    ),
  );

/** What a process that has done some work holds more with so many streams than without. */
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

async function measureLatency(
  { port }: Service,
  { readers, writer }: Keys,
  { seconds, streams }: { seconds: number; streams: number },
): Promise<Latency> {
  const answeredMs = new Map<string, number>();
  const receivedMs = new Map<string, number[]>();
  const listeners = await openMany(port, readers, streams);
  for (const listener of listeners)
    listener.onId((id) => receivedMs.set(id, [...(receivedMs.get(id) ?? []), performance.now()]));
  const startedMs = performance.now();
  const writes: Promise<void>[] = [];
  for (let n = 0; performance.now() - startedMs < seconds * 1000; n++) {
    writes.push(write(port, writer).then((id) => void answeredMs.set(id, performance.now())));
    await sleep(Math.max(0, startedMs + ((n + 1) * 1000) / WRITES_PER_SECOND - performance.now()));
  }
  await Promise.all(writes);
  await sleep(2000);
  for (const listener of listeners) listener.close();
  const late = [...answeredMs].flatMap(([id, at]) =>
    // who received it before the writer had its answer waited for nothing
    (receivedMs.get(id) ?? []).map((ms) => Math.max(0, ms - at)),
  );
  if (late.length !== answeredMs.size * streams)
    throw new Error(`${answeredMs.size * streams - late.length} receipts of ${streams} streams are missing.`);
  return { name: `stream, ${streams} of them, ${WRITES_PER_SECOND} writes a second`, ...percentiles(late) };
}

export function percentiles(values: readonly number[]): Omit<Latency, 'name' | 'targetMs'> {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99), count: sorted.length };
}

/** Answers the id of the incident. */
async function write(port: number, key: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/incidents`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [9 + Math.random() / 2, 33 + Math.random()] },
      properties: {
        kind: 'fire',
        severity: 'severe',
        certainty: 'observed',
        nature: 'test',
        occurredAt: new Date().toISOString(),
        horizontalAccuracyMetres: 100,
        source: 'bench-stream',
        tlp: 'GREEN',
      },
    }),
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`A write was answered with ${answer.status}: ${text}`);
  return JSON.parse(text).id;
}
