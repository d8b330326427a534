import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { alertEvaluation } from '../../src/exchange/alerts/alert.evaluation.store.ts';
import { cellStore } from '../../src/features/incidents/cell.store.ts';
import type { Stamp } from '../../src/features/worlds/stamp.store.ts';
import { keysOf } from '../matrix/every.statement.ts';
import { readRows } from '../matrix/read.rows.ts';
import type { Cell, MatrixWorld } from '../matrix/row.ts';
import { writeRows } from '../matrix/write.rows.ts';
import { anIncident } from '../support/builders.ts';
import { ANYBODY, CALLERS, callerOf, type NamedCaller } from '../support/callers.ts';
import { settled, startOfFeed } from '../support/feed.ts';
import { type Answer, type HttpClient, openClient } from '../support/http.client.ts';
import { CENTRE, seedLabels } from '../support/label.world.ts';
import { countRuns, samples } from '../support/runs.ts';
import { copyOf, type ServedWorlds, serveWorlds } from '../support/served.worlds.ts';
import { startService, type TestService } from '../support/service.ts';
import { openStream } from '../support/stream.ts';
import { openReceiver } from '../support/webhook.receiver.ts';
import { stamp } from '../support/worlds.ts';

const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

const AUTUMN: Stamp = {
  kind: 'exercise',
  id: 'autumn',
  names: { en: 'Autumn', fr: 'Automne', ar: 'خريف' },
  purpose: 'Close a crossing and rescue people.',
  participants: ['DZA', 'TUN'],
};
const EXERCISE = '/exercises/autumn/v1';
/** Stands in every text of the exercise and nowhere else. */
const WORD = 'topaz-of-autumn';

/** Every third has all roles and all countries. */
const callers = CALLERS.filter((_, n) => n % samples(3, 8) === 0);

/** What hangs on the moment, on the connection, or on how often the caller asked in this minute. */
const OF_MOMENT =
  /^(date|x-request-id|connection|keep-alive|age|ratelimit-.*|content-length|etag|last-modified)$/;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00(:00)?)?/g;
