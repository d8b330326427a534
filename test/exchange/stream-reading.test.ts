import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { render } from '../../src/db/sql.ts';
import { anIncident } from '../support/builders.ts';
import { ANYBODY, callerOf } from '../support/callers.ts';
import { withQuery } from '../support/database.query.ts';
import { eventually } from '../support/eventually.ts';
import { settled } from '../support/feed.ts';
import { type HttpClient, openClient } from '../support/http.client.ts';
import { startService, type TestService } from '../support/service.ts';
import { openStream, type TestStream } from '../support/stream.ts';

let service: TestService;
let client: HttpClient;
/** How often pages of changes were read. */
let pages = 0;
/** How often it was asked whether there may be something new. */
let beats = 0;
beforeAll(async () => {
  service = await startService();
  const counting = withQuery(service.db, (caller, statement) => {
    const { text } = render(statement);
    if (text.includes('FROM change AS ch')) pages++;
    if (text.includes('AS newest')) beats++;
    return service.db.query(caller, statement);
  });
  client = await openClient(service.appWith({ db: counting }));
});
afterAll(async () => {
  await client.close();
  await service.stop();
});

const TUN = callerOf('TUN', 'reporter');
const report = async (): Promise<string> => {
  const { body } = await client.ask({
    path: '/incidents',
    method: 'post',
    headers: TUN.headers,
    body: anIncident({ tlp: 'CLEAR' }),
  });
  return body.id;
};
const open = async (headers: Record<string, string>): Promise<TestStream> => {
  const stream = await openStream({ port: client.port, headers, query: '?include=feature' });
  await stream.until(({ events }) => events.length > 0);
  return stream;
};
const has = (id: string) => (one: TestStream) => one.changes().some((change) => change.id === id);

/** Waits for several questions whether there is something to read. */
async function someBeats(): Promise<void> {
  const before = beats;
  await eventually(() => beats >= before + 3);
}

/** Number of pages read until all streams have received a write. */
async function pagesFor(streams: readonly TestStream[]): Promise<number> {
  await settled(service);
  const before = pages;
  const id = await report();
  for (const stream of streams) await stream.until(has(id));
  return pages - before;
}

test('equal streams share one read, and each other agency costs one more', async () => {
  const alike = [];
  for (let n = 0; n < 40; n++) alike.push(await open(TUN.headers));
  await pagesFor(alike);
  const shared = await pagesFor(alike);
  expect(shared).toBeLessThanOrEqual(3);
  const others = [await open(ANYBODY.headers), await open(callerOf('DZA', 'reader').headers)];
  await pagesFor([...alike, ...others]);
  expect(await pagesFor([...alike, ...others])).toBeLessThanOrEqual(9);
  for (const stream of [...alike, ...others]) stream.close();
});

test('a change held back by an older transaction arrives right after its end, without a notification', async () => {
  if (service.isEmbedded) return; // it has one connection
  const stream = await open(TUN.headers);
  const older = new pg.Client(service.connection);
  await older.connect();
  await older.query('BEGIN; SELECT pg_current_xact_id()');
  const id = await report();
  await someBeats();
  expect(has(id)(stream)).toBe(false);
  await older.query('COMMIT');
  await settled(service);
  await stream.until(has(id));
  await older.end();
  stream.close();
}, 20_000);

test('there are no reads without writes', async () => {
  const streams = [await open(TUN.headers), await open(ANYBODY.headers)];
  await pagesFor(streams);
  await settled(service);
  await someBeats();
  const before = pages;
  await someBeats();
  expect(pages - before).toBe(0);
  for (const stream of streams) stream.close();
}, 20_000);
