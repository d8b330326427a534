import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChangeListener } from '../../src/db/change.listener.ts';
import { render } from '../../src/db/sql.ts';
import { anIncident } from '../support/builders.ts';
import { cuttingProxy } from '../support/cutting.proxy.ts';
import { withQuery } from '../support/database.query.ts';
import { hearingChanges } from '../support/live.changes.ts';
import { importIncidents, listening } from '../support/served.ts';
import { agencyOf, as, keyOf, serviceOver, startService, type TestService } from '../support/service.ts';

let service: TestService;
let server: Server;
let proxy: Awaited<ReturnType<typeof cuttingProxy>>;
let folder: string;
let listener: ChangeListener;
const reader = as(keyOf('TUN', 'reader'));
const reporter = as(keyOf('TUN', 'reporter'));
const MANY = 2500;
const FILES = ['fgb', 'gpkg', 'parquet'];
const STREAMS = ['csv', 'geojsonseq', 'fgb-stream', 'parquet-stream', 'geojson'];
const hasWget = (() => {
  try {
    return execFileSync('wget', ['--version'], { encoding: 'utf8' }).includes('Wget');
  } catch {
    return false;
  }
})();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'resumed-'));
  service = await startService({ layers: { files: { folder, mostBytes: 2 ** 30 } } });
  listener = await hearingChanges(service, service.db);
  const features = Array.from({ length: MANY }, (_, n) =>
    anIncident({
      at: [8 + (n % 100) / 100, 33 + (n % 70) / 100],
      externalId: `${n}`,
      source: 'many',
      tlp: 'GREEN',
    }),
  );
  await importIncidents(service, features);
  server = await listening(service);
  proxy = await cuttingProxy((server.address() as AddressInfo).port);
});
afterAll(async () => {
  proxy.stop();
  server.close();
  await listener.stop();
  await service.stop();
  rmSync(folder, { recursive: true });
});

const url = (query: string, port = (server.address() as AddressInfo).port) =>
  `http://127.0.0.1:${port}/v1/collections/incidents/items?limit=10000&${query}`;
const ask = (query: string, headers: Record<string, string> = reader, method = 'GET') =>
  fetch(url(query), { headers, method, redirect: 'manual' });
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());
const hash = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex');

/** Runs a program of another process; its own name, because the service knows clients by it. */
const run = (program: string, args: string[]) =>
  new Promise<number>((resolve) => {
    execFile(program, args, (error) => resolve(error ? Number(error.code) : 0));
  });
const curl = (agent: string, path: string, ...more: string[]) =>
  run('curl', ['-s', '-L', '-A', agent, '-H', `Authorization: ${reader.Authorization}`, '-o', path, ...more]);
const wget = (agent: string, path: string, ...more: string[]) =>
  run('wget', [
    '-q',
    '-U',
    agent,
    `--header=Authorization: ${reader.Authorization}`,
    '-O',
    path,
    '--waitretry=0',
    ...more,
  ]);

/** A download of which only the first half arrives. */
async function cutDownload(agent: string, query: string) {
  const path = join(folder, `${agent}.part`);
  const whole = await bytesOf(await fetch(url(query), { headers: reader }));
  proxy.cutAfter(Math.floor(whole.length / 2));
  expect(await curl(agent, path, url(query, proxy.port))).toBe(18);
  const part = readFileSync(path);
  expect(part.length).toBeGreaterThan(0);
  expect(part.length).toBeLessThan(whole.length);
  return { path, part, whole };
}
const add = (source: string, externalId: string) =>
  anIncident({ at: [8, 33], source, externalId, tlp: 'GREEN' });
const addSome = (source: string) =>
  importIncidents(
    service,
    Array.from({ length: 100 }, (_, n) => add(source, `${n}`)),
  );
const report = async (source: string): Promise<string> => {
  const sent = service.api
    .post('/v1/incidents')
    .set(reporter)
    .send(anIncident({ source, tlp: 'GREEN' }));
  return (await sent.expect(201)).body.id;
};

