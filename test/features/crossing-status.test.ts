import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CountryCode } from '../../src/core/caller.ts';
import { nextOf, readPages } from '../support/builders.pages.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const operator = (country: CountryCode) => as(keyOf(country, 'operator'));
const post = (crossing: string, body: object, headers: Record<string, string> = operator('TUN')) =>
  service.api.post(`/v1/crossings/${crossing}/status`).set(headers).send(body);
const state = async (crossing: string, country: CountryCode, body: object) =>
  (await post(crossing, body, operator(country)).expect(201)).body;
const read = async (crossing: string, at?: string) =>
  (await service.api.get(`/v1/crossings/${crossing}`).query({ at }).expect(200)).body.properties;
const effective = async (crossing: string, at?: string) => (await read(crossing, at)).status.state;
const history = async (crossing: string, query = {}) =>
  (await service.api.get(`/v1/crossings/${crossing}/status`).query(query).expect(200)).body.statements;

describe('a statement', () => {
  test('is by default for the own side, all traffic and from now on', async () => {
    const before = Date.now();
    const { body, headers } = await post('ras-el-aioun-haidra', { state: 'open' }).expect(201);
    expect(body).toMatchObject({
      crossing: 'ras-el-aioun-haidra',
      country: 'TUN',
      entering: null,
      hours: null,
      withdrawn: null,
      traffic: [],
      to: null,
      agency: agencyOf(keyOf('TUN', 'operator')),
    });
    expect(Math.abs(Date.parse(body.from) - before)).toBeLessThan(60_000);
    const { body: page } = await service.api.get(headers.location!).expect(200);
    expect(page.statements[0]).toEqual(body);
  });

  test('for the other side is refused, and so is one by a country that has no side there', async () => {
    const other = await post('bouchebka', { state: 'closed', country: 'DZA' }).expect(403);
    expect(other.body.detail).toMatch(/TUN.*not for DZA/);
    const third = await post('bouchebka', { state: 'closed' }, operator('LBY')).expect(403);
    expect(third.body.detail).toMatch(/bouchebka has no side of LBY/);
    expect(await effective('bouchebka')).toBe('open');
  });

  test('needs a key, and the role of an operator', async () => {
    await post('bouchebka', { state: 'closed' }, {}).expect(401);
    for (const role of ['reader', 'reporter', 'coordinator', 'auditor', 'admin'] as const)
      await post('bouchebka', { state: 'closed' }, as(keyOf('TUN', role))).expect(403);
  });

  test('about a missing crossing is 404', () => post('nowhere', { state: 'open' }).expect(404));

  test('returns times in UTC and traffic as a list', async () => {
    const said = { state: 'open', traffic: 'goods', from: '2026-03-01T10:00:00+02:00', to: '2026-03-02' };
    expect(await state('ras-el-aioun-haidra', 'TUN', said)).toMatchObject({
      traffic: ['goods'],
      from: '2026-03-01T08:00:00Z',
      to: '2026-03-02T00:00:00Z',
    });
  });

  const refused: [what: string, body: object, status: number, words: RegExp][] = [
    ['no state', {}, 422, /either state or hours/],
    ['an unknown state', { state: 'ajar' }, 400, /state.*ajar/],
    ['an unknown country', { state: 'open', entering: 'FRA' }, 400, /entering.*FRA/],
    ['a country elsewhere', { state: 'open', entering: 'LBY' }, 422, /entering.*bouchebka: DZA or TUN/],
    ['an unknown class of traffic', { state: 'open', traffic: ['camels'] }, 400, /traffic/],
    ['an unknown property', { state: 'open', officer: 'x' }, 400, /officer/],
    [
      'an end at its beginning',
      { state: 'open', from: '2026-01-01', to: '2026-01-01' },
      422,
      /to.*2026-01-01/,
    ],
    ['an end in the past and no beginning', { state: 'closed', to: '2020-01-01' }, 422, /body to/],
    ['a time without offset', { state: 'open', from: '2026-01-01T00:00:00' }, 400, /from/],
    ['a phone number', { state: 'open', reason: 'Ask +216 22 345 678' }, 422, /reason.*phone/],
    ['a NUL', { state: 'open', reason: 'a\0b' }, 400, /reason.*NUL/],
  ];
  test.each(refused)('with %s is refused', async (_what, body, status, words) => {
    const answer = await post('bouchebka', body).expect(status);
    expect(answer.body.detail).toMatch(words);
    expect(answer.body.detail).not.toMatch(/345 678/);
  });
});

describe('the stricter of the two sides counts', () => {
  const cases: [one: string, other: string, together: string][] = [
    ['open', 'open', 'open'],
    ['open', 'unknown', 'unknown'],
    ['unknown', 'restricted', 'restricted'],
    ['restricted', 'open', 'restricted'],
    ['restricted', 'closed', 'closed'],
    ['closed', 'open', 'closed'],
    ['unknown', 'closed', 'closed'],
  ];
  test.each(cases)('%s and %s make %s', async (one, other, together) => {
    await state('el-meridj-kalaat-senan', 'DZA', { state: one });
    await state('el-meridj-kalaat-senan', 'TUN', { state: other });
    const { status, sides } = await read('el-meridj-kalaat-senan');
    expect(status.state).toBe(together);
    expect(sides).toMatchObject([
      { country: 'DZA', state: one },
      { country: 'TUN', state: other },
    ]);
  });
});

