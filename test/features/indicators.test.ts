import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CountryCode, Role } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { NewIndicator } from '../../src/features/indicators/indicator.schema.ts';
import { asTableOwner } from '../support/audit.ts';
import { callerOf } from '../support/callers.ts';
import { follow, opsOf } from '../support/feed.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const of = (country: CountryCode, role: Role) => as(keyOf(country, role));
const REPORTER = of('TUN', 'reporter');
const post = (crossing: string, body: object, headers = REPORTER) =>
  service.api.post(`/v1/crossings/${crossing}/indicators`).set(headers).send(body);
const list = async (query: object, headers = of('DZA', 'reader')) =>
  (await service.api.get('/v1/indicators').set(headers).query(query).expect(200)).body.features;
const load = async (text: string, headers = REPORTER) =>
  (
    await service.api
      .post('/v1/indicators/import')
      .set(headers)
      .set('Content-Type', 'text/csv')
      .send(text)
      .expect(200)
  ).body;

const COUNT = {
  day: '2026-10-01',
  entering: 'TUN',
  traffic: 'passengers',
  passengers: 4210,
  method: 'register',
};

describe('an indicator', () => {
  test('is sent once, and the same again changes nothing', async () => {
    const { body, headers } = await post('bouchebka', COUNT).expect(201);
    expect(body.properties).toMatchObject({
      crossing: 'bouchebka',
      country: 'TUN',
      countedBy: agencyOf(keyOf('TUN', 'reporter')),
      vehicles: null,
      medianWaitingMinutes: null,
      ...COUNT,
    });
    expect(headers.location).toBe(`/v1/indicators/${body.id}`);
    const reader = await follow(service, callerOf('LBY', 'reader'));
    expect((await post('bouchebka', COUNT).expect(200)).body).toEqual(body);
    expect(await reader.news()).toEqual([]);
    expect((await service.api.get(headers.location!).set(of('LBY', 'reader')).expect(200)).body).toEqual(
      body,
    );
  });

  test('is corrected by sending it again: the id stays', async () => {
    const { body } = await post('bouchebka', { ...COUNT, day: '2026-10-02' }).expect(201);
    const reader = await follow(service, callerOf('LBY', 'reader'));
    const corrected = { ...COUNT, day: '2026-10-02', passengers: 5000, vehicles: 12, method: 'estimate' };
    const answer = await post('bouchebka', corrected).expect(200);
    expect(answer.body.id).toBe(body.id);
    expect(answer.body.properties).toMatchObject(corrected);
    expect(opsOf(await reader.news(), body.id)).toEqual(['upsert']);
  });

  test('is one for each side, direction and class of traffic', async () => {
    const day = '2026-10-03';
    const kinds = [
      {},
      { entering: null },
      { entering: 'DZA' },
      { traffic: null },
      { entering: null, traffic: null },
    ];
    for (const kind of kinds) await post('bouchebka', { ...COUNT, day, ...kind }).expect(201);
    await post('bouchebka', { ...COUNT, day }, of('DZA', 'operator')).expect(201);
    expect(await list({ datetime: day })).toHaveLength(kinds.length + 1);
    expect(await list({ datetime: day, country: 'DZA' })).toHaveLength(1);
    expect(await list({ datetime: day, entering: 'DZA' })).toHaveLength(1);
    expect(await list({ datetime: day, traffic: 'passengers' })).toHaveLength(4);
  });

  test('is removed by an operator of its side, and gone for followers', async () => {
    const { body } = await post('bouchebka', { ...COUNT, day: '2026-10-04' }).expect(201);
    const reader = await follow(service, callerOf('LBY', 'reader'));
    const remove = (headers: Record<string, string>) =>
      service.api.delete(`/v1/indicators/${body.id}`).set(headers);
    await remove(REPORTER).expect(403);
    expect((await remove(of('DZA', 'operator')).expect(403)).body.detail).toMatch(/DZA, not for TUN/);
    await remove(of('TUN', 'operator')).expect(204);
    await remove(of('TUN', 'operator')).expect(404);
    expect(opsOf(await reader.news(), body.id)).toEqual(['remove']);
  });

  const refused: [what: string, body: object, status: number, words: RegExp][] = [
    ['no figure', { passengers: null }, 422, /needs a figure/],
    ['a figure below zero', { passengers: -1 }, 400, /passengers/],
    ['a day that has not begun', { day: '2100-01-01' }, 422, /2100-01-01 is in the future/],
    ['no such day', { day: '2026-02-30' }, 400, /day/],
    ['no way of counting', { method: undefined }, 400, /method.*required/],
    ['a country elsewhere', { entering: 'LBY' }, 422, /bouchebka: DZA or TUN/],
    [
      'an agency of another country',
      { countedBy: agencyOf(keyOf('DZA', 'reporter')) },
      422,
      /not an agency of TUN/,
    ],
    ['another side', { country: 'DZA' }, 403, /TUN, not for DZA/],
    ['nationalities', { nationalities: { a: 1 } }, 400, /nationalities/],
    ['a telephone number', { note: 'Ask +216 22 345 678' }, 422, /note.*phone/],
  ];
  test.each(refused)('with %s is refused', async (_what, change, status, words) => {
    const { body } = await post('bouchebka', { ...COUNT, ...change }).expect(status);
    expect(body.detail).toMatch(words);
  });

  test('of a missing crossing is 404, of one without an own side 403', async () => {
    await post('nowhere', COUNT).expect(404);
    await post('ras-ajdir', COUNT, of('DZA', 'reporter')).expect(403);
    await post('bouchebka', COUNT, of('TUN', 'reader')).expect(403);
    await service.api.post('/v1/crossings/bouchebka/indicators').send(COUNT).expect(401);
  });
});

