import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aMandate } from '../support/builders.agencies.ts';
import { crossingOf, mandatesAt } from '../support/builders.reference.ts';
import { aSquare } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const get = (query: object) => service.api.get('/v1/agencies/responsible').query(query);
const ask = async (query: object, headers = {}) => (await get(query).set(headers).expect(200)).body;
const mandatesOf = ({ responsible }: { responsible: { mandate: string }[] }) =>
  responsible.map(({ mandate }) => mandate).sort();

const createZone = async (change: Parameters<typeof agreeZone>[2]) =>
  (await agreeZone(service.api, 'TUN', change)).id;
const give = async (change: object) =>
  (
    await service.api
      .post('/v1/mandates')
      .set(as(keyOf('TUN', 'admin')))
      .send(aMandate(change))
      .expect(201)
  ).body.id as string;

describe('for a zone', () => {
  const zone = 'tun-buffer-2013-part-1';
  const place = { countries: ['TUN'], zone };

  test.each([
    ['before its mandates began', '2013-08-28T23:59:59Z', '2013-08-28'],
    ['on their first day', '2013-08-29T00:00:00Z', '2013-08-29'],
    ['on their last day', '2026-08-28T23:59:59Z', '2026-08-28'],
    ['after it', '2026-08-29T00:00:00Z', '2026-08-29'],
  ])('%s, the mandates valid at that instant apply', async (_when, at, day) => {
    const answer = await ask({ zone, at });
    expect(answer).toMatchObject({ at, place: { zone, countries: ['TUN'] } });
    expect(mandatesOf(answer)).toEqual(mandatesAt(place, day));
  });

  test('the governors and the army are responsible for access, while the order is in force', async () => {
    const { responsible } = await ask({ zone, function: 'zone_access', at: '2026-08-28' });
    expect(responsible).toMatchObject([
      { agency: { id: 'tun-gouverneurs' }, mandate: 'm-016', rank: 'primary', preferred: true },
      { agency: { id: 'tun-armee-nationale' }, mandate: 'm-017', rank: 'supporting', preferred: false },
    ]);
    expect(responsible[0].reason).toBe(`Primary mandate for zone ${zone}`);
    expect((await ask({ zone, function: 'zone_access', at: '2026-08-29' })).responsible).toEqual([]);
  });

  test('only its participants are responsible, even if it reaches into another country', async () => {
    const id = await createZone({ geometry: aSquare([8.42, 35.17]), participants: ['TUN'], tlp: 'CLEAR' });
    const answer = await ask({ zone: id });
    expect(answer.place).toMatchObject({ borders: ['DZA-TUN'], crossings: ['bouchebka'] });
    expect(answer.responsible.map(({ country }: { country: string }) => country)).not.toContain('DZA');
  });

  test('mandates for borders, segments and crossings in it apply too', async () => {
    const id = await createZone({ geometry: aSquare([8.36, 35.54]), tlp: 'CLEAR' });
    const ofCrossing = await give({ scope: { type: 'crossing-side', crossing: 'ras-el-aioun-haidra' } });
    const ofSegment = await give({ scope: { type: 'segment', segment: 'DZA-TUN-06' } });
    const elsewhere = await give({ scope: { type: 'segment', segment: 'DZA-TUN-15' } });
    const mandates = mandatesOf(await ask({ zone: id, function: 'customs_control' }));
    expect(mandates).toEqual(expect.arrayContaining([ofCrossing, ofSegment]));
    expect(mandates).not.toContain(elsewhere);
  });

  test('that the caller does not see is 404, like a missing one', async () => {
    const id = await createZone({});
    await get({ zone: id }).expect(404);
    await get({ zone: id })
      .set(as(keyOf('LBY', 'reader')))
      .expect(404);
    await get({ zone: id })
      .set(as(keyOf('DZA', 'reader')))
      .expect(200);
    const { body } = await get({ zone: 'nowhere' }).expect(404);
    expect(body.detail).toBe('There is no zone with id nowhere.');
  });
});

