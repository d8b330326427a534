import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { addAlert } from '../support/alerts.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident, aSquare } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { ANYBODY, callerOf } from '../support/callers.ts';
import { opsOf, settled, startOfFeed } from '../support/feed.ts';
import { type HttpClient, openClient } from '../support/http.client.ts';
import { keyFor } from '../support/rescue.ts';
import { agencyOf, keyOf, startService, type TestService } from '../support/service.ts';
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
const DZA = callerOf('DZA', 'reader');

async function stream(
  { headers }: { headers: Record<string, string> },
  query = '',
  more: Record<string, string> = {},
): Promise<TestStream> {
  await settled(service);
  const opened = await openStream({ port: client.port, query, headers: { ...headers, ...more } });
  open.push(opened);
  if (opened.status === 200) await opened.until(({ events }) => events.length > 0);
  return opened;
}

const report = async (properties: Parameters<typeof anIncident>[0] = {}): Promise<string> =>
  (await service.api.post('/v1/incidents').set(TUN.headers).send(anIncident(properties)).expect(201)).body.id;

const has = (id: string) => (one: TestStream) => one.changes().some((change) => change.id === id);
const idsOf = (one: TestStream) => one.changes().map(({ id }) => id);

/** Reports something that everyone sees, and waits until all have it: what came before has come by then. */
async function mark(...streams: TestStream[]): Promise<string> {
  const id = await report({ tlp: 'CLEAR' });
  for (const one of streams) await one.until(has(id));
  return id;
}

describe('the stream', () => {
  test('begins with a cursor, and sends changes as soon as they are readable', async () => {
    const reader = await stream(TUN);
    expect(reader.events).toEqual([{ event: 'ping', id: expect.any(String), data: {} }]);
    const id = await report();
    await reader.until(has(id));
    expect(reader.events.slice(1)).toEqual([
      {
        event: 'change',
        id: expect.any(String),
        data: { collection: 'incidents', id, op: 'upsert', at: expect.any(String) },
      },
    ]);
  });

  test('tells each caller of what it may see and of nothing else', async () => {
    const [own, other, anybody] = [await stream(TUN), await stream(DZA), await stream(ANYBODY)];
    const ids = [await report(), await report({ tlp: 'GREEN' }), await report({ tlp: 'CLEAR' })];
    const red = await report({ tlp: 'RED' });
    const last = await mark(own, other, anybody);
    expect(idsOf(own)).toEqual([...ids, red, last]);
    expect(idsOf(other)).toEqual([...ids.slice(1), last]);
    expect(idsOf(anybody)).toEqual([ids[2], last]);
  });

  test('resumes after the last id, given as a header or as `after`, and after every id of a page', async () => {
    const first = await stream(TUN);
    const start = first.events[0]!.id;
    const ids = [await report(), await report(), await report()];
    await first.until(has(ids[2]!));
    const again = await stream(TUN, `?after=${start}`);
    expect(idsOf(again)).toEqual(ids);
    for (const [n, { id }] of again.events.slice(0, 3).entries()) {
      const resumed = await stream(TUN, `?after=${start}`, { 'Last-Event-ID': id });
      await resumed.until(({ events }) => events.at(-1)!.event === 'ping');
      expect(idsOf(resumed)).toEqual(ids.slice(n + 1));
    }
  });

  test('resumes from any cursor of the feed, however new, without duplicates', async () => {
    const head = await stream(TUN);
    const before = await report();
    await settled(service);
    const { body } = await service.api.get('/v1/changes').set(TUN.headers).expect(200);
    const reader = await stream(TUN, `?after=${body.cursor}`);
    const id = await report();
    await reader.until(has(id));
    await head.until(has(id));
    expect(idsOf(reader)).toEqual([id]);
    expect(idsOf(head)).toEqual([before, id]);
  });

  test('includes features, and reads from the start of the feed in pages', async () => {
    const query = `?include=feature&after=${await startOfFeed(service)}`;
    const reader = await stream(ANYBODY, query);
    await reader.until(({ events }) => events.some(({ event }) => event === 'ping'), 60_000);
    const { body } = await service.api.get(`/v1/changes${query}&limit=1000`).expect(200);
    expect(body.changes.length).toBeGreaterThan(100);
    expect(reader.changes()).toEqual(body.changes);
  }, 90_000);

  test('is not cached, not buffered by proxies and not compressed', async () => {
    const { headers } = await stream(TUN, '', { 'Accept-Encoding': 'gzip, br' });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'content-type': 'text/event-stream; charset=utf-8',
    });
    expect(headers['content-encoding']).toBeUndefined();
  });

  test('can be limited to some layers', async () => {
    const zones = await stream(TUN, '?collections=zones');
    await report();
    const { id } = await agreeZone(service.api, 'TUN', {});
    await zones.until(has(id));
    expect(new Set(zones.changes().map(({ collection }) => collection))).toEqual(new Set(['zones']));
  });
});