describe.each(FILES)('the address of a file (%s)', (f) => {
  const query = `f=${f}&source=many`;

  test('redirects to one version, whose bytes are the same in each request', async () => {
    const redirects = await Promise.all([
      ask(query),
      ask(query, reader, 'HEAD'),
      ask(query, { ...reader, Range: 'bytes=0-99' }),
    ]);
    const places = redirects.map(({ status, headers }) => [status, headers.get('location')]);
    expect(new Set(places.map(String)).size).toBe(1);
    const [status, place] = places[0]!;
    expect([status, place]).toEqual([
      302,
      expect.stringMatching(/^\/v1\/collections\/incidents\/items\?.*version=[\w-]{43}$/),
    ]);
    const version = new URL(String(place), url(''));
    const whole = await fetch(version, { headers: reader });
    expect([whole.status, whole.headers.get('accept-ranges')]).toEqual([200, 'bytes']);
    const bytes = await bytesOf(whole);
    const part = await fetch(version, { headers: { ...reader, Range: 'bytes=1000-1999' } });
    expect([part.status, hash(await bytesOf(part))]).toEqual([206, hash(bytes.subarray(1000, 2000))]);
  });

  test('of a download that was cut leads curl -C - to the rest of the same file', async () => {
    const { path, whole } = await cutDownload(`resumes-${f}`, query);
    await report(`elsewhere-${f}`); // a change of the layer, not of the file
    expect(await curl(`resumes-${f}`, path, '-C', '-', url(query))).toBe(0);
    expect(hash(readFileSync(path))).toBe(hash(whole));
  });

  test('goes on with the old version while it is kept, though the rows changed', async () => {
    const before = `f=${f}&source=grows-${f}`;
    await addSome(`grows-${f}`);
    const { path, whole: old } = await cutDownload(`goes-on-${f}`, before);
    await report(`grows-${f}`);
    expect(hash(await bytesOf(await fetch(url(before), { headers: reader })))).not.toBe(hash(old));
    expect(await curl(`goes-on-${f}`, path, '-C', '-', url(before))).toBe(0);
    expect(hash(readFileSync(path))).toBe(hash(old));
  });

  test('refuses to go on where it is not sure which version a client has, and curl says so', async () => {
    const { path, part } = await cutDownload(`unsure-${f}`, query);
    // the same client took another version in between
    await report('many');
    expect(await curl(`unsure-${f}`, join(folder, 'other'), url(query))).toBe(0);
    expect(await curl(`unsure-${f}`, path, '-C', '-', url(query))).toBe(33);
    // another client that nothing is known of
    expect(await curl(`stranger-${f}`, path, '-C', '-', url(query))).toBe(33);
    expect(hash(readFileSync(path))).toBe(hash(part));
    const answer = await ask(query, { ...reader, Range: 'bytes=5000-', 'User-Agent': 'new' });
    expect([answer.status, (await answer.json()).type]).toEqual([428, '/problems/not-resumable']);
  });

  test('of a version that has a hidden row by now is 410, for curl an error', async () => {
    const source = `hidden-${f}`;
    await addSome(source);
    const hidden = await report(source);
    const kept = `f=${f}&source=${source}`;
    const { path, part } = await cutDownload(`hidden-${f}`, kept);
    await service.api
      .post('/v1/release')
      .set(reporter)
      .send({ collection: 'incidents', id: hidden, tlp: 'RED' })
      .expect(200);
    expect(await curl(`hidden-${f}`, path, '-C', '-', url(kept))).toBe(33);
    expect(hash(readFileSync(path))).toBe(hash(part));
  });

  (hasWget ? test : test.skip)('works with wget -c, and with wget that tries again by itself', async () => {
    const whole = await bytesOf(await fetch(url(query), { headers: reader }));
    const path = join(folder, `wget-${f}`);
    proxy.cutAfter(Math.floor(whole.length / 2));
    expect(await wget(`wget-${f}`, path, url(query, proxy.port))).toBe(0);
    expect(hash(readFileSync(path))).toBe(hash(whole));
    proxy.cutAfter(Math.floor(whole.length / 2));
    expect(await wget(`wget-c-${f}`, `${path}-c`, '--tries=1', url(query, proxy.port))).not.toBe(0);
    expect(readFileSync(`${path}-c`).length).toBeLessThan(whole.length);
    expect(await wget(`wget-c-${f}`, `${path}-c`, '-c', url(query))).toBe(0);
    expect(hash(readFileSync(`${path}-c`))).toBe(hash(whole));
  });
});

