import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';
import { anIncident, aSquare } from '../support/builders.ts';
import { agreeZone, approve, decide, type ZoneFeature } from '../support/builders.zones.ts';
import { untilAfter } from '../support/eventually.ts';
import { expectTrueMembership } from '../support/membership.check.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let api: TestService['api'];
const HERE: [number, number] = [8.42, 35.2];
const THERE: [number, number] = [9.4, 34.4];
const incidents = { here: '', there: '' };
beforeAll(async () => {
  service = await startService();
  api = service.api;
  const report = async (at: [number, number]) =>
    (
      await api
        .post('/v1/incidents')
        .set(as(keyOf('DZA', 'reporter')))
        .send(anIncident({ at, tlp: 'CLEAR' }))
        .expect(201)
    ).body.id as string;
  incidents.here = await report(HERE);
  incidents.there = await report(THERE);
});
afterAll(() => service.stop());

const operator = as(keyOf('DZA', 'operator'));
const reader = (country: CountryCode) => as(keyOf(country, 'reader'));
/** Enough for what a test does before it; the machine may be busy. */
const AHEAD_MS = 4000;
const ahead = (ms = AHEAD_MS) => new Date(Date.now() + ms).toISOString();

/** A zone as a caller sees it: revision, state, agreement, and incidents inside. */
async function told(id: string, country: CountryCode = 'TUN') {
  const { status, body } = await api.get(`/v1/zones/${id}`).set(reader(country));
  if (status === 404) return 'nothing';
  const { revision, state, agreed } = body.properties;
  const inside = (await api.get(`/v1/zones/${id}/incidents`).set(reader(country)).expect(200)).body;
  expect({ revision: inside.revision, agreed: inside.agreed }).toEqual({ revision, agreed });
  const ids = inside.features.map((one: { id: string }) => one.id);
  const places = Object.entries(incidents).filter(([, one]) => ids.includes(one));
  for (const [name, incident] of Object.entries(incidents)) {
    const { zones } = (await api.get(`/v1/incidents/${incident}`).set(reader(country))).body.properties;
    const isIn = places.some(([place]) => place === name) && state === 'active';
    expect([name, zones.includes(id)]).toEqual([name, isIn]);
  }
  return `${revision} ${state}${agreed ? ', agreed' : ''}: ${places.map(([name]) => name)}`;
}

const change = async (id: string, body: object): Promise<ZoneFeature> =>
  (await api.patch(`/v1/zones/${id}`).set(operator).send(body).expect(200)).body;

describe('a zone that everybody has approved', () => {
  test('takes effect at its validFrom and ends at its validTo without any action', async () => {
    const [validFrom, validTo] = [ahead(), ahead(AHEAD_MS + 2500)];
    const { id, properties } = await agreeZone(api, 'DZA', { geometry: aSquare(HERE), validFrom, validTo });
    expect(properties).toMatchObject({ state: 'proposed', agreed: true, awaiting: [] });
    expect(Date.parse(properties.effectiveFrom!)).toBe(Date.parse(validFrom));
    expect(Date.parse(properties.effectiveTo!)).toBe(Date.parse(validTo));
    expect(await told(id)).toBe('1 proposed, agreed: here');
    await untilAfter(validFrom);
    expect(await told(id)).toBe('1 active, agreed: here');
    await untilAfter(validTo);
    expect(await told(id)).toBe('1 expired, agreed: here');
    const asOf = await api.get(`/v1/zones/${id}`).query({ at: validFrom }).set(reader('TUN')).expect(200);
    expect(asOf.body.properties.state).toBe('active');
    await api.get(`/v1/zones/${id}`).query({ at: validTo }).set(reader('TUN')).expect(404);
  }, 30_000);

  test('is not in force before the last consent, even after its validFrom', async () => {
    const before = Date.now();
    const { id, properties } = await agreeZone(api, 'DZA', {
      geometry: aSquare(HERE),
      validFrom: '2026-01-01',
    });
    expect(Date.parse(properties.effectiveFrom)).toBeGreaterThanOrEqual(before);
    await api.get(`/v1/zones/${id}?at=2026-06-01T00:00:00Z`).set(operator).expect(404);
  });

  test('loses its agreement by a withdrawal before its validFrom, and can regain it', async () => {
    const validFrom = ahead();
    const { id } = await agreeZone(api, 'DZA', { geometry: aSquare(HERE), validFrom, tlp: 'GREEN' });
    expect(await told(id, 'LBY')).toBe('1 proposed, agreed: here');
    const back = await decide(api, id, 'TUN', { decision: 'withdraw', revision: 1 }).expect(201);
    expect(back.body).toMatchObject({ state: 'proposed', agreed: false, awaiting: ['TUN'] });
    expect(await told(id, 'LBY')).toBe('nothing');
    await untilAfter(validFrom);
    expect(await told(id)).toBe('1 proposed: here');
    await decide(api, id, 'TUN', { decision: 'approve', revision: 1 }).expect(201);
    expect(await told(id)).toBe('1 active, agreed: here');
  }, 30_000);

  test('that is withdrawn before its validFrom never takes effect', async () => {
    const validFrom = ahead(2500);
    const { id } = await agreeZone(api, 'DZA', { geometry: aSquare(HERE), validFrom });
    await api.delete(`/v1/zones/${id}`).set(operator).expect(204);
    await untilAfter(validFrom);
    expect(await told(id)).toBe('1 withdrawn: ');
    await api.get(`/v1/zones/${id}`).query({ at: ahead() }).set(operator).expect(404);
  }, 30_000);
});

