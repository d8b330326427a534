import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aSquare, aZone } from '../support/builders.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const operator = as(keyOf('TUN', 'operator'));

describe('a zone is refused, and its preview too, with', () => {
  const ring = aSquare([8.3, 35.1]).coordinates[0]!;
  const polygon = (...rings: number[][][]) => ({ geometry: { type: 'Polygon', coordinates: rings } });
  const circle = (vertices: number) =>
    Array.from({ length: vertices }, (_, i) => {
      const angle = (i % (vertices - 1)) * ((2 * Math.PI) / (vertices - 1));
      return [8 + Math.cos(angle), 35 + Math.sin(angle)];
    });
  const rule = { derivedFrom: { crossing: 'bouchebka', radiusMetres: 5000 } };

  const cases: [what: string, change: object, status: number, words: RegExp][] = [
    [
      'a ring that crosses itself',
      polygon([
        [8, 35],
        [8.2, 35.2],
        [8.2, 35],
        [8, 35.2],
        [8, 35],
      ]),
      422,
      /crosses itself near \[8\.1, 35\.1\]/,
    ],
    [
      'an area wider than its size can be told',
      polygon([
        [-100, 20],
        [100, 20],
        [100, 35],
        [-100, 35],
        [-100, 20],
      ]),
      422,
      /at most 90 degrees of longitude, this one reaches from -100 to 100/,
    ],
    [
      'a ring of three points',
      polygon([
        [8, 35],
        [8.2, 35.2],
        [8, 35],
      ]),
      400,
      /at least 4 positions.*3/,
    ],
    ['a ring that is not closed', polygon([...ring.slice(0, 4), [8.3, 35]]), 400, /not closed.*\[8\.2, 35\]/],
    [
      'a ring in one line',
      polygon([
        [8, 35],
        [8.1, 35.1],
        [8.2, 35.2],
        [8, 35],
      ]),
      422,
      /one line/,
    ],
    ['a hole outside', polygon(ring, aSquare([9, 36]).coordinates[0]!), 422, /hole 1.*outside/],
    [
      'a hole that cuts the area in two',
      polygon(
        [
          [8, 35],
          [9, 35],
          [9, 36],
          [8, 36],
          [8, 35],
        ],
        [
          [8.5, 35],
          [8.3, 35.5],
          [8.5, 36],
          [8.7, 35.5],
          [8.5, 35],
        ],
      ),
      422,
      /rings/,
    ],
    ['more than 10,000 vertices', polygon(circle(10_001)), 400, /10000.*10001/],
    [
      'a longitude of 181',
      polygon([
        [181, 35],
        [182, 35],
        [182, 36],
        [181, 35],
      ]),
      400,
      /181/,
    ],
    [
      'a point for an area',
      { geometry: { type: 'Point', coordinates: [8, 35] } },
      400,
      /Polygon or MultiPolygon.*Point/,
    ],
    ['both a geometry and a rule', { ...polygon(ring), ...rule }, 400, /either a geometry or a rule/],
    [
      'neither a geometry nor a rule',
      { geometry: null, derivedFrom: undefined },
      400,
      /either a geometry or a rule/,
    ],
    ['no English name', { names: { fr: 'Zone' } }, 400, /names\.en.*required/],
    ['an unknown language', { names: { en: 'Zone', de: 'Zone' } }, 400, /names\.de/],
    ['an unknown kind', { kind: 'ambush' }, 400, /kind.*ambush/],
    ['no purpose', { purpose: '' }, 400, /purpose/],
    ['no participants', { participants: [] }, 400, /participants/],
    ['a participant twice', { participants: ['TUN', 'TUN'] }, 400, /participants.*once/],
    ['a participant from elsewhere', { participants: ['TUN', 'MAR'] }, 400, /participants.*MAR/],
    [
      'participants without the own country',
      { participants: ['DZA', 'LBY'] },
      422,
      /participants.*TUN must take part/,
    ],
    ['an end before its beginning', { validFrom: '2026-02-01', validTo: '2026-01-01' }, 422, /validTo/],
    ['a day that does not exist', { validFrom: '2026-02-30' }, 400, /validFrom.*2026-02-30/],
    ['RED and other participants', { tlp: 'RED' }, 422, /tlp.*RED/],
    ['a release without AMBER', { tlp: 'GREEN', releasableTo: ['LBY'] }, 422, /releasableTo.*AMBER/],
    ['a phone number', { purpose: 'Call +216 22 345 678' }, 422, /purpose.*phone/],
    ['an unknown property', { commander: 'x' }, 400, /commander.*known are names/],
    ['a state of its own', { state: 'draft' }, 400, /state.*not known/],
  ];
  test.each(cases)('%s', async (_what, change, status, words) => {
    for (const path of ['/v1/zones', '/v1/zones/preview']) {
      const zone = aZone({ geometry: aSquare([8.3, 35.1]), ...change });
      const { body } = await service.api.post(path).set(operator).send(zone).expect(status);
      expect(body.detail).toMatch(words);
      expect(body.detail).not.toMatch(/345 678/);
    }
  });
});

test('creating a zone without a key, and with the wrong role', async () => {
  for (const path of ['/v1/zones', '/v1/zones/preview']) {
    await service.api.post(path).send(aZone()).expect(401);
    for (const role of ['reader', 'reporter', 'coordinator', 'auditor', 'admin'] as const)
      await service.api
        .post(path)
        .set(as(keyOf('TUN', role)))
        .send(aZone())
        .expect(403);
  }
});
