import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import supertest from 'supertest';
import type { Caller } from '../../src/core/caller.ts';
import type { Database } from '../../src/db/database.ts';
import { render } from '../../src/db/sql.ts';
import { incidentCollection } from '../../src/features/incidents/incident.collection.sql.ts';
import { CRS84 } from '../../src/geometry/crs.ts';
import { downloadStore } from '../../src/ogc/download/download.store.ts';
import { flatGeobufStream, geoParquetStream } from '../../src/ogc/download/encoded.formats.sql.ts';
import { beginJob, encoderWorkers } from '../../src/ogc/download/encoding/encoder.threads.ts';
import { anIncident } from '../support/builders.ts';
import { withQuery } from '../support/database.query.ts';
import { crashEncoders } from '../support/encoder.workers.ts';
import { eventually } from '../support/eventually.ts';
import { readFlatGeobuf } from '../support/flatgeobuf.ts';
import { importIncidents, listening } from '../support/served.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let folder: string;
const reader = as(keyOf('TUN', 'reader'));
const MANY = 9000; // several pieces
const FILES = ['fgb', 'gpkg', 'parquet'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'threads-'));
  service = await startService();
  const features = Array.from({ length: MANY }, (_, n) =>
    anIncident({ at: [8 + (n % 100) / 100, 33 + (n % 70) / 100], externalId: `${n}`, source: 'many' }),
  );
  await importIncidents(service, features);
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const isChunk = (statement: Parameters<Database['query']>[1]) => /AS features/.test(render(statement).text);

/** The service over a database that calls `before` with the number of each chunk. */
function appWhere(before: (chunk: number) => unknown) {
  let chunks = 0;
  const db = withQuery(service.db, async (caller, statement) => {
    if (isChunk(statement)) await before(++chunks);
    return service.db.query(caller, statement);
  });
  return service.appWith({
    db,
    logger: pino({ level: 'silent' }),
    layers: { files: { folder, mostBytes: 2 ** 30 } },
  });
}
const apiWhere = (before: (chunk: number) => unknown) => supertest(appWhere(before));

const pathOf = (f: string) => `/v1/collections/incidents/items?f=${f}&source=many`;
const unfinished = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\/d-/.test(name));
const openFiles = () =>
  readdirSync('/proc/self/fd').filter((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith(folder);
    } catch {
      return false; // of this listing itself
    }
  });

describe('a thread that dies', () => {
  test.each(FILES)(
    'while it writes %s makes an error and leaves no file; the next request is answered',
    async (f) => {
      const api = apiWhere((chunk) => chunk === 3 && crashEncoders());
      const failed = await api.get(pathOf(f)).set(reader);
      expect([failed.status, failed.body.type, failed.body.detail]).toEqual([
        500,
        '/problems/internal',
        expect.any(String),
      ]);
      expect([unfinished(), openFiles()]).toEqual([[], []]);
      const next = await api.get(pathOf(f)).set(reader).redirects(1);
      expect(next.status).toBe(200);
    },
  );

  test('while it encodes a stream ends the answer before its end', async () => {
    const api = apiWhere((chunk) => chunk === 5 && crashEncoders());
    await expect(api.get(pathOf('fgb-stream')).set(reader).buffer(true)).rejects.toThrow(/aborted|hang up/);
  });
});

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux.each(FILES)('a reader who leaves ends the work of its thread on %s', async (f) => {
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const server = await listening({ app: appWhere((chunk) => (chunk > 4 ? left : undefined)) });
  const { port } = server.address() as AddressInfo;
  const asked = request({ port, path: pathOf(f), headers: reader });
  asked.on('error', () => {});
  asked.end();
  await eventually(() => openFiles().length > 0);
  asked.destroy();
  leave();
  await eventually(() => openFiles().length === 0 && unfinished().length === 0);
  server.close();
});

describe('what a download holds', () => {
  const caller: Caller = { country: 'TUN', agency: agencyOf(keyOf('TUN', 'reader')), roles: ['reader'] };
  const shown = {
    fields: incidentCollection.fields,
    hasGeometry: true,
    crs: CRS84,
    decimals: 6,
    simplifyMetres: undefined,
  };
  const question = { filters: {}, equal: [], sort: [], limit: 10, shown, dialect: 'raw' };

  test.each([flatGeobufStream, geoParquetStream])(
    'of $name is never more than three pieces that its reader has not taken',
    async (format) => {
      let chunks = 0;
      const db = withQuery(service.db, (asker, statement) => {
        if (isChunk(statement)) chunks++;
        return service.db.query(asker, statement);
      });
      const store = downloadStore(db, undefined as never, {
        ways: { choose: () => undefined } as never,
        files: { folder, mostBytes: 2 ** 30 },
        attribution: '',
      });
      const download = { collection: incidentCollection, question, format, most: undefined };
      const pieces = store.read(caller, download as never);
      let taken = 0;
      for await (const piece of pieces) {
        if (piece.length > 0) taken++;
        // of GeoParquet a piece can take several chunks
        if (format === flatGeobufStream) expect(chunks).toBeLessThanOrEqual(taken + 3);
      }
      expect(taken).toBeGreaterThan(1);
      expect(chunks).toBeGreaterThanOrEqual(MANY / 2000);
    },
  );

  test('in its thread is one piece: a job takes the next when it has encoded the last', async () => {
    const fields = [{ name: 'kind', title: 'Kind', type: 'text' as const }];
    const layer = { name: 'a', title: '', description: '', attribution: '', style: undefined, srid: 4326 };
    const job = beginJob({
      format: 'fgb',
      layer: { ...layer, geometryType: 'Point', fields, world: undefined },
      path: undefined,
    });
    const piece = Array.from(
      { length: 1000 },
      (_, n) => `(${n},"POINT(8 ${n / 100})","a ""quoted"" \\\\ text")`,
    ).join();
    const heads = [];
    for (let n = 0; n < 3; n++) heads.push(await job.add([piece]));
    expect(heads.map(({ features }) => features)).toEqual([1000, 1000, 1000]);
    await expect(job.add(['(1,,"cut'])).rejects.toThrow('A record ends before its last cell.');
    await job.close();
    const { features } = readFlatGeobuf(Buffer.concat(heads.map(({ bytes }) => bytes!)));
    expect(features).toHaveLength(3000);
    expect(features[7]).toEqual({
      geometry: { type: 'Point', coordinates: [8, 0.07] },
      properties: { id: '7', kind: 'a "quoted" \\ text' },
    });
  });
});

test('downloads share a bounded number of threads', async () => {
  const api = apiWhere(() => {});
  const formats = ['fgb-stream', 'parquet-stream', 'fgb', 'gpkg', 'parquet', 'fgb-stream'];
  await Promise.all(formats.map((f) => api.get(pathOf(f)).set(reader).redirects(1).buffer(true)));
  expect(encoderWorkers().length).toBeGreaterThan(0);
  expect(encoderWorkers().length).toBeLessThanOrEqual(4);
});
