import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { createDemoKeys } from '../src/access/demo-key.store.ts';
import { asOwner } from '../src/db/migrations.ts';
import type { Options } from './options.ts';
import { say } from './say.ts';
import { startService } from './service.process.ts';
import { seedSubscriptions } from './subscriptions.seed.ts';

const MANY = 10_000;
const SOME = 1000;
const WARM_UP_MS = 1000;
export const PACE_PER_SECOND = 50;

export interface Delays {
  subscriptions: number;
  incidents: number;
  alerts: number;
  p50Ms: number;
  p99Ms: number;
}

export interface AlertMeasures {
  subscriptions: number;
  /** Incidents written per second, by round. */
  without: number[];
  with: number[];
  /** Time from the last write until the alert queue was empty. */
  behindMs: number[];
  delays: Delays[];
}

/** The cost of subscriptions for writers, and the delay of alerts. */
export async function measureAlerts(databaseUrl: string, options: Options): Promise<AlertMeasures> {
  const onDatabase = <T>(work: (knex: Knex) => Promise<T>) => asOwner(databaseUrl, work);
  const places = await onDatabase(placesOf);
  const key = await onDatabase(reporterKey);
  const service = await startService(databaseUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: options.clients });
  const write = () => putIncident(agent, { port: service.port, key, places });
  const measures: AlertMeasures = { subscriptions: MANY, without: [], with: [], behindMs: [], delays: [] };
  try {
    for (let round = 0; round < options.rounds; round++) {
      await onDatabase((knex) => knex.raw('DELETE FROM base.subscription'));
      measures.without.push(await rateOf(write, options));
      await onDatabase((knex) => seedSubscriptions(knex, MANY));
      measures.with.push(await rateOf(write, options));
      measures.behindMs.push(await behind(onDatabase));
      say(
        `  round ${round + 1}: ${measures.without[round]} without, ${measures.with[round]} with subscriptions`,
      );
    }
    for (const count of [SOME, MANY]) {
      await onDatabase((knex) => seedSubscriptions(knex, count));
      measures.delays.push({ subscriptions: count, ...(await delaysOf(onDatabase, write, options)) });
    }
    return measures;
  } finally {
    agent.destroy();
    await service.stop();
  }
}

export async function reporterKey(knex: Knex): Promise<string> {
  const keys = await createDemoKeys(knex);
  return keys.find(({ country, role }) => country === 'TUN' && role === 'reporter')!.key;
}

type OnDatabase = <T>(work: (knex: Knex) => Promise<T>) => Promise<T>;

/** Places near the borders, where the subscriptions are. */
export async function placesOf(knex: Knex): Promise<[number, number][]> {
  const { rows } = await knex.raw(`
    SELECT ST_X(p.at) AS lon, ST_Y(p.at) AS lat FROM (
      SELECT ST_SnapToGrid(ST_Project(ST_LineInterpolatePoint(b.line, (n % 500) / 500.0)::geography,
        (n * 7919) % 60000, radians((n * 31) % 360))::geometry, 1e-6) AS at
      FROM base.border AS b CROSS JOIN generate_series(1, 700) AS n) AS p`);
  return rows.map(({ lon, lat }: { lon: number; lat: number }) => [lon, lat]);
}

let written = 0;
const KINDS = ['irregular_crossing', 'smuggling_goods', 'smuggling_fuel', 'distress', 'fire', 'other'];
const SEVERITIES = ['minor', 'moderate', 'severe', 'extreme'];
const LABELS = [{ tlp: 'GREEN' }, { tlp: 'AMBER', releasableTo: ['DZA'] }, { tlp: 'AMBER+STRICT' }];

interface IncidentWrite {
  port: number;
  key: string;
  places: [number, number][];
  description?: string;
}

export function putIncident(agent: Agent, { port, key, places, description }: IncidentWrite): Promise<void> {
  const n = written++;
  const body = JSON.stringify({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: places[(n * 577) % places.length] },
    properties: {
      kind: KINDS[n % KINDS.length],
      severity: SEVERITIES[n % SEVERITIES.length],
      certainty: 'observed',
      nature: 'test',
      occurredAt: new Date().toISOString(),
      horizontalAccuracyMetres: 100,
      ...(description && { description }),
      ...LABELS[n % LABELS.length],
    },
  });
  return new Promise((resolve, reject) => {
    const headers = { 'X-API-Key': key, 'Content-Type': 'application/geo+json' };
    const sent = request(
      { agent, host: '127.0.0.1', port, path: '/v1/incidents', method: 'POST', headers },
      (answer) => {
        if (answer.statusCode !== 201) reject(new Error(`A write was answered with ${answer.statusCode}.`));
        answer.resume().on('end', resolve).on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Writes per second, each client one at a time. */
async function rateOf(write: () => Promise<void>, { clients, seconds }: Options): Promise<number> {
  let [answers, isOver] = [0, false];
  const client = async () => {
    for (; !isOver; answers++) await write();
  };
  const working = Promise.all(Array.from({ length: clients }, client));
  await Promise.race([sleep(WARM_UP_MS), working]);
  const [startedMs, before] = [performance.now(), answers];
  await Promise.race([sleep(seconds * 1000), working]);
  const rate = ((answers - before) * 1000) / (performance.now() - startedMs);
  isOver = true;
  await working;
  return Math.round(rate);
}

export async function behind(onDatabase: OnDatabase): Promise<number> {
  const startedMs = performance.now();
  await onDatabase(async (knex) => {
    for (;;) {
      const { rows } = await knex.raw('SELECT 1 FROM base.alert_queue LIMIT 1');
      if (rows.length === 0) return;
      await sleep(10);
    }
  });
  return Math.round(performance.now() - startedMs);
}

/** Delay from incident row to alert row, at a steady rate of incidents. */
async function delaysOf(onDatabase: OnDatabase, write: () => Promise<void>, { seconds }: Options) {
  const { rows: moment } = await onDatabase((knex) => knex.raw('SELECT clock_timestamp() AS at'));
  const incidents = PACE_PER_SECOND * seconds;
  const writes: Promise<void>[] = [];
  for (let n = 0; n < incidents; n++) {
    writes.push(write());
    await sleep(1000 / PACE_PER_SECOND);
  }
  await Promise.all(writes);
  await behind(onDatabase);
  const { rows } = await onDatabase((knex) =>
    knex.raw(
      `SELECT count(*)::int AS alerts, percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (
         ORDER BY extract(epoch FROM a.at - i.reported_at) * 1000) AS ms
       FROM base.alert AS a JOIN base.incident AS i ON i.id = a.incident WHERE i.reported_at > ?`,
      [moment[0].at],
    ),
  );
  const [p50Ms, p99Ms] = rows[0].ms ?? [0, 0];
  return { incidents, alerts: rows[0].alerts as number, p50Ms, p99Ms };
}
