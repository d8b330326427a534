import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CountryCode } from '../../src/core/caller.ts';
import { aMandate } from '../support/builders.agencies.ts';
import { countryOfAgency, idsOf, type ReferenceMandate, reference } from '../support/builders.reference.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const admin = (country: CountryCode = 'TUN') => as(keyOf(country, 'admin'));
const post = (change: object = {}, headers: Record<string, string> = admin()) =>
  service.api.post('/v1/mandates').set(headers).send(aMandate(change));
const patch = (id: string, change: object, headers: Record<string, string> = admin()) =>
  service.api.patch(`/v1/mandates/${id}`).set(headers).send(change);
const read = async (id: string) => (await service.api.get(`/v1/mandates/${id}`).expect(200)).body;

describe('the mandates of the reference data', () => {
  // read before any test adds its own
  let listed: Record<string, unknown>[];
  beforeAll(async () => {
    listed = (await service.api.get('/v1/mandates?limit=100').expect(200)).body.mandates;
  });

  test('are complete, each with the country of its agency', () => {
    expect(listed).toHaveLength(reference.mandates.length);
    for (const { id, agency, function: what, scope, rank } of reference.mandates)
      expect(listed).toContainEqual(
        expect.objectContaining({
          id,
          agency,
          function: what,
          scope,
          rank,
          country: countryOfAgency(agency),
        }),
      );
  });

  test('end at the midnight after their last day', () => {
    expect(listed.find(({ id }) => id === 'm-016')).toMatchObject({
      validFrom: '2013-08-29T00:00:00Z',
      validTo: '2026-08-29T00:00:00Z',
      validFromPrecision: 'day',
    });
  });

  const filters: [query: string, isWanted: (mandate: ReferenceMandate) => boolean][] = [
    ['agency=lby-securite-civile', ({ agency }) => agency === 'lby-securite-civile'],
    ['function=search_rescue,zone_access', (one) => ['search_rescue', 'zone_access'].includes(one.function)],
    ['rank=disputed', ({ rank }) => rank === 'disputed'],
    ['country=DZA', ({ agency }) => agency.startsWith('dza-')],
    ['scopeType=zone', ({ scope }) => scope.type === 'zone'],
    ['scopeType=border,crossing-side', ({ scope }) => ['border', 'crossing-side'].includes(scope.type)],
    ['scopeId=ras-ajdir', ({ scope }) => scope.crossing === 'ras-ajdir'],
    ['at=2013-08-28T23:59:59Z', ({ validFrom }) => (validFrom ?? '') < '2013-08-29'],
    ['scopeType=zone&at=2026-08-28T23:59:59Z', ({ scope }) => scope.type === 'zone'],
    ['scopeType=zone&at=2026-08-29', () => false],
  ];
  test.each(filters)('can be filtered by %s', async (query, isWanted) => {
    const { body } = await service.api.get(`/v1/mandates?limit=100&${query}`).expect(200);
    expect(idsOf(body.mandates)).toEqual(idsOf(reference.mandates.filter(isWanted)));
  });

  test('are not listed for an unknown parameter or word', async () => {
    const { body } = await service.api.get('/v1/mandates?minister=x').expect(400);
    expect(body.detail).toMatch(/minister.*not known/);
    await service.api.get('/v1/mandates?rank=honorary').expect(400);
    await service.api.get('/v1/mandates/m-999').expect(404);
    await service.api.get('/v1/mandates/seven').expect(400);
  });
});