describe('a revision that everybody has approved for later', () => {
  test('keeps the old one in force until then; then area, participants and audience change at once', async () => {
    const zone = await agreeZone(api, 'DZA', {
      geometry: aSquare(HERE),
      participants: ['DZA', 'TUN'],
    });
    const validFrom = ahead();
    const second = await change(zone.id, {
      geometry: aSquare(THERE),
      properties: { validFrom, participants: ['DZA', 'LBY'] },
    });
    await approve(api, second);
    expect(await told(zone.id, 'DZA')).toBe('1 active, agreed: here');
    expect(await told(zone.id, 'TUN')).toBe('1 active, agreed: here');
    expect(await told(zone.id, 'LBY')).toBe('2 proposed, agreed: there');
    await expectTrueMembership(service.db);
    await untilAfter(validFrom);
    expect(await told(zone.id, 'DZA')).toBe('2 active, agreed: there');
    expect(await told(zone.id, 'TUN')).toBe('nothing');
    expect(await told(zone.id, 'LBY')).toBe('2 active, agreed: there');
    await expectTrueMembership(service.db);
    const { body } = await api.get(`/v1/zones/${zone.id}/revisions`).set(operator).expect(200);
    expect(
      body.features.map((one: ZoneFeature) => [one.properties.state, one.properties.effectiveTo]),
    ).toEqual([
      ['expired', second.properties.validFrom],
      ['active', null],
    ]);
  }, 30_000);

  test('includes incidents that happen meanwhile', async () => {
    const zone = await agreeZone(api, 'DZA', { geometry: aSquare(HERE) });
    const validFrom = ahead();
    await approve(api, await change(zone.id, { geometry: aSquare(THERE), properties: { validFrom } }));
    const late = await api
      .post('/v1/incidents')
      .set(as(keyOf('DZA', 'reporter')))
      .send(anIncident({ at: THERE, tlp: 'CLEAR' }))
      .expect(201);
    expect(late.body.properties.zones).not.toContain(zone.id);
    await untilAfter(validFrom);
    const { body } = await api.get(`/v1/incidents/${late.body.id}`).expect(200);
    expect(body.properties.zones).not.toContain(zone.id);
    const own = await api.get(`/v1/incidents/${late.body.id}`).set(reader('TUN')).expect(200);
    expect(own.body.properties.zones).toContain(zone.id);
  }, 30_000);

  test('yields to a newer one that takes effect before it', async () => {
    const zone = await agreeZone(api, 'DZA', { geometry: aSquare(HERE) });
    const [later, sooner] = [ahead(AHEAD_MS + 1500), ahead()];
    await approve(api, await change(zone.id, { properties: { validFrom: later, purpose: 'Later' } }));
    await approve(api, await change(zone.id, { properties: { validFrom: sooner, purpose: 'Sooner' } }));
    expect(await told(zone.id)).toBe('1 active, agreed: here');
    await untilAfter(sooner);
    expect(await told(zone.id)).toBe('3 active, agreed: here');
    await untilAfter(later);
    expect(await told(zone.id)).toBe('3 active, agreed: here');
    const second = await api.get(`/v1/zones/${zone.id}/revisions/2`).set(operator).expect(200);
    expect(second.body.properties).toMatchObject({ state: 'withdrawn', effectiveFrom: null });
  }, 30_000);

  test('does not take effect if a participant leaves the revision in force: all consents are needed again', async () => {
    const zone = await agreeZone(api, 'DZA', { geometry: aSquare(HERE), participants: [...COUNTRY_CODES] });
    const validFrom = ahead();
    // Libya is to leave: it takes no part in the second, but is part of the zone until then
    const second = await change(zone.id, { properties: { validFrom, participants: ['DZA', 'TUN'] } });
    await approve(api, second);
    await decide(api, zone.id, 'LBY', { decision: 'withdraw', revision: 1 }).expect(201);
    expect(await told(zone.id)).toBe('1 suspended: ');
    await untilAfter(validFrom);
    expect(await told(zone.id)).toBe('1 suspended: ');
    const { body } = await api.get(`/v1/zones/${zone.id}?revision=latest`).set(operator).expect(200);
    expect(body.properties).toMatchObject({ state: 'proposed', agreed: false, awaiting: ['DZA', 'TUN'] });
    await approve(api, second);
    expect(await told(zone.id)).toBe('2 active, agreed: here');
  }, 30_000);
});
