import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CountryCode } from '../../src/core/caller.ts';
import { agreeCritical, assess } from '../support/impact.ts';
import { decideJoint } from '../support/proposals.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const headersOf = (country: CountryCode | undefined) => (country ? as(keyOf(country, 'reader')) : {});
const get = async (path: string, country: CountryCode | undefined) =>
  (await service.api.get(`/v1${path}`).set(headersOf(country)).expect(200)).body;
const levelsOf = async (segment: string, country: CountryCode | undefined) => {
  const { properties, geometry } = await get(`/collections/impact/items/${segment}`, country);
  expect(geometry.type).toBe('LineString');
  return [properties.impactLevel, properties.levelDza, properties.levelTun];
};

test('the layer shows each caller the level that it sees, side by side', async () => {
  const segment = 'DZA-TUN-01';
  await assess(service, 'DZA', segment, { level: 'low', tlp: 'CLEAR' });
  await assess(service, 'TUN', segment, { level: 'high', tlp: 'AMBER', releasableTo: ['DZA'] });
  expect(await levelsOf(segment, undefined)).toEqual(['low', 'low', null]);
  expect(await levelsOf(segment, 'LBY')).toEqual(['low', 'low', null]);
  expect(await levelsOf(segment, 'DZA')).toEqual(['high', 'low', 'high']);
  const found = await get(`/collections/impact/items?level=high&border=DZA-TUN`, 'DZA');
  expect(found.features.map(({ id }: { id: string }) => id)).toEqual([segment]);
  const filter = encodeURIComponent("impactLevel = 'high'");
  expect((await get(`/collections/impact/items?filter=${filter}`, 'LBY')).features).toEqual([]);
});

test('a copy that follows the feed is the layer, for each caller', async () => {
  const callers = ['DZA', 'LBY', 'TUN', undefined] as const;
  const starts = new Map<CountryCode | undefined, string>();
  const copies = new Map<CountryCode | undefined, Map<string, unknown>>();
  const layer = async (country: CountryCode | undefined) =>
    new Map<string, unknown>(
      (await get('/collections/impact/items?limit=1000', country)).features.map(
        ({ id, properties }: { id: string; properties: unknown }) => [id, properties],
      ),
    );
  for (const country of callers) {
    starts.set(country, (await get('/changes?collections=impact', country)).cursor);
    copies.set(country, await layer(country));
  }
  await assess(service, 'TUN', 'DZA-TUN-02', { level: 'medium', tlp: 'GREEN' });
  await assess(service, 'TUN', 'DZA-TUN-02', { level: 'high' });
  await assess(service, 'DZA', 'DZA-TUN-03', { level: 'low', tlp: 'CLEAR' });
  const critical = await agreeCritical(service, 'DZA-TUN-03');
  await agreeCritical(service, 'DZA-LBY-02', { tlp: 'CLEAR' });
  await decideJoint(service, critical, 'TUN', { decision: 'withdraw' }).expect(201);
  for (const country of callers) {
    const copy = copies.get(country)!;
    const { changes } = await get(
      `/changes?collections=impact&include=feature&limit=1000&after=${starts.get(country)}`,
      country,
    );
    for (const { id, op, feature } of changes)
      if (op === 'remove') copy.delete(id);
      else copy.set(id, feature.properties);
    expect(changes.length).toBeGreaterThan(0);
    expect([...copy]).toEqual(expect.arrayContaining([...(await layer(country))]));
  }
});
