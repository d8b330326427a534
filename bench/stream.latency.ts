import { setTimeout as sleep } from 'node:timers/promises';
import { asOwner } from '../src/db/migrations.ts';
import { type Listener, openListener } from './listener.ts';
import type { Service } from './service.process.ts';
import { seedSubscriptions } from './subscriptions.seed.ts';
import { openReceiver } from './webhook.receiver.ts';

/** Delay of arrival after the answer to the write. */
export interface Latency {
  name: string;
  p50Ms: number;
  p99Ms: number;
  count: number;
  /** Absent: no promise. */
  targetMs?: number;
}

export interface Keys {
  readers: string[];
  writer: string;
}

type Arrival = 'change' | 'alert' | 'webhook';

const WRITES_PER_SECOND = 20;
const SUBSCRIPTIONS = 1000;
const TARGET_MS = 250;

export const openMany = (port: number, readers: readonly string[], count: number): Promise<Listener[]> =>
  Promise.all(
    Array.from({ length: count }, (_, n) =>
      openListener({ port, path: '/v1/stream?include=feature', key: readers[n % readers.length]! }),
    ),
  );

interface Round {
  keys: Keys;
  seconds: number;
  streams: number;
}

/** With subscriptions of all agencies; every write alerts each reader's agency, on its streams and at its webhook. */
export async function measureAlerted(
  databaseUrl: string,
  service: Service,
  round: Round,
): Promise<Latency[]> {
  const receiver = await openReceiver();
  const ask = (key: string, path: string, body: object) => post(service.port, { key, path, body });
  await asOwner(databaseUrl, (knex) => seedSubscriptions(knex, SUBSCRIPTIONS - round.keys.readers.length));
  for (const key of round.keys.readers) {
    await ask(key, '/subscriptions', { triggers: ['created'], natures: ['test'] });
    await ask(key, '/webhooks', { url: receiver.url });
  }
  try {
    const latencies = await measureLatency(service, round, receiver);
    return latencies.map((latency) => ({ ...latency, targetMs: TARGET_MS }));
  } finally {
    await asOwner(databaseUrl, (knex) => knex.raw('DELETE FROM base.subscription; DELETE FROM base.webhook'));
    receiver.close();
  }
}

/** From the answer of a write to its receipt by all streams, and with a receiver, to the receipt of its alerts. */
export async function measureLatency(
  { port }: Service,
  { keys: { readers, writer }, seconds, streams }: Round,
  receiver?: { onTold(listener: (incident: string) => void): void },
): Promise<Latency[]> {
  const received: { arrival: Arrival; incident: string; ms: number }[] = [];
  const receive = (arrival: Arrival, incident: string) =>
    received.push({ arrival, incident, ms: performance.now() });
  const listeners = await openMany(port, readers, streams);
  for (const listener of listeners) listener.onTold(receive);
  receiver?.onTold((incident) => receive('webhook', incident));
  const answeredMs = await writeFor(seconds, () => write(port, writer));
  await sleep(2000);
  for (const listener of listeners) listener.close();
  const waits = (wanted: Arrival) =>
    received
      .filter(({ arrival, incident }) => arrival === wanted && answeredMs.has(incident))
      // received before the writer's answer: no delay
      .map(({ incident, ms }) => Math.max(0, ms - answeredMs.get(incident)!));
  const latencyOf = (arrival: Arrival, name: string, fewest: number): Latency => {
    const all = waits(arrival);
    if (all.length < fewest) throw new Error(`${fewest - all.length} receipts are missing: ${name}.`);
    return { name, ...percentiles(all) };
  };
  const each = answeredMs.size * streams;
  const change = latencyOf(
    'change',
    `stream, ${streams} of them, ${WRITES_PER_SECOND} writes a second`,
    each,
  );
  if (!receiver) return [change];
  return [
    change,
    latencyOf('alert', `alerts on these streams, ${SUBSCRIPTIONS} subscriptions`, each),
    latencyOf('webhook', 'webhooks', answeredMs.size * readers.length),
  ];
}

/** Time of the answer per incident. */
async function writeFor(seconds: number, write: () => Promise<string>): Promise<Map<string, number>> {
  const answeredMs = new Map<string, number>();
  const startedMs = performance.now();
  const writes: Promise<void>[] = [];
  for (let n = 0; performance.now() - startedMs < seconds * 1000; n++) {
    writes.push(write().then((id) => void answeredMs.set(id, performance.now())));
    await sleep(Math.max(0, startedMs + ((n + 1) * 1000) / WRITES_PER_SECOND - performance.now()));
  }
  await Promise.all(writes);
  return answeredMs;
}

function percentiles(values: readonly number[]): Omit<Latency, 'name' | 'targetMs'> {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99), count: sorted.length };
}

/** Returns the id of the incident. */
const write = (port: number, key: string): Promise<string> =>
  post(port, {
    key,
    path: '/incidents',
    body: {
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
    },
  });

/** Returns the id of the created resource. */
async function post(
  port: number,
  { key, path, body }: { key: string; path: string; body: object },
): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`A write was answered with ${answer.status}: ${text}`);
  return JSON.parse(text).id;
}
