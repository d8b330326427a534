import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CountryCode } from '../../src/core/caller.ts';
import { isInCountry, pointsInside } from '../support/builders.areas.ts';
import { readPages } from '../support/builders.pages.ts';
import { idsOf } from '../support/builders.reference.ts';
import { aSquare, aZone } from '../support/builders.ts';
import { agreeChange, agreeZone } from '../support/builders.zones.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

type Headers = Record<string, string>;
const operator = (country: CountryCode = 'TUN'): Headers => as(keyOf(country, 'operator'));
const create = (change: Parameters<typeof agreeZone>[2] = {}) => agreeZone(service.api, 'TUN', change);
const drawn = { geometry: aSquare([8.5, 35.5], 0.25) };
const patch = (id: string, change: object, headers = operator()) =>
  service.api.patch(`/v1/zones/${id}`).set(headers).send(change);
/** Proposes the next revision. */
const change = async (id: string, properties: object) => (await patch(id, { properties }).expect(200)).body;
const agree = (id: string, properties: object) => agreeChange(service.api, 'TUN', id, { properties });
const read = async (path: string, headers = operator()) =>
  (await service.api.get(`/v1/zones/${path}`).set(headers).expect(200)).body;
const statusOf = async (path: string, headers: Headers = {}) =>
  (await service.api.get(`/v1/zones/${path}`).set(headers)).status;

describe('a change of a zone', () => {
  test('proposes a new revision based on the newest one, and every older one stays readable', async () => {
    const first = await create({ ...drawn, names: { en: 'First' } });
    const second = await change(first.id, { names: { en: 'Second', ar: 'ثان' } });
    const third = await change(first.id, { purpose: 'Watch at night', kind: 'hazard' });
    expect(third.properties).toMatchObject({
      names: { en: 'Second', ar: 'ثان' },
      revision: 3,
      kind: 'hazard',
      state: 'proposed',
    });
    expect(await read(first.id)).toEqual(first);
    expect(await read(`${first.id}?revision=latest`)).toEqual(third);
    const replaced = { ...second, properties: { ...second.properties, state: 'withdrawn', awaiting: [] } };
    for (const [n, one] of [first, replaced, third].entries())
      expect(await read(`${first.id}/revisions/${n + 1}`)).toEqual(one);
    const pages = await readPages(service.api, `/v1/zones/${first.id}/revisions?limit=1`, operator());
    expect(pages.flatMap(({ features }) => features)).toEqual([first, replaced, third]);
  });

  test('of a draft happens in place, until it is proposed', async () => {
    const made = await service.api.post('/v1/zones').set(operator()).send(aZone(drawn)).expect(201);
    const { id } = made.body;
    const changed = await change(id, { purpose: 'Watch at night' });
    const { body: redrawn } = await patch(id, { geometry: aSquare([9, 34]) }).expect(200);
    for (const one of [changed, redrawn])
      expect(one.properties).toMatchObject({ purpose: 'Watch at night', revision: 1, state: 'draft' });
    expect(await read(id)).toEqual(redrawn);
    expect((await read(`${id}/revisions`)).features).toEqual([redrawn]);
    await service.api.post(`/v1/zones/${id}/proposal`).set(operator()).expect(200);
    expect((await change(id, { purpose: 'Other' })).properties).toMatchObject({
      revision: 2,
      state: 'proposed',
    });
  });

  test('without an area keeps the area and its rule', async () => {
    const derived = await create();
    const { geometry, properties } = await change(derived.id, { names: { en: 'Other' } });
    expect(geometry).toEqual(derived.geometry);
    expect(properties.derivedFrom).toEqual(derived.properties.derivedFrom);
  });

  test('of the participants derives the area again', async () => {
    const both = await create();
    const alone = await change(both.id, { participants: ['TUN'] });
    expect(pointsInside(both.geometry).some((at) => isInCountry('DZA', at))).toBe(true);
    expect(pointsInside(alone.geometry, 20).every((at) => isInCountry('TUN', at))).toBe(true);
    expect((await change(both.id, { participants: ['DZA', 'TUN'] })).geometry).toEqual(both.geometry);
  });

  test('of the participants of a drawn zone keeps the drawn area', async () => {
    const { id, geometry } = await create(drawn);
    expect((await change(id, { participants: ['TUN'] })).geometry).toEqual(geometry);
  });

  test('to a geometry replaces the rule, and to a rule replaces the geometry', async () => {
    const derived = await create();
    const { body: redrawn } = await patch(derived.id, drawn).expect(200);
    expect(redrawn.properties.derivedFrom).toBeNull();
    expect(redrawn.geometry.coordinates).toEqual([drawn.geometry.coordinates]);
    const { derivedFrom } = derived.properties;
    const again = await change(derived.id, { derivedFrom });
    expect(again.geometry).toEqual(derived.geometry);
    expect(again.properties).toMatchObject({ derivedFrom, areaKm2: derived.properties.areaKm2 });
  });

  test('removes an end and a legal act with null', async () => {
    const { id } = await create({ validTo: '2100-01-01', legalAct: 'Joint note' });
    expect((await change(id, { validTo: null, legalAct: null })).properties).toMatchObject({
      validTo: null,
      legalAct: null,
    });
  });

  test('that ends it expires it, and one that extends it reactivates it', async () => {
    const { id } = await create({ validFrom: '2026-01-01' });
    expect((await agree(id, { validTo: '2026-02-01' })).properties.state).toBe('expired');
    expect((await agree(id, { validTo: '2100-01-01' })).properties.state).toBe('active');
  });

  test('is taken as a merge patch too', async () => {
    const { id } = await create(drawn);
    const body = { properties: { purpose: 'Other' } };
    await patch(id, body).set('Content-Type', 'application/merge-patch+json').expect(200);
  });

  const refused: [what: string, body: object, status: number, words: RegExp][] = [
    [
      'participants without the own country',
      { properties: { participants: ['DZA'] } },
      422,
      /TUN must take part/,
    ],
    ['an end before its beginning', { properties: { validTo: '2020-01-01' } }, 422, /validTo/],
    [
      'a geometry and a rule',
      { ...drawn, properties: { derivedFrom: { crossing: 'bouchebka', radiusMetres: 1000 } } },
      400,
      /not both/,
    ],
    [
      'an unknown crossing',
      { properties: { derivedFrom: { crossing: 'nowhere', radiusMetres: 1000 } } },
      422,
      /does not exist/,
    ],
    ['an unknown property', { properties: { state: 'draft' } }, 400, /state/],
    ['a phone number', { properties: { purpose: 'Call +216 22 345 678' } }, 422, /purpose.*phone/],
    ['RED for two countries', { properties: { tlp: 'RED' } }, 422, /tlp.*RED/],
    ['another owner', { properties: { country: 'DZA' } }, 400, /country/],
  ];
  test.each(refused)('to %s is refused and changes nothing', async (_what, body, status, words) => {
    const before = await create();
    const answer = await patch(before.id, body).expect(status);
    expect(answer.body.detail).toMatch(words);
    expect(await read(before.id)).toEqual(before);
    expect((await read(`${before.id}/revisions`)).features).toHaveLength(1);
  });

  test('by several concurrent callers loses none', async () => {
    const { id } = await create(drawn);
    const purposes = ['A', 'B', 'C', 'D', 'E', 'F'].map((letter) => `Purpose ${letter}`);
    await Promise.all(purposes.map((purpose) => change(id, { purpose })));
    const { features } = await read(`${id}/revisions`);
    const written = features
      .slice(1)
      .map((one: { properties: { purpose: string } }) => one.properties.purpose);
    expect(written.sort()).toEqual(purposes);
    expect((await read(id)).properties.revision).toBe(1);
    expect((await read(`${id}?revision=latest`)).properties.revision).toBe(7);
  });
});

