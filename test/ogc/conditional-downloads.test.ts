import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChangeListener } from '../../src/db/change.listener.ts';
import { render } from '../../src/db/sql.ts';
import { anIncident } from '../support/builders.ts';
import { withQuery } from '../support/database.query.ts';
import { eventually } from '../support/eventually.ts';
import { hearingChanges } from '../support/live.changes.ts';
import { COLLECTIONS } from '../support/ogc.ts';
import { importIncidents, listening } from '../support/served.ts';
import { as, keyOf, serviceOver, startService, type TestService } from '../support/service.ts';

let service: TestService;
let server: Server;
let folder: string;
let listener: ChangeListener;
/** Statements that read features. */
let reads = 0;
let isHeld: Promise<void> | undefined;
const reader = as(keyOf('DZA', 'reader'));
const reporter = as(keyOf('TUN', 'reporter'));
const FORMATS = ['csv', 'geojsonseq', 'fgb-stream', 'parquet-stream', 'fgb', 'gpkg', 'parquet', 'geojson'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'conditional-'));
  service = await startService({ withDemo: true });
  listener = await hearingChanges(service, service.db);
  await addMany('many', 'GREEN');
  const counting = withQuery(service.db, async (caller, statement) => {
    reads++;
    if (/AS features/.test(render(statement).text)) await isHeld;
    return service.db.query<never>(caller, statement);
  });
  server = await listening({
    app: serviceOver(counting, { layers: { files: { folder, mostBytes: 2 ** 30 } } }),
  });
});
afterAll(async () => {
  server.close();
  await listener.stop();
  await service.stop();
  rmSync(folder, { recursive: true });
});

const addMany = (source: string, tlp: string, count = 1200) =>
  importIncidents(
    service,
    Array.from({ length: count }, (_, n) =>
      anIncident({ at: [8 + (n % 100) / 100, 33], source, externalId: `${n}`, tlp }),
    ),
  );
const report = (source: string, tlp: string) =>
  service.api.post('/v1/incidents').set(reporter).send(anIncident({ source, tlp })).expect(201);

const root = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const url = (path: string) => new URL(`/v1/collections/${path}`, root());
/** One request; `fetch` would hide what it does with conditions. */
const ask = async (path: string | URL, headers: Record<string, string> = {}) => {
  const answer = await fetch(typeof path === 'string' ? url(path) : path, {
    headers: { ...reader, 'Cache-Control': 'max-age=0', ...headers },
    redirect: 'manual',
  });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
};
/** Follows the redirect to a file. */
async function download(path: string, headers: Record<string, string> = {}) {
  const answer = await ask(path, headers);
  const place = answer.headers.get('location');
  return answer.status === 302 ? ask(new URL(place!, root()), headers) : answer;
}

describe.each(FORMATS)('a whole selection as %s', (f) => {
  const path = `incidents/items?f=${f}&source=many`;

  test('is 304 for its ETag while nothing changed that the caller sees, whatever else is written', async () => {
    const { headers, status } = await download(path);
    const etag = headers.get('etag')!;
    expect([status, etag]).toEqual([200, expect.stringMatching(/^(W\/)?"demo:[\w-]+"$/)]);
    reads = 0;
    const again = await ask(path, { 'If-None-Match': etag });
    expect([again.status, again.headers.get('etag'), again.bytes.length]).toEqual([304, etag, 0]);
    // a page is read to know its ETag
    if (f !== 'geojson') expect(reads).toBe(0);
    await addMany(`hidden-${f}`, 'AMBER+STRICT', 10);
    // more than the change log remembers
    for (let n = 0; n < 2000; n++)
      service.db.changes.tell({ collection: 'incidents', audience: 8, agencies: ['another'] });
    const other = await ask(path, { 'If-None-Match': `"another", ${etag}` });
    expect([other.status, other.headers.get('etag')]).toEqual([304, etag]);
    await report('many', 'GREEN');
    const changed = await download(path, { 'If-None-Match': etag });
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false]);
  });
});

