import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { idsOf, reference } from '../support/builders.reference.ts';
import { aSquare, aZone } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const operator = as(keyOf('TUN', 'operator'));
const post = (zone: object, headers: Record<string, string> = operator) =>
  service.api.post('/v1/zones').set(headers).send(zone);
const create = (change: object = {}) =>
  agreeZone(service.api, 'TUN', { geometry: aSquare([8.3, 35.1]), ...change });
const statusOf = async (id: string, headers: Record<string, string>) =>
  (await service.api.get(`/v1/zones/${id}`).set(headers)).status;
const list = async (query: Record<string, string>, headers: Record<string, string> = operator) =>
  (
    await service.api
      .get('/v1/zones')
      .query({ limit: '1000', ...query })
      .set(headers)
      .expect(200)
  ).body.features;

describe('the zones of the reference data', () => {
  test('are public, and expired since their last day', async () => {
    const { body } = await service.api.get('/v1/zones').expect(200);
    expect(idsOf(body.features)).toEqual(idsOf(reference.zones));
    for (const { id, properties } of body.features) {
      const { names, kind, legalAct } = reference.zones.find((zone) => zone.id === id)!.properties;
      expect(properties).toMatchObject({ names, kind, legalAct, tlp: 'CLEAR', state: 'expired' });
      expect(properties.validTo).toBe('2026-08-29T00:00:00Z');
    }
  });
});

describe('a drawn zone', () => {
  test('is a draft of its author, and is read as it was returned', async () => {
    const before = Date.now();
    const { body, headers } = await post(aZone({ geometry: aSquare([8.3, 35.1]) })).expect(201);
    expect(body.properties).toMatchObject({
      names: { en: 'Exercise zone Bouchebka' },
      participants: ['DZA', 'TUN'],
      country: 'TUN',
      agency: agencyOf(keyOf('TUN', 'operator')),
      state: 'draft',
      agreed: false,
      revision: 1,
      proposedAt: null,
      effectiveFrom: null,
      validTo: null,
      derivedFrom: null,
    });
    expect(Math.abs(Date.parse(body.properties.validFrom) - before)).toBeLessThan(60_000);
    expect((await service.api.get(headers.location!).set(operator).expect(200)).body).toEqual(body);
  });

  test('keeps its area, wound as RFC 7946 asks', async () => {
    const square = aSquare([8.5, 35.5], 0.25);
    const clockwise = { type: 'Polygon', coordinates: [[...square.coordinates[0]!].reverse()] };
    const { geometry } = await create({ geometry: clockwise });
    expect(geometry).toEqual({ type: 'MultiPolygon', coordinates: [square.coordinates] });
  });

  test('may have several parts, and holes', async () => {
    const hole = [...aSquare([8.5, 35.5], 0.125).coordinates[0]!].reverse();
    const parts = [[...aSquare([8.5, 35.5], 0.25).coordinates, hole], aSquare([9.5, 33.5], 0.25).coordinates];
    const { geometry } = await create({ geometry: { type: 'MultiPolygon', coordinates: parts } });
    expect(geometry.coordinates).toEqual(parts);
  });

  test('keeps names in three languages, a legal act of one line or in parts, and its period in UTC', async () => {
    const names = { en: 'Exercise', fr: 'Exercice', ar: 'تمرين' };
    const period = { validFrom: '2026-11-01T01:00:00+01:00', validTo: '2100-01-01' };
    const one = await create({ names, legalAct: 'Joint note of 3 November 2026', ...period });
    expect(one.properties).toMatchObject({ names, legalAct: 'Joint note of 3 November 2026' });
    expect(one.properties).toMatchObject({
      validFrom: '2026-11-01T00:00:00Z',
      validTo: '2100-01-01T00:00:00Z',
    });
    const legalAct = { title: 'Joint note', date: '2026-11-03', reference: 'JN 7' };
    expect((await create({ legalAct })).properties.legalAct).toEqual(legalAct);
  });

  test('with an end in the past is expired', async () => {
    const { id } = await create({ validFrom: '2026-01-01', validTo: '2026-02-01' });
    expect(idsOf(await list({ state: 'expired' }))).toContain(id);
    expect(idsOf(await list({ state: 'active' }))).not.toContain(id);
  });
});

