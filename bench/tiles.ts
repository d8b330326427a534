import { setTimeout as sleep } from 'node:timers/promises';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { createKey } from '../src/access/key.store.ts';
import { asOwner } from '../src/db/migrations.ts';
import { type Comparison, compare } from './comparison.ts';
import { runLoad } from './load.ts';
import type { Options } from './options.ts';
import type { Question } from './question.ts';
import { say } from './say.ts';
import { type Service, startService } from './service.process.ts';

export interface TileMeasures {
  cold: Comparison[];
  warm: { rate: number; cpus: number; perCpu: number };
  written: { rate: number; writesPerSecond: number; writes: number; stale: number };
}

const WRITES_PER_SECOND = 50;
const AGENCY = 'tun-garde-nationale';

export interface Spot {
  lon: number;
  lat: number;
}

/** Tiles without cache beside pgbench, from cache, and from cache during writes into them. */
export async function measureTiles(databaseUrl: string, options: Options): Promise<TileMeasures> {
  const spot = await densestSpot(databaseUrl);
  const cold = [];
  const forgetful = await startService(databaseUrl, { TILE_MEMORY_MB: '0' });
  try {
    for (const z of [4, 8, 12])
      cold.push(await compare(databaseUrl, forgetful, { ...tileQuestion(z, spot), target: 0.8 }, options));
  } finally {
    await forgetful.stop();
  }
  const service = await startService(databaseUrl);
  try {
    const warm = await fromMemory(service, spot, options);
    return { cold, warm, written: await whileWritten(databaseUrl, service, spot, options) };
  } finally {
    await service.stop();
  }
}

/** The place with the most CLEAR incidents. */
export const densestSpot = (databaseUrl: string): Promise<Spot> =>
  asOwner(databaseUrl, async (knex) => {
    const { rows } = await knex.raw(`
      SELECT avg(ST_X(point)) AS lon, avg(ST_Y(point)) AS lat FROM base.incident WHERE tlp = 'CLEAR'
      GROUP BY floor(ST_X(point) / 360 * 4096), tripoint.cell_of(point) >> 4 ORDER BY count(*) DESC LIMIT 1`);
    return rows[0];
  });

/** The tile of a place: column and row as in OGC's Two Dimensional Tile Matrix Set. */
export function tileAt(z: number, { lon, lat }: Spot): { z: number; row: number; column: number } {
  const across = 2 ** z;
  const radians = (lat * Math.PI) / 180;
  const column = Math.floor(((lon + 180) / 360) * across);
  const row = Math.floor(((1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2) * across);
  return { z, row, column };
}

export function tileQuestion(z: number, spot: Spot): Question {
  const { row, column } = tileAt(z, spot);
  return {
    name: `tile of incidents, zoom ${z}`,
    path: `/v1/collections/incidents/tiles/WebMercatorQuad/${z}/${row}/${column}`,
    variables: [],
  };
}

async function fromMemory(service: Service, spot: Spot, options: Options): Promise<TileMeasures['warm']> {
  const question = tileQuestion(12, spot);
  await runLoad(service.port, question, { ...options, seconds: 5 });
  const [usedBefore, startedMs] = [await service.cpuSeconds(), performance.now()];
  const rate = await runLoad(service.port, question, options);
  const cpus = ((await service.cpuSeconds()) - usedBefore) / ((performance.now() - startedMs) / 1000);
  say(`  from memory: ${Math.round(rate)} tiles/s, ${cpus.toFixed(2)} CPUs`);
  return { rate, cpus, perCpu: rate / cpus };
}

/** Writes into the requested tile, and looks for each answered write in the next tile. */
async function whileWritten(databaseUrl: string, { port }: Service, spot: Spot, options: Options) {
  const { key } = await asOwner(databaseUrl, (knex) =>
    createKey(knex, { agency: AGENCY, roles: ['reporter'] }),
  );
  const url = `http://127.0.0.1:${port}`;
  const question = tileQuestion(12, spot);
  let isOver = false;
  let stale = 0;
  const checks: Promise<void>[] = [];
  const writeAndLook = async () => {
    const id = await write(url, key, spot);
    if (!(await idsIn(url + question.path)).has(id)) stale++;
  };
  const startedMs = performance.now();
  const writing = (async () => {
    for (let n = 0; !isOver; n++) {
      checks.push(writeAndLook());
      await sleep(Math.max(0, startedMs + ((n + 1) * 1000) / WRITES_PER_SECOND - performance.now()));
    }
    await Promise.all(checks);
    return (performance.now() - startedMs) / 1000;
  })();
  const rate = await runLoad(port, question, options);
  isOver = true;
  const seconds = await writing;
  await asOwner(databaseUrl, (knex) => knex.raw(`DELETE FROM base.incident WHERE source = 'bench-tiles'`));
  return { rate, writesPerSecond: checks.length / seconds, writes: checks.length, stale };
}

async function write(url: string, key: string, { lon, lat }: Spot): Promise<string> {
  const answer = await fetch(`${url}/v1/incidents`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: {
        kind: 'other',
        severity: 'minor',
        certainty: 'observed',
        nature: 'test',
        occurredAt: '2026-01-01T00:00:00Z',
        horizontalAccuracyMetres: 100,
        source: 'bench-tiles',
        tlp: 'CLEAR',
      },
    }),
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`A write was answered with ${answer.status}: ${text}`);
  return JSON.parse(text).id;
}

async function idsIn(address: string): Promise<Set<unknown>> {
  const answer = await fetch(address);
  const { layers } = new VectorTile(new PbfReader(new Uint8Array(await answer.arrayBuffer())));
  const { incidents } = layers;
  if (!incidents) throw new Error(`There are no incidents in ${address}.`);
  return new Set(Array.from({ length: incidents.length }, (_, i) => incidents.feature(i).properties.id));
}
