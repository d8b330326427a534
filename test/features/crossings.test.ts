import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GeoJsonProperties } from 'geojson';
import { crossingOf, idsOf, reference } from '../support/builders.reference.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const list = async (query: Record<string, string>) =>
  (await service.api.get('/v1/crossings').query(query).expect(200)).body.features;

const { crossings } = reference;
const where = (isWanted: (properties: NonNullable<GeoJsonProperties>) => boolean) =>
  idsOf(crossings.filter(({ properties }) => isWanted(properties)));

test('the list holds every crossing with place, chainage and both sides', async () => {
  const features = await list({});
  expect(idsOf(features)).toEqual(idsOf(crossings));
  for (const { id, geometry, properties } of features) {
    const known = crossingOf(id);
    expect(geometry).toEqual(known.geometry);
    const { names, aliases, kind, border, segment, borderKm } = known.properties;
    expect(properties).toMatchObject({ names, aliases, kind, border, segment, borderKm });
    const sides = known.properties.sides.map(({ country, names }: { country: string; names: object }) => ({
      country,
      names,
    }));
    expect(properties.sides).toMatchObject(sides);
  }
});

test('one crossing also shows the statements of each side', async () => {
  const { body } = await service.api.get('/v1/crossings/debdeb-ghadames').expect(200);
  const { status } = crossingOf('debdeb-ghadames').properties;
  expect(body.properties.sides).toHaveLength(2);
  for (const { statements } of body.properties.sides)
    expect(statements).toMatchObject([
      { state: 'restricted', traffic: ['goods'], reason: status.note, source: status.source },
    ]);
});

test('the list with statements has each crossing as it is read alone, also at an instant', async () => {
  for (const at of [{}, { at: '2026-01-31T12:00:00Z' }]) {
    const features: { id: string; properties: object }[] = await list({ include: 'statements', ...at });
    expect(idsOf(features)).toEqual(idsOf(crossings));
    for (const { id, properties } of features) {
      const { body } = await service.api.get(`/v1/crossings/${id}`).query(at).expect(200);
      const { status, ...alone } = body.properties;
      expect(properties).toMatchObject({ ...alone, status: { state: status.state } });
    }
  }
  await service.api.get('/v1/crossings?include=tables').expect(400);
});

describe('a filter', () => {
  const cases: [query: Record<string, string>, ids: string[]][] = [
    [{ border: 'LBY-TUN' }, ['dehiba-wazin', 'ras-ajdir']],
    [{ country: 'LBY' }, where(({ border }) => border.includes('LBY'))],
    [{ segment: 'DZA-TUN-03' }, ['ouled-moumen-ghardimaou', 'souk-ahras-ghardimaou-rail']],
    [{ kind: 'rail' }, ['souk-ahras-ghardimaou-rail']],
    [{ kind: 'rail,track' }, ['souk-ahras-ghardimaou-rail', 'tarat']],
    [{ state: 'closed' }, where(({ status }) => status.state === 'closed')],
    [{ state: 'closed,restricted', border: 'DZA-LBY' }, where(({ border }) => border === 'DZA-LBY')],
    [
      { bbox: '8.2,36,8.5,37' },
      ['el-haddada-sakiet-sidi-youssef', 'ouled-moumen-ghardimaou', 'souk-ahras-ghardimaou-rail'],
    ],
    [{ border: 'DZA-TUN', country: 'LBY' }, []],
    [{ segment: 'DZA-TUN-99' }, []],
  ];
  test.each(cases)('%j keeps only its matches', async (query, ids) => {
    expect(idsOf(await list(query))).toEqual(ids);
  });

  test('by state uses the requested instant', async () => {
    expect(idsOf(await list({ state: 'unknown', at: '2022-05-31T23:59:59Z' }))).toEqual(idsOf(crossings));
    const known = where(({ status }) => status.asOf <= '2022-07');
    expect(idsOf(await list({ state: 'open', at: '2022-07-01' }))).toEqual(known);
  });

  test.each([
    ['kind=bridge', /kind.*road, rail, track, pedestrian.*bridge/],
    ['state=ajar', /state.*open, restricted, closed, unknown.*ajar/],
    ['country=FRA', /country.*DZA, LBY, TUN.*FRA/],
    ['at=yesterday', /at.*yesterday/],
    ['at=2026-02-30', /at.*2026-02-30/],
    ['colour=red', /colour.*not known/],
    ['border=DZA-TUN&border=LBY-TUN', /border.*once/],
  ])('%s is refused', async (query, words) => {
    const { body } = await service.api.get(`/v1/crossings?${query}`).expect(400);
    expect(body.detail).toMatch(words);
  });
});

test('the state is unknown before the first statement', async () => {
  const stateAt = async (at: string) =>
    (await service.api.get('/v1/crossings/tarat').query({ at }).expect(200)).body.properties.status;
  expect(await stateAt('2023-11-30T23:59:59Z')).toEqual({ state: 'unknown', at: '2023-11-30T23:59:59Z' });
  expect(await stateAt('2023-12-01T01:00:00+01:00')).toEqual({ state: 'closed', at: '2023-12-01T00:00:00Z' });
});

test('a missing crossing is 404, a malformed id 400', async () => {
  await service.api.get('/v1/crossings/ras-el-hanout').expect(404);
  await service.api.get('/v1/crossings/Ras%20Ajdir').expect(400);
});