describe('for a segment', () => {
  test.each(['LBY-TUN-03', 'DZA-LBY-15'])('%s, mandates of both countries apply', async (segment) => {
    const border = segment.slice(0, 7);
    const answer = await ask({ segment, at: '2026-03-01' });
    expect(answer.place).toMatchObject({ segment, countries: border.split('-'), borders: [border] });
    expect(mandatesOf(answer)).toEqual(mandatesAt({ countries: border.split('-'), border }, '2026-03-01'));
  });

  test('a mandate for it comes before one for the whole border', async () => {
    const given = { agency: 'tun-garde-nationale', function: 'border_surveillance' };
    const narrow = await give({ ...given, scope: { type: 'segment', segment: 'DZA-TUN-09' } });
    const { responsible } = await ask({ segment: 'DZA-TUN-09', function: 'border_surveillance' });
    const ofTunisia = responsible.filter(({ country }: { country: string }) => country === 'TUN');
    expect(ofTunisia).toMatchObject([
      { mandate: narrow, preferred: true, reason: 'Primary mandate for the TUN side of segment DZA-TUN-09' },
      { mandate: 'm-010', preferred: false },
    ]);
    expect(mandatesOf(await ask({ segment: 'DZA-TUN-10' }))).not.toContain(narrow);
  });

  test('that does not exist is 404', () => get({ segment: 'DZA-TUN-99' }).expect(404));
});

describe('for a crossing', () => {
  test.each(['ras-ajdir', 'tarat', 'bouchebka'])('%s, mandates of both sides apply', async (crossing) => {
    const { border } = crossingOf(crossing).properties;
    const place = { countries: border.split('-'), border, crossing };
    for (const day of ['2022-12-31', '2023-06-01', '2024-01-01'])
      expect(mandatesOf(await ask({ crossing, at: day }))).toEqual(mandatesAt(place, day));
  });

  test('a surrounding zone counts while it is in force', async () => {
    const geometry = aSquare([8.264692, 35.783947]);
    const period = { validFrom: '2100-02-01', validTo: '2100-03-01' };
    const zone = await createZone({ geometry, tlp: 'CLEAR', ...period });
    const mandate = await give({ scope: { type: 'zone', zone }, function: 'zone_access' });
    const asked = { crossing: 'el-meridj-kalaat-senan', function: 'zone_access' };
    expect(mandatesOf(await ask({ ...asked, at: '2100-02-15' }))).toEqual([mandate]);
    expect((await ask({ ...asked, at: '2100-02-15' })).place.zones).toEqual([zone]);
    expect(mandatesOf(await ask({ ...asked, at: '2100-03-01' }))).toEqual([]);
  });

  test('every entry has agency, function, reason and source', async () => {
    const { responsible } = await ask({ crossing: 'ras-ajdir', function: 'port_security', at: '2026-03-01' });
    expect(responsible[0]).toEqual({
      agency: expect.objectContaining({ id: 'lby-application-loi', names: expect.anything() }),
      country: 'LBY',
      function: 'port_security',
      rank: 'primary',
      scope: { type: 'crossing-side', id: 'ras-ajdir' },
      preferred: true,
      reason: 'Primary mandate for the LBY side of crossing ras-ajdir',
      mandate: 'm-022',
      validFrom: '2024-01-01T00:00:00Z',
      validTo: null,
      verified: true,
      source: 'press, 2024 (securing Ras Ajdir)',
    });
  });

  test('that does not exist is 404', () => get({ crossing: 'nowhere' }).expect(404));
});

describe('exactly one place must be named', () => {
  const refused: [query: object, words: RegExp][] = [
    [{}, /exactly one of zone, segment and crossing.*none/],
    [{ zone: 'tun-buffer-2013-part-1', segment: 'DZA-TUN-01' }, /given are zone and segment/],
    [{ segment: 'DZA-TUN-01', crossing: 'ras-ajdir' }, /given are segment and crossing/],
    [{ crossing: ['ras-ajdir', 'tarat'] }, /crossing.*once/],
    [{ crossing: '' }, /crossing/],
    [{ crossing: 'ras-ajdir', function: 'parades' }, /function.*parades/],
    [{ crossing: 'ras-ajdir', at: '2026' }, /at.*2026/],
    [{ border: 'DZA-TUN' }, /border.*not known; known are zone, segment, crossing/],
  ];
  test.each(refused)('%j is refused', async (query, words) => {
    const { body } = await get(query).expect(400);
    expect(body.detail).toMatch(words);
  });
});