/** New keys and secrets of webhooks. */
const SECRET = /\b(whsec|tp)_[\w+/=-]+/g;
/** Cursors are sealed with a random number. */
const CURSOR = /(cursor=|"cursor":"|after=|id: )[\w-]+/g;

const masked = (text: string): string =>
  text
    .replace(UUID, '<id>')
    .replace(TIME, '<time>')
    // before secrets, whose beginning a cursor may hold by chance
    .replace(CURSOR, '$1<cursor>')
    .replace(SECRET, '<secret>')
    .replace(/:\d{4,5}\//g, ':<port>/');

const gist = ({ status, headers, text }: Answer): string =>
  JSON.stringify([status, headersOf(headers), masked(text)]);

const headersOf = (headers: Headers) =>
  [...headers]
    .filter(([name]) => !OF_MOMENT.test(name))
    .map(([name, value]) => [name, masked(value)])
    .sort();

/** Files and tiles in every format, which the matrix reads by their features. */
const { lon, lat } = CENTRE;
const x = Math.floor(((lon + 180) / 360) * 2 ** 7);
const FILES = [
  ...['fgb', 'gpkg', 'parquet', 'fgb-stream', 'parquet-stream', 'csv', 'geojsonseq', 'html'].flatMap((f) => [
    `/collections/incidents/items?f=${f}`,
    `/collections/crossings/items?f=${f}`,
  ]),
  ...[0, 1].map((dx) => `/collections/incidents/tiles/WebMercatorQuad/7/50/${x + dx}`),
  '/tiles/WebMercatorQuad/5/12/16',
  '/tiles/WebMercatorQuad',
  '/style',
  '/',
  '/?f=html',
  '/conformance',
  '/openapi.json',
  '/incidents.atom',
];

onServer('an actual world with a full exercise beside it', () => {
  let world: MatrixWorld;
  let alone: ServedWorlds;
  let beside: ServedWorlds;
  const closings: (() => Promise<unknown>)[] = [];

  /** A service whose database has one thing of each label, before the real service uses copies of it. */
  async function seeded(of: Stamp): Promise<TestService> {
    const service = await startService();
    await stamp(service.connection, of);
    closings.push(() => service.stop());
    return service;
  }

  /** Until its jobs have nothing left to do. */
  async function atRest({ db }: TestService): Promise<void> {
    const evaluation = alertEvaluation(db, (error) => {
      throw error;
    });
    while ((await evaluation.pass()) !== 0);
    while (await cellStore(db).fold());
    await settled({ db });
  }

  beforeAll(async () => {
    const actual = await seeded({ kind: 'actual' });
    const things = await seedLabels(actual, 'DZA');
    const client = await openClient(actual.app);
    world = { things, keys: await keysOf(client), start: await startOfFeed(actual) };
    await atRest(actual);
    await client.close();
    await actual.disconnect();

    const exercise = await seeded(AUTUMN);
    await seedLabels(exercise, 'TUN');
    await atRest(exercise);
    await exercise.disconnect();

    const [one, other, autumn] = [await copyOf(actual), await copyOf(actual), await copyOf(exercise)];
    closings.push(...[one, other, autumn].map(({ drop }) => drop));
    alone = await serveWorlds({ DATABASE_URL: one.url });
    beside = await serveWorlds({ DATABASE_URL: other.url, WORLDS: `autumn=${autumn.url}` });
  });
  afterAll(async () => {
    await Promise.all([alone, beside].map((service) => service?.stop()));
    for (const close of closings.reverse()) await close();
  });

  let writes = 0;

  /** The exercise at work while the actual world is asked: reports, distress, and a closed crossing. */
  async function exercise(): Promise<void> {
    const n = writes++;
    const { headers } = callerOf('TUN', 'operator');
    const incident = {
      kind: n % 5 === 0 ? 'distress' : 'fire',
      at: [lon, lat] as [number, number],
      tlp: 'CLEAR',
      placeText: WORD,
      occurredAt: new Date().toISOString(),
    };
    const [path, body] =
      n % 10 === 1
        ? ['/crossings/ras-ajdir/status', { state: 'closed', reason: WORD, source: WORD }]
        : ['/incidents', anIncident(incident)];
    const answer = await beside.client.ask({ prefix: EXERCISE, path, method: 'post', headers, body });
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  }

  let asked = 0;
  /** While every third question is asked. */
  const meanwhile = async () => {
    if (asked++ % 3 === 0) await exercise();
  };

  const askBoth = async (caller: NamedCaller, cell: Cell & { prefix?: string }) => {
    const { path, method, mediaType, prefix } = cell;
    const body = cell.body?.(caller);
    const asking = {
      path,
      method: method ?? 'get',
      headers: caller.headers,
      mediaType,
      body,
      ...(prefix !== undefined && { prefix }),
    };
    countRuns();
    const [one, other] = await Promise.all([
      alone.client.ask(asking),
      beside.client.ask(asking),
      meanwhile(),
    ]);
    return { one, other, isEqual: gist(one) === gist(other) };
  };

  /** Where the answers differ, with the first difference. */
  async function differences(
    cells: readonly (Cell & { prefix?: string })[],
    who = callers,
  ): Promise<object[]> {
    const found: object[] = [];
    for (const cell of cells)
      for (const caller of who) {
        const { one, other, isEqual } = await askBoth(caller, cell);
        if (other.text.includes(WORD)) found.push({ path: cell.path, caller: caller.name, leaks: WORD });
        if (!isEqual)
          found.push({ path: cell.path, caller: caller.name, ...firstDifference(gist(one), gist(other)) });
      }
    return found;
  }

  const firstDifference = (one: string, other: string) => {
    const at = [...one].findIndex((letter, n) => other[n] !== letter);
    return {
      alone: one.slice(Math.max(0, at - 60), at + 60),
      beside: other.slice(Math.max(0, at - 60), at + 60),
    };
  };

  const cellsOf = (): Cell[] =>
    Object.entries(readRows(world)).flatMap(([, { readings = [], open = [] }]) => [
      ...open.map((path) => ({ path })),
      ...readings,
    ]);

  test('answers every read of every caller as it does alone', async () => {
    const cells = cellsOf();
    expect(cells.length).toBeGreaterThan(200);
    expect(await differences(cells)).toEqual([]);
    expect(writes).toBeGreaterThan(100);
  });

  test('gives the same tiles, files, pages and documents', async () => {
    const who = [ANYBODY, callerOf('DZA', 'reader')];
    expect(
      await differences(
        FILES.map((path) => ({ path })),
        who,
      ),
    ).toEqual([]);
    const outside = ['/metrics-not-here', '/problems', '/docs/'].map((path) => ({ path, prefix: '' }));
    expect(await differences(outside, [ANYBODY])).toEqual([]);
  });

  test('takes and refuses the same writes', async () => {
    const cells = Object.values(writeRows(world)).flatMap(({ writings }) => writings);
    expect(cells.length).toBeGreaterThan(150);
    // as the country that the things belong to; with all samples as another and as a stranger too
    const who = [callerOf('DZA', 'operator'), callerOf('TUN', 'admin'), ANYBODY].slice(0, samples(3, 1));
    expect(await differences(cells, who)).toEqual([]);
  });

  test('tells the same on its streams, alerts and webhooks, and nothing of the exercise', async () => {
    const { headers } = callerOf('TUN', 'operator');
    const desk = callerOf('TUN', 'coordinator');
    const heard = async (client: HttpClient): Promise<{ told: string[]; hooks: string[] }> => {
      const receiver = await openReceiver();
      const stream = await openStream({ port: client.port, headers });
      await stream.until(({ events }) => events.some(({ event }) => event === 'ping'));
      const send = async (path: string, body: object, as = headers) => {
        const answer = await client.ask({ path, method: 'post', headers: as, body });
        expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
        return answer.body.id as string;
      };
      await send('/webhooks', { url: receiver.url }, desk.headers);
      await send('/subscriptions', { triggers: ['created'], kinds: ['flood'], name: 'of both' });
      const occurredAt = new Date().toISOString();
      const id = await send(
        '/incidents',
        anIncident({ kind: 'flood', tlp: 'CLEAR', placeText: 'heard', occurredAt }),
      );
      await receiver.until(() => receiver.received.length > 0);
      await stream.until(({ events }) => events.some(({ event }) => event === 'alert'));
      stream.close();
      await receiver.close();
      const told = stream.events.filter(({ data }) => JSON.stringify(data ?? '').includes(id));
      return {
        told: told.map(({ event, data }) => masked(JSON.stringify([event, data]))).sort(),
        hooks: receiver.received.map(({ text }) => masked(text)).sort(),
      };
    };
    const [one, other] = await Promise.all([
      heard(alone.client),
      heard(beside.client),
      exercise(),
      exercise(),
    ]);
    expect(one.told.length).toBeGreaterThan(1);
    expect(other).toEqual(one);
    expect(JSON.stringify(other)).not.toContain(WORD);
  });

  test('keeps nothing of the exercise in its feed, log and counts', async () => {
    for (const caller of callers) {
      const paths = [
        '/changes?limit=1000&include=feature',
        '/audit?limit=1000',
        '/incidents?limit=1000',
        '/incidents.csv',
      ];
      for (const path of paths) {
        const { text } = await beside.client.ask({ path, headers: caller.headers });
        expect(text).not.toContain(WORD);
        expect(text).not.toContain('autumn');
      }
    }
  });

  test('is not entered by cursors, preconditions and keys of the exercise', async () => {
    const { headers } = callerOf('TUN', 'operator');
    const { ask } = beside.client;
    const { body: feed } = await ask({ prefix: EXERCISE, path: '/changes', headers });
    expect((await ask({ path: `/changes?after=${feed.cursor}`, headers })).status).toBe(400);
    const { body: page } = await ask({ prefix: EXERCISE, path: '/incidents?limit=1', headers });
    const next = page.links.find(({ rel }: { rel: string }) => rel === 'next');
    expect(new URL(next.href).pathname).toBe(`${EXERCISE}/incidents`);
  });
});