describe('a zone is changed and withdrawn', () => {
  const attempts = (id: string, headers: Headers) => [
    () => patch(id, { properties: { purpose: 'Other' } }, headers),
    () => service.api.delete(`/v1/zones/${id}`).set(headers),
  ];

  test('by operators of its owner country, not by those of other participants', async () => {
    const { id } = await create();
    for (const attempt of attempts(id, operator('DZA'))) {
      const { body } = await attempt().expect(403);
      expect(body.detail).toBe('Only operators of TUN change this zone.');
    }
    expect((await read(`${id}?revision=latest`)).properties).toMatchObject({ revision: 1, state: 'active' });
  });

  test('by no caller without the role or without a key', async () => {
    const { id } = await create(drawn);
    for (const role of ['reader', 'reporter', 'coordinator', 'auditor', 'admin'] as const)
      for (const attempt of attempts(id, as(keyOf('TUN', role)))) await attempt().expect(403);
    for (const attempt of attempts(id, {})) await attempt().expect(401);
  });

  test('by no caller that does not see it: for them it does not exist', async () => {
    const { id } = await create();
    for (const attempt of attempts(id, operator('LBY'))) {
      const { body } = await attempt().expect(404);
      expect(body.detail).toBe(`There is no zone with id ${id}.`);
    }
    for (const attempt of attempts('nowhere', operator())) await attempt().expect(404);
  });

  test('no more once it is withdrawn; it leaves the list but stays readable with its revisions', async () => {
    const zone = await create(drawn);
    await service.api.delete(`/v1/zones/${zone.id}`).set(operator()).expect(204);
    for (const attempt of attempts(zone.id, operator())) await attempt().expect(409);
    const { properties } = await read(zone.id);
    expect(properties).toMatchObject({ state: 'withdrawn', agreed: false, revision: 1 });
    expect((await read(`${zone.id}/revisions/1`)).geometry).toEqual(zone.geometry);
    const listed = async (query: string) =>
      idsOf((await service.api.get(`/v1/zones?limit=1000${query}`).set(operator())).body.features);
    expect(await listed('')).not.toContain(zone.id);
    expect(await listed('&state=active')).not.toContain(zone.id);
    expect(await listed('&state=withdrawn')).toContain(zone.id);
  });
});

describe('a reader of zone revisions', () => {
  test('must see the current zone: a narrower label hides its past too', async () => {
    const { id } = await create({ ...drawn, tlp: 'CLEAR' });
    expect(await statusOf(`${id}/revisions/1`)).toBe(200);
    await change(id, { tlp: 'AMBER' });
    for (const path of [id, `${id}/revisions`, `${id}/revisions/1`]) {
      expect(await statusOf(path)).toBe(404);
      expect(await statusOf(path, operator('LBY'))).toBe(404);
      expect(await statusOf(path, operator('DZA'))).toBe(200);
    }
  });

  test('sees no revision from before the zone was visible to it', async () => {
    const { id } = await create(drawn);
    await change(id, { participants: ['DZA', 'TUN', 'LBY'] });
    expect(await statusOf(`${id}/revisions/1`, operator('LBY'))).toBe(404);
    const { features } = await read(`${id}/revisions`, operator('LBY'));
    expect(features.map((one: { properties: { revision: number } }) => one.properties.revision)).toEqual([2]);
  });

  test('gets 404 for a missing revision', async () => {
    const { id } = await create(drawn);
    expect(await statusOf(`${id}/revisions/2`, operator())).toBe(404);
    for (const revision of ['0', '-1', '1.5', 'last', '99999999999'])
      expect([revision, await statusOf(`${id}/revisions/${revision}`, operator())]).toEqual([revision, 400]);
  });
});
