import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { RESTORED } from '../../src/http/closed.app.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { ANYBODY, callerOf } from '../support/callers.ts';
import { settled, startOfFeed } from '../support/feed.ts';
import { type HttpClient, openClient } from '../support/http.client.ts';
import { startService, type TestService } from '../support/service.ts';
import { openStream, type TestStream } from '../support/stream.ts';

let service: TestService;
let client: HttpClient;
let open: TestStream[] = [];
beforeAll(async () => {
  service = await startService();
  client = await openClient(service.app);
});
afterEach(() => {
  for (const stream of open) stream.close();
  open = [];
});
afterAll(async () => {
  await client.close();
  await service.stop();
});

const TUN = callerOf('TUN', 'reporter');

async function stream({ headers }: { headers: Record<string, string> }, query = ''): Promise<TestStream> {
  await settled(service);
  const opened = await openStream({ port: client.port, query, headers });
  open.push(opened);
  if (opened.status === 200) await opened.until(({ events }) => events.length > 0);
  return opened;
}

const report = async (): Promise<string> =>
  (
    await service.api
      .post('/v1/incidents')
      .set(TUN.headers)
      .send(anIncident({ tlp: 'CLEAR' }))
      .expect(201)
  ).body.id;
const resetsOf = ({ events }: TestStream) => events.filter(({ event }) => event === 'reset');
const isReset = (one: TestStream) => resetsOf(one).length > 0;

/** What a restore leaves of the rows that cursors name: other rows with their keys. */
const loseRows = () => asTableOwner(service.db, sql`UPDATE base.change SET nonce = gen_random_uuid()`);
const announce = () => asTableOwner(service.db, sql`SELECT base.announce_reset()`);

/** After a change that all of them get, whatever came before has come. */
async function mark(streams: readonly TestStream[]): Promise<string> {
  const id = await report();
  for (const one of streams) await one.until((it) => it.changes().some((change) => change.id === id));
  return id;
}

test('open streams whose row is gone get one reset, from whose id they continue', async () => {
  await report();
  const [first, second, anybody] = [await stream(TUN), await stream(TUN), await stream(ANYBODY)];
  const before = first.events.at(-1)!.id;
  await loseRows();
  for (const one of [first, second, anybody]) await one.until(isReset);
  const id = await mark([first, second, anybody]);
  for (const one of [first, second, anybody]) {
    expect(resetsOf(one)).toEqual([{ event: 'reset', id: expect.any(String), data: {} }]);
    const again = await stream(TUN, `?after=${resetsOf(one)[0]!.id}`);
    expect(again.changes().map((change) => change.id)).toEqual([id]);
  }
  const late = await stream(TUN, `?after=${before}`);
  expect([late.status, JSON.parse(late.body).type]).toEqual([410, '/problems/cursor-lost']);
});

test('an announced reset reaches each open stream once, also where no row is gone', async () => {
  await report();
  const streams = [await stream(TUN), await stream(ANYBODY)];
  const { id: cursor } = streams[0]!.events.at(-1)!;
  await announce();
  for (const one of streams) await one.until(isReset);
  const id = await mark(streams);
  const later = await stream(TUN, `?after=${cursor}`);
  await mark([...streams, later]);
  for (const one of streams) expect(resetsOf(one)).toHaveLength(1);
  expect(resetsOf(later)).toEqual([]);
  expect(later.changes()[0]!.id).toBe(id);
});

test('a loss and its announcement are one reset', async () => {
  await report();
  const one = await stream(TUN);
  await loseRows();
  await one.until(isReset);
  await announce();
  await mark([one]);
  await mark([one]);
  expect(resetsOf(one)).toHaveLength(1);
  await announce();
  await one.until((it) => resetsOf(it).length === 2);
});

test('streams end with a reset if the service closes after a restore, and send nothing of it before', async () => {
  const ending = new AbortController();
  let isClosed = false;
  const closing = await openClient(service.appWith({ ending: ending.signal, isClosed: () => isClosed }));
  await settled(service);
  const reader = await openStream({ port: closing.port, headers: TUN.headers });
  await reader.until(({ events }) => events.length > 0);
  isClosed = true;
  const other = await stream(TUN);
  await mark([other]);
  expect(reader.changes()).toEqual([]);
  ending.abort(RESTORED);
  expect(await reader.ended).toBe(true);
  expect(reader.events.slice(1)).toEqual([{ event: 'reset', id: undefined, data: {} }]);
  await closing.close();
});

test('a reader that is behind gets the reset when it has caught up', async () => {
  const reader = await stream(ANYBODY, `?include=feature&after=${await startOfFeed(service)}`);
  reader.response.pause();
  const other = await stream(ANYBODY, '?include=feature');
  await announce();
  await other.until(isReset);
  const id = await mark([other]);
  reader.response.resume();
  await reader.until((it) => it.changes().some((change) => change.id === id));
  expect(resetsOf(reader)).toHaveLength(1);
  expect(resetsOf(other)).toHaveLength(1);
}, 60_000);