describe.each(COLLECTIONS.filter(({ isSmall }) => isSmall).map(({ id }) => id))('the layer %s', (id) => {
  test.each(FORMATS)('as %s is 304 for its ETag, also after a restart', async (f) => {
    const { status, headers } = await download(`${id}/items?f=${f}`);
    const etag = headers.get('etag')!;
    expect([status, etag]).toEqual([200, expect.stringMatching(/^(W\/)?"/)]);
    const again = await ask(`${id}/items?f=${f}`, { 'If-None-Match': etag });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    const restarted = await service.api
      .get(`/v1/collections/${id}/items?f=${f}`)
      .set({ ...reader, 'If-None-Match': etag });
    expect(restarted.status).toBe(304);
  });
});

test.each(['gpkg', 'fgb', 'parquet'])(
  '%s has the same bytes for the same rows, wherever it is made',
  async (f) => {
    const path = `incidents/items?f=${f}&source=many`;
    const here = await download(path);
    const elsewhere = await service.api.get(`/v1/collections/${path}`).set(reader).redirects(1).buffer(true);
    expect(elsewhere.headers.etag).toBe(here.headers.get('etag'));
  },
);

describe('a file for which the client does not wait', () => {
  const LATER = { Prefer: 'respond-async' };
  const hold = () => {
    let release = () => {};
    isHeld = new Promise<void>((resolve) => {
      release = () => {
        isHeld = undefined;
        resolve();
      };
    });
    return release;
  };

  test.each(['gpkg', 'fgb', 'parquet'])('as %s is 202, tells its progress, and then is there', async (f) => {
    const path = `incidents/items?f=${f}&source=many&properties=kind,severity`;
    const release = hold();
    const accepted = await ask(path, LATER);
    expect([accepted.status, accepted.headers.get('preference-applied')]).toEqual([202, 'respond-async']);
    expect(Number(accepted.headers.get('retry-after'))).toBeGreaterThan(0);
    const place = new URL(accepted.headers.get('location')!, root());
    const running = await ask(place);
    expect([running.status, JSON.parse(String(running.bytes))]).toMatchObject([
      200,
      { state: 'running', features: 0, links: [{ rel: 'self', href: place.href }] },
    ]);
    // others do not see it
    for (const other of [as(keyOf('LBY', 'reader')), { Authorization: '' }])
      expect((await ask(place, other)).status).toBe(404);
    release();
    await eventually(async () => (await ask(place)).status === 303);
    const file = new URL((await ask(place)).headers.get('location')!, root());
    const read = await ask(file);
    expect([read.status, read.headers.get('etag')]).toEqual([
      200,
      (await download(path)).headers.get('etag'),
    ]);
    // it is there: nobody needs to wait
    expect((await ask(path, LATER)).status).toBe(302);
  });

  test('is waited for as long as the client says', async () => {
    const answer = await ask('incidents/items?f=gpkg&source=many&properties=state', {
      Prefer: 'respond-async, wait=60',
    });
    expect(answer.status).toBe(302);
  });

  test('that fails says so at its address', async () => {
    const own = await listening({
      app: serviceOver(service.db, { layers: { files: { folder, mostBytes: 20_000 } } }),
    });
    const { port } = own.address() as AddressInfo;
    const at = (path: string) => new URL(path, `http://127.0.0.1:${port}`);
    const accepted = await ask(at('/v1/collections/incidents/items?f=gpkg'), LATER);
    const place = accepted.headers.get('location');
    await eventually(async () => (await ask(at(place!))).status === 507);
    own.close();
  });

  test('of few rows is there at once', async () => {
    expect((await ask('segments/items?f=gpkg', LATER)).status).toBe(302);
  });

  test('has no address that nobody gave', async () => {
    const answer = await ask(`incidents/downloads/${crypto.randomUUID()}`);
    expect(answer.status).toBe(404);
  });
});
