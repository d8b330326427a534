import { type Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { createDemoKeys } from '../src/access/demo-key.store.ts';

export async function reporterKey(knex: Knex): Promise<string> {
  const keys = await createDemoKeys(knex);
  return keys.find(({ country, role }) => country === 'TUN' && role === 'reporter')!.key;
}

export type OnDatabase = <T>(work: (knex: Knex) => Promise<T>) => Promise<T>;

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

/** How long it takes until the alert queue is empty. */
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
