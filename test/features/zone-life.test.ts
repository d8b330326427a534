import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { area as areaOf } from '@turf/turf';
import { anIncident, aSquare, aZone } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const operator = () => as(keyOf('DZA', 'operator'));
const create = (body: object, headers = operator()) => service.api.post('/v1/zones').set(headers).send(body);
const preview = (body: object) => service.api.post('/v1/zones/preview').set(operator()).send(body);
const strip = { border: 'DZA-TUN', fromKm: 310, toKm: 420, widthMetres: 15_000, side: 'both' };

describe('a zone', () => {
  test('equals its preview', async () => {
    const { body: seen } = await preview(aZone({ derivedFrom: strip })).expect(200);
    const { body: zone, headers } = await create(aZone({ derivedFrom: strip })).expect(201);
    expect(zone.geometry).toEqual(seen.geometry);
    expect(zone.properties).toMatchObject({
      state: 'draft',
      revision: 1,
      country: 'DZA',
      derivedFrom: strip,
      areaKm2: seen.properties.areaKm2,
    });
    expect((await service.api.get(headers.location!).set(operator())).body).toEqual(zone);
    // turf is spherical: good to half a percent
    expect(areaOf(zone.geometry) / 1e6 / zone.properties.areaKm2).toBeCloseTo(1, 2);
  });

  test('on one side is only in that country', async () => {
    const { body } = await preview(aZone({ derivedFrom: { ...strip, side: 'TUN' } })).expect(200);
    expect(body.properties.countries.map((one: { country: string }) => one.country)).toEqual(['TUN']);
  });

  test('shows its content in its preview', async () => {
    await service.api
      .post('/v1/incidents')
      .set(operator())
      .send(anIncident({ at: [8.42, 35.2], occurredAt: new Date(Date.now() - 86_400_000).toISOString() }))
      .expect(201);
    const { body } = await preview(aZone({ derivedFrom: strip })).expect(200);
    const { areaKm2, countries, borders, segments, crossings, incidentsLast90Days } = body.properties;
    expect(countries.reduce((sum: number, one: { areaKm2: number }) => sum + one.areaKm2, 0)).toBeCloseTo(
      areaKm2,
      0,
    );
    expect(borders[0].border).toBe('DZA-TUN');
    expect(borders[0].stretches[0].fromKm).toBeLessThanOrEqual(310);
    expect(borders[0].stretches[0].toKm).toBeGreaterThanOrEqual(420);
    expect(segments).toEqual(expect.arrayContaining(['DZA-TUN-07', 'DZA-TUN-08', 'DZA-TUN-09']));
    expect(crossings.map((one: { id: string }) => one.id)).toContain('bouchebka');
    expect(incidentsLast90Days).toBe(1);
  });

  test('around a crossing is a disc, clipped to the participants', async () => {
    const rule = { crossing: 'ras-ajdir', radiusMetres: 10_000 };
    const { body } = await service.api
      .post('/v1/zones/preview')
      .set(as(keyOf('TUN', 'operator')))
      .send(aZone({ participants: ['LBY', 'TUN'], derivedFrom: rule }))
      .expect(200);
    expect(body.properties.areaKm2).toBeGreaterThan(250);
    expect(body.properties.areaKm2).toBeLessThan(Math.PI * 100 + 0.1);
  });

  test('changes by a new revision, and the old one stays readable', async () => {
    const zone = await agreeZone(service.api, 'DZA', { derivedFrom: strip });
    const path = `/v1/zones/${zone.id}`;
    const change = { properties: { participants: ['DZA'], purpose: 'Watch alone' } };
    const { body: changed } = await service.api.patch(path).set(operator()).send(change).expect(200);
    expect(changed.properties).toMatchObject({ revision: 2, participants: ['DZA'], purpose: 'Watch alone' });
    expect(changed.properties.areaKm2).toBeLessThan(zone.properties.areaKm2);
    const { body: old } = await service.api.get(`${path}/revisions/1`).set(operator()).expect(200);
    expect(old.geometry).toEqual(zone.geometry);
    const { body: revisions } = await service.api.get(`${path}/revisions`).set(operator()).expect(200);
    expect(
      revisions.features.map((one: { properties: { revision: number } }) => one.properties.revision),
    ).toEqual([1, 2]);
  });

  test('that is withdrawn leaves the list, contains no incidents, and stays readable', async () => {
    const zone = await agreeZone(service.api, 'DZA', { geometry: aSquare([8.42, 35.2]) });
    const incidents = `/v1/zones/${zone.id}/incidents`;
    expect((await service.api.get(incidents).set(operator())).body.features.length).toBeGreaterThan(0);
    await service.api.delete(`/v1/zones/${zone.id}`).set(operator()).expect(204);
    expect((await service.api.get(incidents).set(operator())).body.features).toEqual([]);
    const { body: list } = await service.api.get('/v1/zones?limit=1000').set(operator());
    expect(list.features.map((one: { id: string }) => one.id)).not.toContain(zone.id);
    expect((await service.api.get(`/v1/zones/${zone.id}`).set(operator())).body.properties.state).toBe(
      'withdrawn',
    );
    await service.api
      .patch(`/v1/zones/${zone.id}`)
      .set(operator())
      .send({ properties: { purpose: 'x' } })
      .expect(409);
  });

  test('is visible to its participants, and does not exist for others', async () => {
    const zone = await agreeZone(service.api, 'DZA');
    const path = `/v1/zones/${zone.id}`;
    await service.api
      .get(path)
      .set(as(keyOf('TUN', 'reader')))
      .expect(200);
    await service.api
      .get(path)
      .set(as(keyOf('LBY', 'admin')))
      .expect(404);
    await service.api.get(`${path}/incidents`).expect(404);
    await service.api
      .patch(path)
      .set(as(keyOf('LBY', 'operator')))
      .send({ properties: { purpose: 'x' } })
      .expect(404);
    await service.api
      .patch(path)
      .set(as(keyOf('TUN', 'operator')))
      .send({ properties: { purpose: 'x' } })
      .expect(403);
  });

  test('of the reference data past its validity is expired', async () => {
    const { body } = await service.api.get('/v1/zones/tun-buffer-2013-part-1').expect(200);
    expect(body.properties).toMatchObject({ state: 'expired', validTo: '2026-08-29T00:00:00Z' });
  });
});

