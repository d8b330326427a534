import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type supertest from 'supertest';
import { openDatabase } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { parseCql2Json } from '../../src/ogc/cql2/cql2.json.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { importIncidents } from '../support/served.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { pathOfTile, tileOf } from '../support/tiles.ts';

type Api = ReturnType<typeof supertest>;

let service: TestService;
const key = as(keyOf('TUN', 'reader'));
const operator = as(keyOf('TUN', 'operator'));
const ROWS = 400;

beforeAll(async () => {
  service = await startService();
  const features = Array.from({ length: ROWS }, (_, n) =>
    anIncident({
      at: [8.4 + n / 10_000, 35.2],
      description: 'Vehicles on the track. '.repeat(20),
      externalId: `row-${n}`,
      source: 'rows',
      tlp: 'CLEAR',
    }),
  );
  await importIncidents(service, features);
  await asTableOwner(service.db, sql`ANALYZE base.incident`);
});
afterAll(() => service.stop());

const limited = (cost: number, milliseconds = 60_000): Api =>
  service.apiWith({ layers: { strangers: { cost, milliseconds } } });

const AREA = 'POLYGON((8 34, 9 34, 9 35, 8 35, 8 34))';
const FILTER = `NOT S_INTERSECTS(geometry, ${AREA})`;
const filtered = (path: string, filter = FILTER) =>
  `/v1/collections/incidents/${path}${path.includes('?') ? '&' : '?'}filter=${encodeURIComponent(filter)}`;
const EVERYWHERE: [what: string, path: string][] = [
  ['a page', filtered('items')],
  ['an ordered page', '/v1/collections/incidents/items?sortby=description'],
  ['a count', filtered('items?resultType=hits')],
  ['a download', filtered('items?f=csv')],
  ['a file', filtered('items?f=gpkg')],
  ['parts', filtered('items/partitions?count=2')],
  ['a tile', `${pathOfTile('incidents', tileOf(12, [8.42, 35.2]))}?filter=${encodeURIComponent(FILTER)}`],
];

describe('a filter without a key', () => {
  test.each(EVERYWHERE)('is refused by its estimated cost, before it runs: %s', async (_, path) => {
    const api = limited(1);
    const { body } = await api.get(path).expect(422);
    expect(body).toMatchObject({ type: '/problems/filter-too-costly', code: 'filter-too-costly' });
    expect(body.detail).toMatch(/bbox or datetime, or send a key/);
    // what the planner expects would count rows that nobody may see
    expect(body.params).toEqual({});
    expect([200, 204]).toContain((await api.get(path).set(key)).status);
    expect([200, 204]).toContain((await service.api.get(path)).status);
  });

  test('does not limit what has no filter', async () => {
    await limited(1).get('/v1/collections/incidents/items').expect(200);
    await limited(1).get('/v1/collections/incidents/items?f=csv').expect(200);
    await limited(1)
      .get(pathOfTile('segments', tileOf(8, [8.42, 35.2])))
      .expect(200);
  });

  test('does not estimate an area alone that few cells cover: it costs no more than within', async () => {
    const area = 'S_INTERSECTS(geometry, POLYGON((8 34, 8.4 34, 8.4 34.4, 8 34)))';
    await limited(1).get(filtered('items', area)).expect(200);
    await limited(1)
      .get(filtered('items', `${area} AND certainty = 'observed'`))
      .expect(422);
    await limited(1)
      .get(filtered('items', area.replace('8 34', '-80 34').replace('8 34', '-80 34')))
      .expect(422);
  });

  const nested = `${'NOT ('.repeat(21)}kind = 'fire'${')'.repeat(21)}`;
  const line = `LINESTRING(${Array.from({ length: 501 }, (_, n) => `${n % 9} ${n % 7}`).join()})`;
  test.each([
    ['characters', `description = '${'x'.repeat(4000)}'`],
    ['levels', nested],
    ['parts', Array.from({ length: 80 }, (_, n) => `id = '${n}'`).join(' OR ')],
    ['positions', `S_CROSSES(geometry, ${line})`],
  ])('is refused if it has too many %s, also by a stream', async (what, filter) => {
    const { body } = await service.api.get(filtered('items', filter)).expect(422);
    expect(body.code).toBe('filter-too-large');
    expect(body.detail).toMatch(new RegExp(`${what}.*Shorten it, or send a key`));
    await service.api.get(filtered('items', filter)).set(key).expect(200);
    const stream = await service.api.get(`/v1/stream?filter=${encodeURIComponent(filter)}`);
    expect([stream.status, stream.body.code]).toEqual([422, 'filter-too-large']);
  });

  test('ends after its time, and may be asked again', async () => {
    if (service.isEmbedded) return; // nothing ends a statement there
    const api = limited(1e9, 1);
    const filter = Array.from({ length: 30 }, (_, n) => `CASEI(description) LIKE CASEI('%q${n}%')`).join(
      ' OR ',
    );
    const { body, headers } = await api.get(filtered('items?resultType=hits', filter)).expect(503);
    expect([body.code, headers['retry-after']]).toEqual(['filter-too-slow', '30']);
    await api.get(filtered('items?resultType=hits', filter)).set(key).expect(200);
  });

  test('is estimated as if nothing matched where one connection serves everybody', async () => {
    if (service.isEmbedded) return; // the other estimate needs several
    const alone = openDatabase({ connection: service.connection, poolSize: 1, statementTimeoutSeconds: 60 });
    const strangers = { cost: 1000, milliseconds: 60_000 };
    const page = filtered('items?limit=1');
    try {
      await service.apiWith({ layers: { strangers } }).get(page).expect(200);
      await service.apiWith({ db: alone, layers: { strangers } }).get(page).expect(422);
    } finally {
      await alone.close();
    }
  });
});

describe('a filter in JSON', () => {
  test('has the limits of a text: characters', () => {
    const long = { op: '=', args: [{ property: 'x' }, 'y'.repeat(100_000)] };
    expect(() => parseCql2Json(long)).toThrow(
      /written as text it has 1000\d\d characters, more than the 100000/,
    );
  });

  const among = (length: number) => ({
    op: 'in',
    args: [{ property: 'description' }, Array.from({ length }, (_, n) => `word number ${n}`)],
  });
  const subscribe = (filter: unknown) =>
    service.api
      .post('/v1/subscriptions')
      .set(operator)
      .send({ filter, triggers: ['created'] });

  test('of a subscription is limited like its text', async () => {
    const { body } = await subscribe(among(1000)).expect(400);
    expect(body.detail).toMatch(/written as text it has \d+ characters, more than the 4000 allowed/);
    await subscribe(`description = '${'x'.repeat(4000)}'`).expect(400);
    await subscribe(among(100)).expect(201);
  });

  test('is measured as a text, whatever its own length is', async () => {
    const area = {
      type: 'Polygon',
      coordinates: [
        [
          [8, 34],
          [9, 34],
          [9, 35],
          [8, 35],
          [8, 34],
        ],
      ],
    };
    const one = { op: 's_intersects', args: [{ property: 'geometry' }, area] };
    const filter = { op: 'or', args: Array.from({ length: 40 }, () => one) };
    expect(JSON.stringify(filter).length).toBeGreaterThan(4000);
    await subscribe(filter).expect(201);
  });
});
