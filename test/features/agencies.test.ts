import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CountryCode } from '../../src/core/caller.ts';
import { anAgency } from '../support/builders.agencies.ts';
import { idsOf, reference } from '../support/builders.reference.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const admin = (country: CountryCode = 'TUN') => as(keyOf(country, 'admin'));
const put = (id: string, body: object, headers: Record<string, string> = admin()) =>
  service.api.put(`/v1/agencies/${id}`).set(headers).send(body);
const read = async (id: string) => (await service.api.get(`/v1/agencies/${id}`).expect(200)).body;

describe('the agencies', () => {
  const list = async (query: string) =>
    (await service.api.get(`/v1/agencies?${query}`).expect(200)).body.features;
  const { agencies, mandates } = reference;
  const withMandate = (...functions: string[]) =>
    agencies.filter(({ id }) =>
      mandates.some((mandate) => mandate.agency === id && functions.includes(mandate.function)),
    );

  test('are those of the reference data, without geometry', async () => {
    const features = await list('limit=100');
    expect(idsOf(features)).toEqual(idsOf(agencies));
    for (const { id, geometry, properties } of features) {
      const { names, country, type, verified } = agencies.find((agency) => agency.id === id)!;
      expect(geometry).toBeNull();
      expect(properties).toMatchObject({ names, country, type, verified, contact: null, revision: 1 });
    }
  });

  const filters: [query: string, expected: { id: string }[]][] = [
    ['country=LBY', agencies.filter(({ country }) => country === 'LBY')],
    ['country=LBY,TUN', agencies.filter(({ country }) => country !== 'DZA')],
    ['country=LBY&country=TUN', agencies.filter(({ country }) => country !== 'DZA')],
    ['type=sar_sea', agencies.filter(({ type }) => type === 'sar_sea')],
    ['verified=false', agencies.filter(({ verified }) => !verified)],
    ['function=customs_control', withMandate('customs_control')],
    ['function=search_rescue,health_control', withMandate('search_rescue', 'health_control')],
    ['country=TUN&type=army', [{ id: 'tun-armee-nationale' }]],
  ];
  test.each(filters)('with %s are filtered', async (query, expected) => {
    expect(idsOf(await list(query))).toEqual(idsOf(expected));
  });

  test('with a function are those with a current mandate for it: that of the buffer zone has ended', async () => {
    expect(withMandate('zone_access').length).toBeGreaterThan(0);
    expect(await list('function=zone_access')).toEqual([]);
  });

  test('match every bbox, because they have no geometry', async () => {
    expect(await list('bbox=8,33,9,34')).toHaveLength(agencies.length);
  });

  test('are read one by one with their mandates', async () => {
    const { properties } = await read('tun-protection-civile');
    const own = mandates.filter(({ agency }) => agency === 'tun-protection-civile');
    expect(idsOf(properties.mandates)).toEqual(idsOf(own));
  });

  test.each([
    ['country=FRA', /country.*DZA, LBY, TUN.*FRA/],
    ['type=navy', /type.*navy/],
    ['function=parades', /function.*parades/],
    ['verified=yes', /verified.*yes/],
    ['ministry=x', /ministry.*not known; known are.*country/],
  ])('with %s are refused', async (query, words) => {
    const { body } = await service.api.get(`/v1/agencies?${query}`).expect(400);
    expect(body.detail).toMatch(words);
  });

  test('that do not exist are 404', () => service.api.get('/v1/agencies/tun-nowhere').expect(404));
});