describe('a closure for a time', () => {
  test('holds from its start until just before its end, and the earlier state holds after it', async () => {
    const period = { from: '2026-05-01T06:00:00Z', to: '2026-05-01T18:00:00Z' };
    await state('betita-tamaghza', 'DZA', { state: 'closed', reason: 'Flooded road', ...period });
    expect(await effective('betita-tamaghza', '2026-05-01T05:59:59Z')).toBe('open');
    expect(await effective('betita-tamaghza', '2026-05-01T06:00:00Z')).toBe('closed');
    expect(await effective('betita-tamaghza', '2026-05-01T17:59:59Z')).toBe('closed');
    expect(await effective('betita-tamaghza', '2026-05-01T18:00:00Z')).toBe('open');
    expect(await effective('betita-tamaghza')).toBe('open');
  });

  test('shows in the list at that instant only', async () => {
    const period = { from: '2026-06-01T06:00:00Z', to: '2026-06-01T18:00:00Z' };
    await state('el-aioun-babouch', 'TUN', { state: 'closed', ...period });
    const closed = async (at: string) => {
      const { body } = await service.api
        .get('/v1/crossings')
        .query({ border: 'DZA-TUN', state: 'closed', at });
      return body.features.map(({ id }: { id: string }) => id);
    };
    expect(await closed('2026-06-01T12:00:00Z')).toEqual(['el-aioun-babouch']);
    expect(await closed('2026-06-01T18:00:00Z')).toEqual([]);
  });

  test('in the future does not change the crossing now', async () => {
    await state('betita-tamaghza', 'TUN', { state: 'closed', from: '2100-01-01', to: '2100-01-02' });
    expect(await effective('betita-tamaghza')).toBe('open');
    expect(await effective('betita-tamaghza', '2100-01-01T12:00:00Z')).toBe('closed');
  });
});

describe('a narrower statement', () => {
  test.each([
    ['some traffic', { traffic: ['goods', 'hazardous_goods'] }],
    ['one direction', { entering: 'TUN' }],
  ])(
    'that closes %s makes an open side restricted, until one about everything follows',
    async (_what, part) => {
      await state('taleb-larbi-hazoua', 'TUN', { state: 'open' });
      await state('taleb-larbi-hazoua', 'TUN', { state: 'closed', ...part });
      expect(await effective('taleb-larbi-hazoua')).toBe('restricted');
      const { sides } = await read('taleb-larbi-hazoua');
      expect(sides[1].statements).toMatchObject([
        { state: 'closed', ...part },
        { state: 'open', traffic: [] },
      ]);
      await state('taleb-larbi-hazoua', 'TUN', { state: 'open' });
      expect(await effective('taleb-larbi-hazoua')).toBe('open');
      expect((await read('taleb-larbi-hazoua')).sides[1].statements).toHaveLength(1);
    },
  );

  test('is replaced by the next one about the same traffic', async () => {
    await state('ouled-moumen-ghardimaou', 'DZA', { state: 'closed', traffic: ['livestock'] });
    expect(await effective('ouled-moumen-ghardimaou')).toBe('restricted');
    await state('ouled-moumen-ghardimaou', 'DZA', { state: 'open', traffic: ['livestock'] });
    expect(await effective('ouled-moumen-ghardimaou')).toBe('open');
  });
});

test('a late statement counts at its own time, not against newer ones', async () => {
  const crossing = 'el-haddada-sakiet-sidi-youssef';
  await state(crossing, 'DZA', { state: 'open', from: '2026-04-10' });
  await state(crossing, 'DZA', { state: 'closed', from: '2026-04-01' });
  expect(await effective(crossing, '2026-04-05')).toBe('closed');
  expect(await effective(crossing, '2026-04-10')).toBe('open');
});

describe('the history', () => {
  const crossing = 'dehiba-wazin';
  const dates = ['2026-01-05', '2026-01-01', '2026-01-04', '2026-01-02', '2026-01-03'];

  test('keeps every statement of both sides, newest first, in pages', async () => {
    const [oldest] = (await history(crossing)).slice(-1);
    const made = [];
    for (const from of dates) {
      made.push(await state(crossing, 'TUN', { state: 'restricted', from }));
      made.push(await state(crossing, 'LBY', { state: 'open', from }));
    }
    const pages = await readPages(service.api, `/v1/crossings/${crossing}/status?limit=3`);
    const all = pages.flatMap(({ statements }) => statements);
    expect(pages.slice(0, -1).every(({ statements }) => statements.length === 3)).toBe(true);
    expect(all).toHaveLength(made.length + 2);
    for (const one of made) expect(all).toContainEqual(one);
    expect(all.at(-1)).toEqual(oldest);
    const times = all.map(({ from }) => from);
    expect(times).toEqual([...times].sort().reverse());
  });

  test('can be filtered by side and period', async () => {
    const said = { state: 'closed', from: '2026-02-01', to: '2026-02-02' };
    const closure = await state(crossing, 'LBY', said);
    expect(await history(crossing, { country: 'TUN', limit: '100' })).not.toContainEqual(closure);
    expect(await history(crossing, { country: 'LBY', datetime: '2026-02-01T12:00:00Z' })).toContainEqual(
      closure,
    );
    expect(await history(crossing, { datetime: '2026-01-30/2026-01-31' })).not.toContainEqual(closure);
    expect(await history(crossing, { datetime: '2026-01-30/2026-02-01' })).toContainEqual(closure);
    expect(await history(crossing, { datetime: '2026-02-01T23:59:59Z/..' })).toContainEqual(closure);
    // it ends before midnight
    expect(await history(crossing, { datetime: '2026-02-02' })).not.toContainEqual(closure);
  });

  test('of an unknown crossing is 404', () => service.api.get('/v1/crossings/nowhere/status').expect(404));

  test('refuses the cursor of another list', async () => {
    const { body } = await service.api.get('/v1/segments?limit=1').expect(200);
    const cursor = new URL(nextOf(body)!, 'http://x').searchParams.get('cursor')!;
    await service.api.get(`/v1/crossings/${crossing}/status`).query({ cursor }).expect(400);
  });
});