describe('a new mandate', () => {
  test('is at its Location, with its agency, and applies to its crossing', async () => {
    const { body, headers } = await post({ validFrom: '2026-01-01T01:00:00+01:00' }).expect(201);
    expect(body).toMatchObject({
      country: 'TUN',
      scope: { type: 'crossing-side', crossing: 'bouchebka', country: 'TUN' },
      rank: 'primary',
      validFrom: '2026-01-01T00:00:00Z',
      validTo: null,
      revision: 1,
    });
    expect((await service.api.get(headers.location!).expect(200)).body).toEqual(body);
    const agency = await service.api.get('/v1/agencies/tun-douane').expect(200);
    expect(agency.body.properties.mandates).toContainEqual(body);
    const asked = { crossing: 'bouchebka', function: 'customs_control' };
    const { responsible } = (await service.api.get('/v1/agencies/responsible').query(asked).expect(200)).body;
    expect(responsible[0]).toMatchObject({ mandate: body.id, preferred: true });
  });

  const scopes: [type: string, scope: object][] = [
    ['the land border of a country', { type: 'country-border' }],
    ['a border', { type: 'border', border: 'LBY-TUN' }],
    ['a segment', { type: 'segment', segment: 'LBY-TUN-02' }],
    ['a side of a crossing', { type: 'crossing-side', crossing: 'ras-ajdir', country: 'TUN' }],
    ['a zone', { type: 'zone', zone: 'tun-buffer-2013-part-1' }],
  ];
  test.each(scopes)('may be for %s', async (_what, scope) => {
    const { body } = await post({ scope, function: 'health_control' }).expect(201);
    expect(body.scope).toMatchObject(scope);
  });

  test('is created by admins, for agencies of the own country only', async () => {
    await post({}, {}).expect(401);
    for (const role of ['reader', 'reporter', 'operator', 'coordinator', 'auditor'] as const)
      await post({}, as(keyOf('TUN', role))).expect(403);
    const { body } = await post({}, admin('DZA')).expect(403);
    expect(body.detail).toMatch(/tun-douane is an agency of TUN.*DZA/);
  });

  const refused: [what: string, change: object, status: number, words: RegExp][] = [
    ['an unknown agency', { agency: 'tun-nowhere' }, 422, /agency.*tun-nowhere/],
    [
      'an unknown crossing',
      { scope: { type: 'crossing-side', crossing: 'nowhere' } },
      422,
      /scope.crossing.*nowhere/,
    ],
    [
      'an unknown segment',
      { scope: { type: 'segment', segment: 'DZA-TUN-99' } },
      422,
      /scope.segment.*DZA-TUN-99/,
    ],
    ['an unknown zone', { scope: { type: 'zone', zone: 'nowhere' } }, 422, /scope.zone.*nowhere/],
    [
      'a crossing elsewhere',
      { scope: { type: 'crossing-side', crossing: 'tarat' } },
      422,
      /tarat.*DZA and LBY, not TUN/,
    ],
    ['a border elsewhere', { scope: { type: 'border', border: 'DZA-LBY' } }, 422, /DZA-LBY.*not TUN/],
    [
      'the other side',
      { scope: { type: 'crossing-side', crossing: 'bouchebka', country: 'DZA' } },
      422,
      /scope.country.*DZA/,
    ],
    ['an unknown type of scope', { scope: { type: 'sea' } }, 400, /scope.type.*sea/],
    ['an unknown function', { function: 'parades' }, 400, /function.*parades/],
    ['an end at its beginning', { validTo: '2026-01-01' }, 422, /validTo/],
    ['no source', { source: undefined }, 400, /source.*required/],
    ['an unknown property', { officer: 'x' }, 400, /officer/],
    ['a plate in the note', { note: 'Car 123 تونس 4567' }, 422, /note/],
  ];
  test.each(refused)('with %s is refused', async (_what, change, status, words) => {
    const { body } = await post(change).expect(status);
    expect(body.detail).toMatch(words);
    expect(body.detail).not.toMatch(/4567/);
  });

  test('is refused if it overlaps another one, and accepted beside it', async () => {
    const given = { agency: 'tun-police-frontieres', function: 'passport_control' };
    const { body: first } = await post({ ...given, validTo: '2026-06-01' }).expect(201);
    const { body } = await post({ ...given, validFrom: '2026-05-31' }).expect(409);
    expect(body).toMatchObject({ type: '/problems/mandate-overlaps', mandate: first.id });
    await post({ ...given, validFrom: '2026-06-01' }).expect(201);
  });
});

