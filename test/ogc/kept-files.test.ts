import { mkdtempSync, rmSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import type supertest from 'supertest';
import { changeLog } from '../../src/db/change.log.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { render } from '../../src/db/sql.ts';
import { sendFile } from '../../src/http/file.reply.ts';
import { anIncident } from '../support/builders.ts';
import { withQuery } from '../support/database.query.ts';
import { eventually } from '../support/eventually.ts';
import { hearingChanges } from '../support/live.changes.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

type Api = ReturnType<typeof supertest>;

let service: TestService;
let folder: string;
let first: Api;
const closing: (() => unknown)[] = [];
const reader = as(keyOf('DZA', 'reader'));
const reporter = as(keyOf('TUN', 'reporter'));
const admin = as(keyOf('DZA', 'admin'));

beforeAll(async () => {
  service = await startService();
  folder = mkdtempSync(join(tmpdir(), 'kept-'));
  closing.unshift((await hearingChanges(service, service.db)).stop);
  first = apiOver(service.db);
});
afterAll(async () => {
  for (const close of closing) await close();
  await service.stop();
  rmSync(folder, { recursive: true });
});

const apiOver = (db: Database): Api =>
  service.apiWith({ db, layers: { files: { folder, mostBytes: 2 ** 30 } } });

async function report(source: string, more: object = {}): Promise<string> {
  const sent = first.post('/v1/incidents').set(reporter);
  const { body } = await sent.send(anIncident({ source, tlp: 'GREEN', ...more })).expect(201);
  return body.id;
}
const narrow = (id: string) =>
  first
    .post('/v1/release')
    .set(reporter)
    .send({ collection: 'incidents', id, tlp: 'AMBER+STRICT' })
    .expect(200);

/** Another key of the same agency, which the files of the first one would serve. */
async function newKey(): Promise<Record<string, string>> {
  const agency = agencyOf(keyOf('DZA', 'reader'));
  const { body } = await first
    .post('/v1/keys')
    .set(admin)
    .send({ agency, roles: ['reader'] })
    .expect(201);
  return as(body.key);
}

async function bytesOf(api: Api, source: string, f: string, headers: Record<string, string>) {
  const answer = await api
    .get(`/v1/collections/incidents/items?f=${f}&source=${source}`)
    .set({ ...reader, ...headers })
    .redirects(1)
    .buffer(true)
    .parse((response, done) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('end', () => done(null, Buffer.concat(pieces)));
    });
  expect([200, 206]).toContain(answer.status);
  return { etag: answer.headers.etag as string, bytes: answer.body as Buffer };
}
const RANGE = { Range: 'bytes=0-' };

// GeoParquet is compressed, and kept like the others
describe.each(['gpkg', 'fgb'])('a kept file (%s)', (f) => {
  test('serves no byte of a row that is hidden since, neither a range nor the whole, to no key', async () => {
    const source = `hidden-${f}`;
    const [hidden, stays] = [await report(source), await report(source)];
    const kept = await bytesOf(first, source, f, RANGE);
    expect([hidden, stays].map((id) => kept.bytes.includes(id))).toEqual([true, true]);
    expect((await bytesOf(first, source, f, RANGE)).etag).toBe(kept.etag);
    await narrow(hidden);
    for (const headers of [
      { ...(await newKey()), ...RANGE },
      RANGE,
      {},
      { ...RANGE, 'If-Range': kept.etag },
    ]) {
      const { bytes, etag } = await bytesOf(first, source, f, headers);
      expect([hidden, stays].map((id) => bytes.includes(id))).toEqual([false, true]);
      if ('Range' in headers) expect(etag).not.toBe(kept.etag);
    }
  });

  test('is kept while others write, and while rows of others are hidden', async () => {
    const source = `stays-${f}`;
    await report(source);
    const own = await report('elsewhere', { tlp: 'AMBER+STRICT' });
    const { etag } = await bytesOf(first, source, f, RANGE);
    await report(source);
    const reply = await first
      .post('/v1/release')
      .set(reporter)
      .send({ collection: 'incidents', id: own, tlp: 'RED' });
    expect(reply.status).toBe(200);
    expect((await bytesOf(first, source, f, RANGE)).etag).toBe(etag);
  });

  test('is made again if a row is hidden while it is made', async () => {
    const source = `meanwhile-${f}`;
    const [hidden, stays] = [await report(source), await report(source)];
    let isNarrowed = false;
    const api = apiOver(
      withQuery(service.db, async (caller, statement) => {
        const rows = await service.db.query<never>(caller, statement);
        if (isNarrowed || !/AS features/.test(render(statement).text)) return rows;
        isNarrowed = true;
        await narrow(hidden);
        return rows;
      }),
    );
    const { bytes } = await bytesOf(api, source, f, RANGE);
    expect([hidden, stays].map((id) => bytes.includes(id))).toEqual([false, true]);
  });
});

