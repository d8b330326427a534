import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CountryCode } from '../../src/core/caller.ts';
import { ANONYMOUS } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const state = async (crossing: string, country: CountryCode, body: object) =>
  (
    await service.api
      .post(`/v1/crossings/${crossing}/status`)
      .set(as(keyOf(country, 'operator')))
      .send(body)
      .expect(201)
  ).body;
const ask = async (crossing: string, query: object) =>
  (await service.api.get(`/v1/crossings/${crossing}/availability`).query(query).expect(200)).body;

const ALL_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const BY_DAY = { weekly: [{ days: ALL_DAYS, opens: '07:00', closes: '19:00' }] };

describe('availability', () => {
  test('adds up what holds when: hours, a planned closure and the stricter side', async () => {
    const crossing = 'ras-el-aioun-haidra';
    for (const country of ['DZA', 'TUN'] as const) {
      await state(crossing, country, { state: 'open', from: '2026-04-01' });
      await state(crossing, country, { hours: BY_DAY, from: '2026-04-01' });
    }
    await state(crossing, 'TUN', {
      state: 'closed',
      from: '2026-04-05T10:00:00Z',
      to: '2026-04-06T10:00:00Z',
    });
    await state(crossing, 'DZA', { state: 'restricted', from: '2026-04-08', to: '2026-04-09' });
    const answer = await ask(crossing, { datetime: '2026-04-01/2026-04-10' });
    expect(answer).toMatchObject({
      crossing,
      from: '2026-04-01T00:00:00Z',
      to: '2026-04-11T00:00:00Z',
      // ten days of twelve hours, less 8 and 4 hours closed, and a day restricted
      hours: { open: 96, restricted: 12, closed: 132, unknown: 0 },
      sides: [
        { country: 'DZA', hours: { open: 108, restricted: 12, closed: 120, unknown: 0 } },
        { country: 'TUN', hours: { open: 108, restricted: 0, closed: 132, unknown: 0 } },
      ],
    });
    expect(answer.periods.slice(0, 3)).toEqual([
      { state: 'closed', from: '2026-04-01T00:00:00Z', to: '2026-04-01T06:00:00Z' },
      { state: 'open', from: '2026-04-01T06:00:00Z', to: '2026-04-01T18:00:00Z' },
      { state: 'closed', from: '2026-04-01T18:00:00Z', to: '2026-04-02T06:00:00Z' },
    ]);
    expect(answer.table).toHaveLength(36);
  });

  test('of one direction and one class of traffic leaves the others out', async () => {
    const crossing = 'dehiba-wazin';
    const period = { from: '2026-05-01', to: '2026-05-02' };
    await state(crossing, 'LBY', { state: 'closed', entering: 'TUN', traffic: 'goods', ...period });
    const datetime = '2026-05-01/2026-05-01';
    expect((await ask(crossing, { datetime })).hours).toMatchObject({ restricted: 24 });
    const goods = await ask(crossing, { datetime, entering: 'TUN', traffic: 'goods' });
    expect(goods.hours).toMatchObject({ closed: 24 });
    expect(goods.table).toHaveLength(2);
    expect((await ask(crossing, { datetime, entering: 'LBY' })).hours).toMatchObject({ open: 24 });
  });

  test('forgets what was withdrawn', async () => {
    const { id } = await state('bouchebka', 'TUN', { state: 'closed', from: '2026-05-01' });
    const datetime = '2026-05-01/2026-05-02';
    expect((await ask('bouchebka', { datetime })).hours.closed).toBe(48);
    await service.api
      .post(`/v1/crossings/bouchebka/status/${id}/withdrawal`)
      .set(as(keyOf('TUN', 'operator')))
      .send({ reason: 'A mistake' })
      .expect(200);
    expect((await ask('bouchebka', { datetime })).hours.open).toBe(48);
  });

  test.each(['2026-05-01/..', '../2026-05-01', '2026-05-01T00:00:00Z', '2020-01-01/2026-01-01'])(
    'of %s is refused',
    async (datetime) => {
      const { body } = await service.api
        .get('/v1/crossings/bouchebka/availability')
        .query({ datetime })
        .expect(400);
      expect(body.detail).toMatch(/datetime.*both ends/);
    },
  );

  test('of a missing crossing is 404', () =>
    service.api
      .get('/v1/crossings/nowhere/availability')
      .query({ datetime: '2026-05-01/2026-05-02' })
      .expect(404));
});