describe.each(STREAMS)('the address of a stream (%s)', (f) => {
  const query = `f=${f}&source=many`;

  test('takes no ranges, and a cut download is an error for curl and wget, also when they resume', async () => {
    const { path, part } = await cutDownload(`stream-${f}`, query);
    expect(await curl(`stream-${f}`, path, '-C', '-', url(query))).toBe(33);
    if (hasWget) expect(await wget(`stream-${f}`, path, '-c', url(query))).toBe(8);
    expect(hash(readFileSync(path))).toBe(hash(part));
    const answer = await ask(query, { ...reader, Range: 'bytes=5000-' });
    expect([answer.status, (await answer.json()).type]).toEqual([428, '/problems/not-resumable']);
    // others may ask for ranges, and get the whole
    const start = await ask(query, { ...reader, Range: 'bytes=0-99' });
    expect(start.status).toBe(200);
    await start.arrayBuffer();
  });
});

test('FlatGeobuf without index has the same features as with it', async () => {
  const [file, stream] = await Promise.all(
    ['fgb', 'fgb-stream'].map(async (f) =>
      bytesOf(await fetch(url(`f=${f}&source=many`), { headers: reader })),
    ),
  );
  expect(stream!.length).toBeLessThan(file!.length);
});

test('a range reader goes on with the version that it began, whatever is written meanwhile', async () => {
  const query = 'f=fgb&source=parts';
  const parts = { ...reader, 'User-Agent': 'reads-parts' };
  await addSome('parts');
  const follow = (headers: Record<string, string>, method = 'GET') => fetch(url(query), { headers, method });
  const etag = (await follow(parts, 'HEAD')).headers.get('etag');
  await report('parts');
  for (const range of ['bytes=0-99', 'bytes=1000-1999', 'bytes=-100']) {
    const part = await follow({ ...parts, Range: range });
    expect([range, part.status, part.headers.get('etag')]).toEqual([range, 206, etag]);
    await part.arrayBuffer();
  }
  // another reader begins with the newest
  const other = await follow({ ...reader, 'User-Agent': 'begins', Range: 'bytes=0-99' });
  expect(other.headers.get('etag')).not.toBe(etag);
  await other.arrayBuffer();
});

describe('a version of a file', () => {
  const query = 'f=gpkg&source=many';
  const versionOf = async (headers: Record<string, string>) =>
    new URL((await ask(query, headers)).headers.get('location')!, url('')).href;

  test('answers whoever sees the same rows, and 410 to everybody else', async () => {
    const version = await versionOf(reader);
    const agency = agencyOf(keyOf('TUN', 'reader'));
    const { body } = await service.api
      .post('/v1/keys')
      .set(as(keyOf('TUN', 'admin')))
      .send({ agency, roles: ['reader'] })
      .expect(201);
    expect((await fetch(version, { headers: as(body.key) })).status).toBe(200);
    // DZA sees the same rows of other agencies, but not those that only TUN sees; anonymous callers see none
    for (const headers of [{}, as(keyOf('LBY', 'reader'))] as Record<string, string>[]) {
      await report('many');
      const answer = await fetch(version, { headers });
      expect([answer.status, (await answer.json()).type]).toEqual([410, '/problems/file-gone']);
    }
  });

  test('that nobody made is 410, and one without the form of a version 400', async () => {
    const answers = ['a'.repeat(43), 'short'].map((version) => ask(`${query}&version=${version}`));
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([410, 400]);
  });

  test('is made again where it is not kept, if its rows are the same', async () => {
    const version = await versionOf(reader);
    const restarted = service.apiWith({ layers: { files: { folder, mostBytes: 2 ** 30 } } });
    const { pathname, search } = new URL(version);
    expect((await restarted.get(pathname + search).set(reader)).status).toBe(200);
  });
});

test('a stream that fails is an error for a client of HTTP/1.0, which has no chunks', async () => {
  let pages = 0;
  const failing = withQuery(service.db, async (caller, statement) => {
    if (/AS features/.test(render(statement).text) && pages++ > 1) throw new Error('The database is gone.');
    return service.db.query<never>(caller, statement);
  });
  const own = await listening({ app: serviceOver(failing) });
  const { port } = own.address() as AddressInfo;
  const path = join(folder, 'old.csv');
  const code = await curl('old', path, '--http1.0', url('f=csv&source=many', port));
  own.close();
  expect(readFileSync(path, 'utf8')).toMatch(/^id,longitude/);
  expect(code).toBe(56);
});