describe('a filter', () => {
  const near = (box: string) => `?bbox=${box}`;

  test('omits never visible incidents, and removes those that no longer match', async () => {
    const reader = await stream(TUN, '?filter=severity%3D%27severe%27');
    const mild = await report({ severity: 'minor' });
    const bad = await report({ severity: 'severe' });
    await reader.until(has(bad));
    await service.api
      .post(`/v1/incidents/${bad}/reports`)
      .set(TUN.headers)
      .send({ severity: 'minor' })
      .expect(201);
    await reader.until((one) => opsOf(one.changes(), bad).length === 2);
    expect(opsOf(reader.changes(), bad)).toEqual(['upsert', 'remove']);
    expect(opsOf(reader.changes(), mild)).toEqual([]);
    await service.api
      .post(`/v1/incidents/${mild}/reports`)
      .set(TUN.headers)
      .send({ severity: 'severe' })
      .expect(201);
    await reader.until(has(mild));
    expect(opsOf(reader.changes(), mild)).toEqual(['upsert']);
  });

  test('by place, kind and zone matches like the layer', async () => {
    const zone = await agreeZone(service.api, 'TUN', { geometry: aSquare([9.9, 31]), tlp: 'CLEAR' });
    const [boxed, fires, zoned] = [
      await stream(TUN, near('9.8,30.9,10.0,31.1')),
      await stream(TUN, '?kind=fire'),
      await stream(TUN, `?zone=${zone.id}&collections=incidents`),
    ];
    const inside = await report({ at: [9.9, 31], kind: 'smuggling_goods' });
    const fire = await report({ at: [9.5, 34], kind: 'fire' });
    const both = await report({ at: [9.9, 31], kind: 'fire', tlp: 'CLEAR' });
    for (const one of [boxed, fires, zoned]) await one.until(has(both));
    expect(idsOf(boxed)).toEqual([inside, both]);
    expect(idsOf(fires)).toEqual([fire, both]);
    expect(idsOf(zoned)).toEqual([inside, both]);
  });

  test('lets other layers and removals pass', async () => {
    const id = await report({ kind: 'fire', tlp: 'AMBER', releasableTo: ['DZA'] });
    const other = await stream(DZA, '?kind=smuggling_goods');
    await service.api
      .post('/v1/release')
      .set(TUN.headers)
      .send({ collection: 'incidents', id, tlp: 'AMBER+STRICT' })
      .expect(200);
    await other.until(has(id));
    expect(opsOf(other.changes(), id)).toEqual(['remove']);
  });

  test.each([
    ['an unknown property', '?filter=colour%3D1', 'colour'],
    ['a missing zone', '?zone=nowhere', 'nowhere'],
    ['an invalid box', '?bbox=1,2,3', 'bbox'],
    ['an unknown layer', '?collections=people', 'people'],
    ['a malformed cursor', '?after=AAAA', 'cursor'],
  ])('with %s is refused before the stream begins', async (_what, query, word) => {
    const { status, body } = await stream(TUN, query);
    expect({ status, says: body.includes(word) }).toEqual({ status: 400, says: true });
  });

  test('with a hidden zone is answered like one with a missing zone', async () => {
    const { id } = await agreeZone(service.api, 'TUN', { tlp: 'AMBER+STRICT' });
    const { status, body } = await stream(ANYBODY, `?zone=${id}`);
    expect({ status, body: JSON.parse(body).detail }).toEqual({
      status: 400,
      body: `query within: there is no zone with id ${id}`,
    });
  });
});

test('an expired cursor is refused with a new one', async () => {
  const start = await startOfFeed(service);
  await mark(await stream(TUN));
  await settled(service);
  await asTableOwner(service.db, sql`SELECT base.purge_changes(interval '0', 100000)`);
  const { status, body } = await stream(TUN, `?after=${start}`);
  const { cursor, type } = JSON.parse(body);
  expect({ status, type }).toEqual({ status: 410, type: '/problems/cursor-expired' });
  const reader = await stream(TUN, '', { 'Last-Event-ID': cursor });
  await mark(reader);
});

test('an alert goes to its agency only, as its own event', async () => {
  const [own, colleague, other] = [
    await stream(TUN),
    await stream(callerOf('TUN', 'coordinator')),
    await stream(DZA),
  ];
  const incident = await report();
  const alert = await addAlert(service, agencyOf(keyOf('TUN', 'reporter')), incident);
  const last = await mark(own, colleague, other);
  const heard = own.events.filter(({ data }) => data.id === alert);
  expect(heard).toMatchObject([{ event: 'alert', data: { collection: 'alerts', op: 'upsert' } }]);
  expect(idsOf(colleague)).toEqual([incident, alert, last]);
  expect(idsOf(other)).toEqual([last]);
});

test('distress goes to the rescue bodies of both sides at once, with any label', async () => {
  const [rescue, across, colleague] = [
    await stream({ headers: await keyFor(service, 'TUN') }),
    await stream({ headers: await keyFor(service, 'DZA') }),
    await stream(callerOf('DZA', 'reader')),
  ];
  const incident = await report({ kind: 'distress', tlp: 'RED', at: [8.42, 35.2] });
  const last = await mark(rescue, across, colleague);
  for (const { events } of [rescue, across]) {
    const told = events.filter(({ event }) => event === 'distress');
    const properties = { trigger: 'distress', incident: null, assistanceDueAt: expect.stringMatching(/Z$/) };
    expect(told).toMatchObject([{ data: { collection: 'alerts', feature: { properties } } }]);
  }
  expect(idsOf(colleague)).toEqual([last]);
  expect(incident).not.toBe(last);
});