// Mulberry32: the same statements in each run
const random = (seed: number) => () => {
  seed += 0x6d2b79f5;
  let t = Math.imul(seed ^ (seed >>> 15), seed | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

describe.each([1, 2, 3])('after random statements (%i)', (seed) => {
  const next = random(seed);
  const one = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)]!;
  const START = Date.parse('2026-02-01T00:00:00Z');
  const instant = () => new Date(START + Math.floor(next() * 28 * 96) * 900_000);
  const crossing = ['tarat', 'tin-alkoum-issin', 'debdeb-ghadames'][seed - 1]!;
  const clock = () => `${String(Math.floor(next() * 24)).padStart(2, '0')}:${one(['00', '30'])}`;
  const hours = () => ({
    weekly: [0, 1].map(() => ({
      days: ALL_DAYS.filter(() => next() < 0.5).concat('mon'),
      opens: clock(),
      closes: clock(),
    })),
    exceptions: [
      {
        from: '2026-02-10',
        to: '2026-02-11',
        open: next() < 0.5 ? [] : [{ opens: clock(), closes: clock() }],
      },
    ],
  });

  beforeAll(async () => {
    for (let n = 0; n < 25; n++) {
      const from = instant();
      await state(crossing, one(['DZA', 'LBY'] as const), {
        ...(next() < 0.3 ? { hours: hours() } : { state: one(['open', 'restricted', 'closed', 'unknown']) }),
        ...(next() < 0.4 && { entering: one(['DZA', 'LBY']) }),
        ...(next() < 0.5 && { traffic: one(['goods', 'passengers', ['goods', 'livestock']]) }),
        from: from.toISOString(),
        ...(next() < 0.5 && {
          to: new Date(from.getTime() + 3600_000 * (1 + Math.floor(next() * 200))).toISOString(),
        }),
      });
    }
  });

  test('the state at each instant is that of the period around it', async () => {
    const answer = await ask(crossing, { datetime: '2026-02-01/2026-02-28' });
    const bounds = answer.periods.map(({ from, to }: { from: string; to: string }) => [from, to]);
    // without gaps, and each one differs from the one before
    expect(bounds.slice(1).map(([from]: string[]) => from)).toEqual(
      bounds.slice(0, -1).map(([, to]: string[]) => to),
    );
    const total = Object.values(answer.hours as Record<string, number>).reduce((sum, one) => sum + one, 0);
    expect(total).toBeCloseTo(28 * 24, 2);
    const instants = [
      ...Array.from({ length: 200 }, () => instant().toISOString()),
      ...bounds.flat().slice(0, -1),
    ];
    const rows = await service.db.query<{ state: string }>(
      ANONYMOUS,
      sql`SELECT tripoint.crossing_state(${crossing}, t::timestamptz) AS state
        FROM unnest(${instants}::text[]) WITH ORDINALITY AS i (t, n) ORDER BY n`,
    );
    const around = (at: string) =>
      answer.periods.find(
        ({ from, to }: { from: string; to: string }) =>
          Date.parse(from) <= Date.parse(at) && Date.parse(at) < Date.parse(to),
      ).state;
    expect(rows.map(({ state }) => state)).toEqual(instants.map(around));
    expect(new Set(answer.periods.map(({ state }: { state: string }) => state)).size).toBeGreaterThan(1);
  });

  test('each row of the table at each instant is that of the period around it', async () => {
    const rows = await service.db.query<{ said: string; kept: string }>(
      ANONYMOUS,
      sql`SELECT t.state AS said, CASE WHEN p.open @> i.at THEN 'open' WHEN p.restricted @> i.at THEN 'restricted'
            WHEN p.closed @> i.at THEN 'closed' ELSE 'unknown' END AS kept
          FROM unnest(${Array.from({ length: 40 }, () => instant().toISOString())}::timestamptz[]) AS i (at)
          CROSS JOIN crossing_side AS d
          CROSS JOIN LATERAL tripoint.side_table(d.crossing, d.country, i.at) AS t
          JOIN LATERAL tripoint.side_periods(d.crossing, d.country, tstzrange('2026-02-01Z', '2026-03-01Z')) AS p
            ON p.entering = t.entering AND p.traffic = t.traffic
          WHERE d.crossing = ${crossing}`,
    );
    expect(rows).toHaveLength(40 * 36);
    expect(rows.filter(({ said, kept }) => said !== kept)).toEqual([]);
  });
});
