import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CountryCode } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { feedUpkeep } from '../../src/exchange/feed/feed.upkeep.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { callerOf } from '../support/callers.ts';
import { follow, opsOf } from '../support/feed.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const post = (crossing: string, country: CountryCode, body: object) =>
  service.api
    .post(`/v1/crossings/${crossing}/status`)
    .set(as(keyOf(country, 'operator')))
    .send(body);
const state = async (crossing: string, country: CountryCode, body: object) =>
  (await post(crossing, country, body).expect(201)).body;
const read = async (crossing: string, at: string) =>
  (await service.api.get(`/v1/crossings/${crossing}`).query({ at }).expect(200)).body.properties;
const sideAt = async (crossing: string, country: CountryCode, at: string) =>
  (await read(crossing, at)).sides.find((side: { country: string }) => side.country === country).state;

const WORKDAYS = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], opens: '07:00', closes: '19:00' };
const SINCE = '2026-01-01';

describe('opening hours', () => {
  // Tunisia is an hour ahead of UTC, Libya two
  test('are in the local time of the side', async () => {
    const crossing = 'ras-ajdir';
    for (const country of ['LBY', 'TUN'] as const)
      await state(crossing, country, { hours: { weekly: [WORKDAYS] }, from: SINCE });
    const monday = '2026-03-02';
    expect(await sideAt(crossing, 'LBY', `${monday}T04:59:59Z`)).toBe('closed');
    expect(await sideAt(crossing, 'LBY', `${monday}T05:00:00Z`)).toBe('open');
    expect(await sideAt(crossing, 'TUN', `${monday}T05:59:59Z`)).toBe('closed');
    expect(await sideAt(crossing, 'TUN', `${monday}T06:00:00Z`)).toBe('open');
    expect(await sideAt(crossing, 'TUN', `${monday}T17:59:59Z`)).toBe('open');
    expect(await sideAt(crossing, 'TUN', `${monday}T18:00:00Z`)).toBe('closed');
    expect((await read(crossing, `${monday}T17:30:00Z`)).status.state).toBe('closed');
    expect(await sideAt(crossing, 'TUN', '2026-03-01T12:00:00Z')).toBe('closed');
  });

  test('go past midnight, and all day', async () => {
    const crossing = 'dehiba-wazin';
    const weekly = [
      { days: ['sat'], opens: '22:00', closes: '06:00' },
      { days: ['mon'], opens: '00:00', closes: '24:00' },
    ];
    await state(crossing, 'TUN', { hours: { weekly }, from: SINCE });
    const states = async (...times: string[]) =>
      Promise.all(times.map((at) => sideAt(crossing, 'TUN', `2026-03-${at}:00Z`)));
    // Saturday the 7th, Monday the 9th
    expect(await states('07T20:59', '07T21:00', '08T04:59', '08T05:00')).toEqual([
      'closed',
      'open',
      'open',
      'closed',
    ]);
    expect(await states('08T22:59', '08T23:00', '09T22:59', '09T23:00')).toEqual([
      'closed',
      'open',
      'open',
      'closed',
    ]);
  });

  test('have exceptions by date: closed, or other hours', async () => {
    const exceptions = [
      { from: '2026-03-20', to: '2026-03-21', open: [], reason: 'Eid' },
      { from: '2026-03-22', to: '2026-03-22', open: [{ opens: '09:00', closes: '10:00' }] },
    ];
    await state('bouchebka', 'TUN', { hours: { weekly: [WORKDAYS], exceptions }, from: SINCE });
    expect(await sideAt('bouchebka', 'TUN', '2026-03-19T12:00:00Z')).toBe('open');
    expect(await sideAt('bouchebka', 'TUN', '2026-03-20T12:00:00Z')).toBe('closed');
    // a Sunday
    expect(await sideAt('bouchebka', 'TUN', '2026-03-22T08:30:00Z')).toBe('open');
    expect(await sideAt('bouchebka', 'TUN', '2026-03-22T09:30:00Z')).toBe('closed');
    expect(await sideAt('bouchebka', 'TUN', '2026-03-23T09:30:00Z')).toBe('open');
  });

  test('of one class of traffic restrict the side, and the table says why', async () => {
    const crossing = 'betita-tamaghza';
    const hours = { weekly: [{ ...WORKDAYS, closes: '12:00' }] };
    const { id } = await state(crossing, 'DZA', { hours, traffic: ['goods'], entering: 'DZA', from: SINCE });
    const { table, sides } = await read(crossing, '2026-11-03T15:00:00Z');
    expect(sides[0].state).toBe('restricted');
    const cell = (traffic: string, entering: string) =>
      table.find(
        (one: { traffic: string; entering: string }) => one.traffic === traffic && one.entering === entering,
      );
    expect(cell('goods', 'DZA')).toMatchObject({
      state: 'closed',
      sides: [
        { state: 'closed', basis: 'hours', statement: id },
        { state: 'open', basis: 'statement' },
      ],
    });
    expect(cell('goods', 'TUN').state).toBe('open');
    expect(await sideAt(crossing, 'DZA', '2026-11-03T10:00:00Z')).toBe('open');
  });

  test('never open what a statement closes, and a reopening keeps them', async () => {
    const crossing = 'el-haddada-sakiet-sidi-youssef';
    await state(crossing, 'TUN', { hours: { weekly: [WORKDAYS] }, from: SINCE });
    const closure = await state(crossing, 'TUN', { state: 'closed', from: '2026-06-01' });
    expect(await sideAt(crossing, 'TUN', '2026-06-02T12:00:00Z')).toBe('closed');
    const { table } = await read(crossing, '2026-06-02T22:00:00Z');
    expect(table[0].sides[1]).toMatchObject({ basis: 'statement', statement: closure.id });
    await state(crossing, 'TUN', { state: 'open', from: '2026-06-03' });
    expect(await sideAt(crossing, 'TUN', '2026-06-03T12:00:00Z')).toBe('open');
    expect(await sideAt(crossing, 'TUN', '2026-06-03T22:00:00Z')).toBe('closed');
  });

  const refused: [what: string, hours: object, status: number, words: RegExp][] = [
    ['no such time', { weekly: [{ ...WORKDAYS, opens: '7:00' }] }, 400, /weekly.*07:00/],
    ['an opening at 24:00', { weekly: [{ ...WORKDAYS, opens: '24:00' }] }, 400, /opens/],
    ['an unknown day', { weekly: [{ ...WORKDAYS, days: ['lun'] }] }, 400, /days.*lun/],
    [
      'an exception that ends before it begins',
      { weekly: [], exceptions: [{ from: '2026-03-02', to: '2026-03-01', open: [] }] },
      422,
      /2026-03-02/,
    ],
    [
      'overlapping exceptions',
      {
        weekly: [],
        exceptions: [
          { from: '2026-03-02', to: '2026-03-04', open: [] },
          { from: '2026-03-04', to: '2026-03-05', open: [] },
        ],
      },
      422,
      /2026-03-04.*another exception/,
    ],
    [
      'a telephone number',
      {
        weekly: [],
        exceptions: [{ from: '2026-03-02', to: '2026-03-02', open: [], reason: '+216 22 345 678' }],
      },
      422,
      /phone/,
    ],
  ];
  test.each(refused)('with %s are refused', async (_what, hours, status, words) => {
    expect((await post('bouchebka', 'TUN', { hours }).expect(status)).body.detail).toMatch(words);
  });

  test('and a state in one statement are refused', async () => {
    const { body } = await post('bouchebka', 'TUN', { state: 'open', hours: { weekly: [] } });
    expect(body.detail).toMatch(/either state or hours/);
  });
});

test('a crossing that opens or closes by its hours appears in the feed', async () => {
  const crossing = 'ouled-moumen-ghardimaou';
  const daily = { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], opens: '07:00', closes: '19:00' };
  await state(crossing, 'TUN', { hours: { weekly: [daily] }, from: '2020-01-01' });
  const upkeep = feedUpkeep(service.db);
  await upkeep.tellTime();
  const reader = await follow(service, callerOf('DZA', 'reader'));
  // a day passes, as far as the feed knows
  await asTableOwner(service.db, sql`UPDATE base.feed SET clock_at = clock_at - interval '1 day'`);
  await upkeep.tellTime();
  expect(opsOf(await reader.news(), crossing)).toEqual(['upsert']);
  await asTableOwner(service.db, sql`UPDATE base.feed SET clock_at = clock_at - interval '1 second'`);
  await upkeep.tellTime();
});