describe('an admin', () => {
  test('adds an agency of the own country, and finds it at its Location', async () => {
    const { body, headers } = await put('tun-exercise-desk', anAgency()).expect(201);
    expect(headers.location).toBe('/v1/agencies/tun-exercise-desk');
    expect(body.properties).toMatchObject({ ...anAgency().properties, revision: 1, mandates: [] });
    expect(await read('tun-exercise-desk')).toEqual(body);
  });

  test('replaces it: missing properties are removed', async () => {
    const first = (await put('tun-replaced', anAgency({ acronym: 'XD' })).expect(201)).body;
    const { body } = await put('tun-replaced', anAgency({ contact: undefined })).expect(200);
    expect(body.properties).toMatchObject({ acronym: null, contact: null, revision: 2 });
    expect(Date.parse(body.properties.updatedAt)).toBeGreaterThan(Date.parse(first.properties.updatedAt));
  });

  test('may send back the answer of GET, which changes nothing', async () => {
    const before = await read('tun-douane');
    const { body } = await put('tun-douane', before).expect(200);
    expect(body).toEqual(before);
  });

  test('keeps the mandates of an agency when it is replaced', async () => {
    const before = await read('tun-onpft');
    const names = { en: 'Office of Land Border Posts' };
    await put('tun-onpft', anAgency({ names })).expect(200);
    const after = await read('tun-onpft');
    expect(after.properties.names).toEqual(names);
    expect(after.properties.mandates).toEqual(before.properties.mandates);
  });

  test('of another country changes nothing, with any country in the body', async () => {
    const before = await read('tun-marine-nationale');
    await put('tun-marine-nationale', anAgency(), admin('DZA')).expect(403);
    const { body } = await put('tun-marine-nationale', anAgency({ country: 'DZA' }), admin('DZA')).expect(
      403,
    );
    expect(body.detail).toMatch(/tun-marine-nationale is an agency of TUN.*DZA/);
    expect(await read('tun-marine-nationale')).toEqual(before);
  });

  test('adds no agency for another country', async () => {
    await put('dza-exercise-desk', anAgency({ country: 'DZA' })).expect(403);
    await service.api.get('/v1/agencies/dza-exercise-desk').expect(404);
  });

  test('is required: other roles get 403, no key 401', async () => {
    for (const role of ['reader', 'reporter', 'operator', 'coordinator', 'auditor'] as const)
      await put('tun-another-desk', anAgency(), as(keyOf('TUN', role))).expect(403);
    await put('tun-another-desk', anAgency(), {}).expect(401);
    await service.api.get('/v1/agencies/tun-another-desk').expect(404);
  });
});

describe('an agency', () => {
  const refused: [what: string, change: object, status: number, words: RegExp][] = [
    [
      'a person as contact',
      { contact: { officer: 'x' } },
      400,
      /contact.officer.*dutyDesk, telephone, email/,
    ],
    ['an invalid number', { contact: { telephone: 'ask' } }, 400, /contact.telephone/],
    ['an invalid mailbox', { contact: { email: 'desk' } }, 400, /contact.email/],
    ['an e-mail address in the note', { note: 'Write to a.b@example.org' }, 422, /note.*e-mail/],
    ['no English name', { names: { fr: 'Bureau' } }, 400, /names.en.*required/],
    ['no source', { source: undefined }, 400, /source.*required/],
    ['an unknown type', { type: 'navy' }, 400, /type.*navy/],
    ['an unknown property', { chief: 'x' }, 400, /chief/],
    ['a NUL', { note: 'a\0b' }, 400, /note.*NUL/],
  ];
  test.each(refused)('with %s is refused', async (_what, change, status, words) => {
    const { body } = await put('tun-refused', anAgency(change)).expect(status);
    expect(body.detail).toMatch(words);
    expect(body.detail).not.toMatch(/a\.b@/);
  });

  test('is refused under a different id, and under an id that is not a slug', async () => {
    const { body } = await put('tun-one', { ...anAgency(), id: 'tun-other' }).expect(400);
    expect(body.detail).toMatch(/tun-other.*path/);
    await put('Tun_One', anAgency()).expect(400);
  });

  test('has a name in each of three languages', async () => {
    const names = { en: 'Desk', fr: 'Cellule', ar: 'خلية' };
    await put('tun-three-names', anAgency({ names })).expect(201);
    expect((await read('tun-three-names')).properties.names).toEqual(names);
  });
});