describe('a change of a mandate', () => {
  const given = async (change: object) =>
    (await post({ agency: 'tun-gouverneurs', ...change }).expect(201)).body;

  test('changes its named properties and counts a revision', async () => {
    const mandate = await given({ function: 'zone_access', note: 'For exercises.' });
    const { body } = await patch(mandate.id, { rank: 'supporting', validTo: '2027-01-01' }).expect(200);
    expect(body).toMatchObject({ rank: 'supporting', validTo: '2027-01-01T00:00:00Z', revision: 2 });
    expect(body).toMatchObject({ note: mandate.note, validFrom: mandate.validFrom, scope: mandate.scope });
    expect(await read(mandate.id)).toEqual(body);
  });

  test('removes null properties, and makes no revision without a difference', async () => {
    const mandate = await given({ function: 'port_operation', note: 'x', validTo: '2027-01-01' });
    const { body } = await patch(mandate.id, { note: null, validTo: null }).expect(200);
    expect(body).toMatchObject({ note: null, validTo: null, revision: 2 });
    for (const same of [{}, { note: null }, { rank: 'primary' }])
      expect((await patch(mandate.id, same).expect(200)).body).toEqual(body);
  });

  test('ends it: from then on it does not apply', async () => {
    const mandate = await given({ function: 'migration_referral' });
    await patch(mandate.id, { validTo: '2026-03-01' }).expect(200);
    const mandatesOf = async (at: string) => {
      const asked = { crossing: 'bouchebka', function: 'migration_referral', at };
      const { body } = await service.api.get('/v1/agencies/responsible').query(asked).expect(200);
      return body.responsible.map((one: { mandate: string }) => one.mandate);
    };
    expect(await mandatesOf('2026-02-28T23:59:59Z')).toEqual([mandate.id]);
    expect(await mandatesOf('2026-03-01')).toEqual([]);
  });

  test('is accepted as a merge patch too', async () => {
    const mandate = await given({ function: 'civil_protection' });
    await patch(mandate.id, {}).set('Content-Type', 'application/merge-patch+json').expect(200);
  });

  test('is refused for agency and scope, an invalid period, and an overlap', async () => {
    const first = await given({ function: 'border_surveillance', validTo: '2026-06-01' });
    const second = await given({ function: 'border_surveillance', validFrom: '2026-06-01' });
    await patch(first.id, { agency: 'tun-douane' }).expect(400);
    await patch(first.id, { scope: { type: 'country-border' } }).expect(400);
    await patch(first.id, { rank: null }).expect(400);
    await patch(first.id, { validTo: '2025-01-01' }).expect(422);
    const { body } = await patch(first.id, { validTo: null }).expect(409);
    expect(body.mandate).toBe(second.id);
    expect(await read(first.id)).toEqual(first);
  });

  test('is for admins of the own country', async () => {
    await patch('m-010', { rank: 'disputed' }, admin('LBY')).expect(403);
    await patch('m-010', { rank: 'disputed' }, as(keyOf('TUN', 'operator'))).expect(403);
    await patch('m-010', { rank: 'disputed' }, {}).expect(401);
    await patch('m-999', { rank: 'disputed' }).expect(404);
    expect(await read('m-010')).toMatchObject({ rank: 'primary', revision: 1 });
  });
});

test('a mandate for a hidden zone does not exist for the caller', async () => {
  const zone = await agreeZone(service.api, 'TUN');
  const scope = { type: 'zone', zone: zone.id };
  const { body: mandate } = await post({ scope, function: 'search_rescue' }).expect(201);
  await service.api
    .get(`/v1/mandates/${mandate.id}`)
    .set(as(keyOf('DZA', 'reader')))
    .expect(200);
  await service.api
    .get(`/v1/mandates/${mandate.id}`)
    .set(as(keyOf('LBY', 'admin')))
    .expect(404);
  await service.api.get(`/v1/mandates/${mandate.id}`).expect(404);
  const { body } = await service.api.get(`/v1/mandates?scopeId=${zone.id}`).expect(200);
  expect(body.mandates).toEqual([]);
  await patch(mandate.id, { rank: 'disputed' }, admin('LBY')).expect(404);
  const foreign = { agency: 'lby-douanes', scope };
  const refused = await post(foreign, admin('LBY')).expect(422);
  expect(refused.body.detail).toMatch(/there is no zone/);
});