test('a process without LISTEN keeps no file', async () => {
  const source = 'deaf';
  const before = await report(source);
  await bytesOf(first, source, 'gpkg', RANGE);
  service.db.changes.interrupt();
  const added = await report(source);
  const { bytes } = await bytesOf(first, source, 'gpkg', RANGE);
  expect([before, added].map((id) => bytes.includes(id))).toEqual([true, true]);
  await eventually(service.db.changes.isLive);
});

test('another process hears that a row is hidden, and serves its file no more', async () => {
  const other = openDatabase({ connection: service.connection, poolSize: 2, statementTimeoutSeconds: 60 });
  closing.unshift(() => other.close());
  closing.unshift((await hearingChanges(service, other)).stop);
  const second = apiOver(other);
  const source = 'second';
  const [hidden, stays] = [await report(source), await report(source)];
  const { bytes, etag } = await bytesOf(second, source, 'gpkg', RANGE);
  expect([hidden, stays].map((id) => bytes.includes(id))).toEqual([true, true]);
  expect((await bytesOf(second, source, 'gpkg', RANGE)).etag).toBe(etag);
  await narrow(hidden);
  const key = await newKey();
  const read = () => bytesOf(second, source, 'gpkg', { ...key, ...RANGE });
  await eventually(async () => {
    // an answer under way when the notification arrives ends as 503
    const answer = await read().catch(() => undefined);
    return answer !== undefined && answer.etag !== etag;
  });
  const after = (await read()).bytes;
  expect([hidden, stays].map((id) => after.includes(id))).toEqual([false, true]);
});

test('an answer under way ends when a row of its file is hidden', async () => {
  const size = 2 ** 26; // more than the buffers of a connection hold
  const path = join(folder, 'large');
  await writeFile(path, Buffer.alloc(size));
  const handle = await open(path);
  let isCurrent = true;
  const app = express().get('/', (req, res, next) => {
    sendFile(
      { handle, size, etag: '"a"', hasRanges: true, isCurrent: () => isCurrent, release: () => {} },
      req,
      res,
    ).catch(() => (res.headersSent ? res.destroy() : next()));
  });
  const server: Server = app.listen(0);
  const received = await new Promise<number>((resolve) => {
    get({ port: (server.address() as AddressInfo).port }, (response) => {
      let bytes = 0;
      response.on('error', () => {});
      response.on('data', (piece: Buffer) => {
        bytes += piece.length;
        isCurrent = false;
      });
      response.on('close', () => resolve(bytes));
    });
  });
  expect(received).toBeLessThan(size);
  server.close();
  await handle.close();
});

test('a thousand other changes do not make a file forget what was hidden', () => {
  const changes = changeLog();
  changes.resume();
  const view = { collection: 'incidents', viewer: 9, agency: 'a', box: [-180, -90, 180, 90] as const };
  const change = { collection: 'incidents', audience: 15, agencies: ['-'] };
  const moment = changes.now();
  for (let n = 0; n < 2000; n++) changes.tell(change);
  expect(changes.hasHiddenSince(moment, { ...view, box: [...view.box] })).toBe(false);
  changes.tell({ ...change, hides: true });
  for (let n = 0; n < 2000; n++) changes.tell(change);
  expect(changes.hasHiddenSince(moment, { ...view, box: [...view.box] })).toBe(true);
});