describe('what is refused', () => {
  const bowTie = {
    type: 'Polygon',
    coordinates: [
      [
        [8, 34],
        [9, 35],
        [9, 34],
        [8, 35],
        [8, 34],
      ],
    ],
  };
  const threePoints = {
    type: 'Polygon',
    coordinates: [
      [
        [8, 34],
        [9, 35],
        [8, 34],
      ],
    ],
  };
  const cases: [what: string, body: object, status: number, words: RegExp][] = [
    ['a polygon that crosses itself', aZone({ geometry: bowTie }), 422, /8\.5.*34\.5/],
    ['a ring of three points', aZone({ geometry: threePoints }), 400, /at least 4/],
    ['neither geometry nor rule', aZone({ derivedFrom: undefined }), 400, /either/],
    ['both geometry and rule', aZone({ geometry: aSquare([8, 35]), derivedFrom: strip }), 400, /not both/],
    [
      'an unknown segment',
      aZone({ derivedFrom: { segment: 'DZA-TUN-99', widthMetres: 1000, side: 'both' } }),
      422,
      /no area/,
    ],
    [
      'a stretch that runs backwards',
      aZone({ derivedFrom: { ...strip, fromKm: 420, toKm: 310 } }),
      422,
      /toKm/,
    ],
    [
      'a stretch beyond the end of the border',
      aZone({ derivedFrom: { ...strip, fromKm: 2000, toKm: 2100 } }),
      422,
      /no area/,
    ],
    [
      'a side that the border has not',
      aZone({ participants: ['DZA', 'TUN', 'LBY'], derivedFrom: { ...strip, side: 'LBY' } }),
      422,
      /side/,
    ],
    ['participants without the own country', aZone({ participants: ['LBY', 'TUN'] }), 422, /own country/],
    ['an end before the start', aZone({ validFrom: '2026-02-01', validTo: '2026-01-01' }), 422, /validTo/],
    ['an unknown property', aZone({ state: 'active' }), 400, /state/],
    ['a purpose with a phone number', aZone({ purpose: 'Call +213 661 22 33 44' }), 422, /phone/],
  ];
  test.each(cases)('%s', async (_what, body, status, words) => {
    const { body: problem } = await create(body).expect(status);
    expect(problem.detail).toMatch(words);
  });

  test('creating a zone without a key, or as a reporter', async () => {
    await service.api.post('/v1/zones').send(aZone()).expect(401);
    await create(aZone(), as(keyOf('DZA', 'reporter'))).expect(403);
  });
});