describe('a zone is visible', () => {
  const viewers = {
    nobody: {},
    'the other participant': as(keyOf('DZA', 'reader')),
    'the third country': as(keyOf('LBY', 'operator')),
    'its own country': as(keyOf('TUN', 'reader')),
    'another agency of its own country': as(keyOf('TUN', 'reporter', { second: true })),
  };
  const inCountry = ['its own country', 'another agency of its own country'];
  const cases: [label: string, change: object, who: string[]][] = [
    ['CLEAR', { tlp: 'CLEAR' }, Object.keys(viewers)],
    ['GREEN', { tlp: 'GREEN' }, ['the other participant', 'the third country', ...inCountry]],
    ['no label', {}, ['the other participant', ...inCountry]],
    ['AMBER', { tlp: 'AMBER' }, ['the other participant', ...inCountry]],
    [
      'AMBER released to the third',
      { tlp: 'AMBER', releasableTo: ['LBY'] },
      ['the other participant', 'the third country', ...inCountry],
    ],
    ['AMBER+STRICT', { tlp: 'AMBER+STRICT' }, ['the other participant', ...inCountry]],
    ['AMBER for its own country alone', { tlp: 'AMBER', participants: ['TUN'] }, inCountry],
    ['RED', { tlp: 'RED', participants: ['TUN'] }, ['its own country']],
  ];
  test.each(cases)('with %s', async (_label, change, who) => {
    const { id } = await create(change);
    for (const [viewer, headers] of Object.entries(viewers)) {
      const isSeen = who.includes(viewer);
      expect([viewer, await statusOf(id, headers)]).toEqual([viewer, isSeen ? 200 : 404]);
      const features = await list({ kind: 'exercise' }, headers);
      expect([viewer, idsOf(features).includes(id)]).toEqual([viewer, isSeen]);
      const incidents = await service.api.get(`/v1/zones/${id}/incidents`).set(headers);
      expect([viewer, incidents.status]).toEqual([viewer, isSeen ? 200 : 404]);
    }
  });

  test('a hidden zone gets exactly the answer of a missing one', async () => {
    const { id } = await create();
    const hidden = await service.api.get(`/v1/zones/${id}`).expect(404);
    const missing = await service.api.get('/v1/zones/nowhere').expect(404);
    expect(hidden.body.detail.replace(id, 'nowhere')).toBe(missing.body.detail);
    expect(hidden.body.type).toBe(missing.body.type);
  });
});

describe('a filter', () => {
  let own: Record<'hazard' | 'patrol' | 'past', string>;
  beforeAll(async () => {
    const east = aSquare([10.9, 32.9]);
    const past = { validFrom: '2025-01-01', validTo: '2025-02-01' };
    own = {
      hazard: (await create({ kind: 'hazard', participants: ['TUN', 'LBY'], geometry: east })).id,
      patrol: (await create({ kind: 'patrol_sector', validFrom: '2026-06-01' })).id,
      past: (await create({ kind: 'hazard', participants: ['TUN'], ...past })).id,
    };
  });
  const buffers = idsOf(reference.zones);

  const cases: [query: Record<string, string>, wanted: () => string[], unwanted: () => string[]][] = [
    [{ kind: 'hazard' }, () => [own.hazard, own.past], () => [own.patrol, ...buffers]],
    [{ kind: 'hazard,patrol_sector' }, () => Object.values(own), () => buffers],
    [{ state: 'active' }, () => [own.hazard, own.patrol], () => [own.past, ...buffers]],
    [{ state: 'expired' }, () => [own.past, ...buffers], () => [own.hazard, own.patrol]],
    [{ country: 'LBY' }, () => [own.hazard], () => [own.patrol, own.past, ...buffers]],
    [{ bbox: '10.95,32.95,12,34' }, () => [own.hazard], () => [own.patrol, own.past]],
    [{ datetime: '2025-01-15T00:00:00Z' }, () => [own.past, ...buffers], () => [own.hazard, own.patrol]],
    [
      { datetime: '2025-02-01T00:00:00Z/2026-06-01T00:00:00Z' },
      () => [own.patrol, ...buffers],
      () => [own.past],
    ],
    [{ datetime: '../2013-08-28T23:59:59Z' }, () => [], () => [...buffers, ...Object.values(own)]],
    [{ datetime: '2026-08-29T00:00:00Z/..' }, () => [own.hazard, own.patrol], () => [own.past, ...buffers]],
  ];
  test.each(cases)('%j keeps only what it says', async (query, wanted, unwanted) => {
    const ids = idsOf(await list(query));
    expect(ids).toEqual(expect.arrayContaining(wanted()));
    expect(ids.filter((id) => unwanted().includes(id))).toEqual([]);
  });

  test.each([
    ['kind=ambush', /kind.*ambush/],
    ['state=gone', /state.*gone/],
    ['datetime=2026-02-01/2026-01-01', /datetime.*2026-02-01/],
    ['datetime=soon', /datetime.*soon/],
    ['owner=TUN', /owner.*not known; known are bbox, q, kind, state, country, datetime/],
  ])('%s is refused', async (query, words) => {
    const { body } = await service.api.get(`/v1/zones?${query}`).expect(400);
    expect(body.detail).toMatch(words);
  });
});