test('the three countries see indicators, and nobody else', async () => {
  await post('bouchebka', { ...COUNT, day: '2026-09-01' });
  for (const country of ['DZA', 'LBY', 'TUN'] as const)
    expect(await list({ datetime: '2026-09-01' }, of(country, 'reader'))).toHaveLength(1);
  await service.api.get('/v1/indicators').expect(401);
  const { body } = await service.api.get('/v1/collections/indicators/items').expect(200);
  expect(body.features).toEqual([]);
  const { body: changes } = await service.api.get('/v1/changes?collections=indicators').expect(200);
  expect(changes.changes).toEqual([]);
});

describe('an import', () => {
  const HEADER = 'crossing,day,entering,traffic,passengers,vehicles,trucks,medianWaitingMinutes,method,note';
  const file = (month: string) =>
    [
      HEADER,
      ...Array.from({ length: 28 }, (_, n) => {
        const day = `2026-${month}-${String(n + 1).padStart(2, '0')}`;
        return `ras-ajdir,${day},LBY,goods,,,${100 + n},${n}.5,register,`;
      }),
      '',
    ].join('\n');

  test('of the same file twice changes nothing', async () => {
    const rejected = { total: 0, lines: [] };
    expect(await load(file('02'))).toEqual({ accepted: 28, updated: 0, unchanged: 0, rejected });
    expect(await load(file('02'))).toEqual({ accepted: 0, updated: 0, unchanged: 28, rejected });
    const corrected = file('02').replace(',100,0.5,', ',90,0.5,');
    expect(await load(corrected)).toEqual({ accepted: 0, updated: 1, unchanged: 27, rejected });
    const features = await list({ crossing: 'ras-ajdir', datetime: '2026-02-01/2026-02-02' });
    expect(features.map(({ properties }: { properties: { trucks: number } }) => properties.trucks)).toEqual([
      101, 90,
    ]);
  });

  test('rejects bad lines and keeps the others', async () => {
    const text = [
      HEADER,
      'bouchebka,2026-03-01,TUN,passengers,1,,,,manual,',
      'nowhere,2026-03-01,TUN,passengers,1,,,,manual,',
      'debdeb-ghadames,2026-03-01,DZA,passengers,1,,,,manual,',
      'bouchebka,2026-03-02,LBY,passengers,1,,,,manual,',
      'bouchebka,2026-03-02,TUN,camels,1,,,,manual,',
      'bouchebka,2026-03-02,TUN,passengers,many,,,,manual,',
      'bouchebka,2026-03-02,TUN,passengers,,,,,manual,',
      'bouchebka,2026-03-02,TUN,passengers,2,,,,manual,Ask +216 22 345 678',
      'bouchebka,2026-03-03,TUN,passengers,3,,,,manual,"two, three"',
      // the later line counts
      'bouchebka,2026-03-03,TUN,passengers,4,,,,manual,',
    ].join('\n');
    const { rejected, ...counts } = await load(text);
    expect(counts).toEqual({ accepted: 2, updated: 1, unchanged: 0 });
    expect(rejected.lines.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5, 6, 7, 8, 9]);
    const reasons = rejected.lines.map(({ reason }: { reason: string }) => reason).join('\n');
    for (const words of [
      /nowhere/,
      /no side of TUN/,
      /DZA or TUN/,
      /traffic/,
      /not a number/,
      /needs a figure/,
      /phone/,
    ])
      expect(reasons).toMatch(words);
    expect(reasons).not.toMatch(/345 678/);
    const [newest] = await list({ datetime: '2026-03-03' });
    expect(newest.properties).toMatchObject({ passengers: 4, note: null });
  });

  test('takes the CSV of the layer back', async () => {
    await load(file('04'));
    const { text } = await service.api
      .get('/v1/collections/indicators/items?f=csv&country=TUN&datetime=2026-04-01/2026-04-30')
      .set(REPORTER)
      .expect(200);
    expect(await load(text)).toMatchObject({
      accepted: 0,
      updated: 0,
      unchanged: 28,
      rejected: { total: 0 },
    });
  });

  test('without the columns that it needs is refused', async () => {
    const send = (text: string) =>
      service.api
        .post('/v1/indicators/import')
        .set(REPORTER)
        .set('Content-Type', 'text/csv')
        .send(text)
        .expect(400);
    expect((await send('crossing,day\n')).body.detail).toMatch(/column "method"/);
    expect((await send('crossing,day,method,nationality\n')).body.detail).toMatch(/nationality/);
  });
});

test('a count without a figure is refused by both sides of the rule', async () => {
  const figures = ['passengers', 'vehicles', 'trucks', 'medianWaitingMinutes'] as const;
  const cases = Array.from({ length: 16 }, (_, n) => figures.filter((_, i) => n & (1 << i)));
  const [rule] = await asTableOwner<{ condition: string }>(
    service.db,
    sql`SELECT pg_get_expr(conbin, conrelid) AS condition FROM pg_constraint WHERE conname = 'indicator_has_a_figure'`,
  );
  expect(rule!.condition).toBe('(num_nonnulls(passengers, vehicles, trucks, median_waiting_minutes) > 0)');
  for (const given of cases) {
    const body = { ...COUNT, passengers: null, ...Object.fromEntries(given.map((name) => [name, 1])) };
    expect(NewIndicator.safeParse(body).success).toBe(given.length > 0);
  }
});
