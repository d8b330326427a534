import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { importIncidents } from '../support/served.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
const reader = as(keyOf('TUN', 'reader'));
const stranger = {};

const PLACES: Record<string, string> = {
  track: 'Track south of Bouchebka, km 12',
  Bouchebka: 'BOUCHEBKA',
  accents: 'Près de Ghadamès – l’oued',
  ascii: 'Ghadames',
  article: 'سهل الجفارة',
  bare: 'جفارة',
  vowels: 'رَأْس أَجْدِير',
  hyphen: 'Ras-Ajdir/gate (old)',
  reversed: 'Ajdir, Ras',
  hidden: 'Bouchebka depot',
};

beforeAll(async () => {
  service = await startService({ withDemo: true });
  await importIncidents(
    service,
    Object.entries(PLACES).map(([name, placeText]) =>
      anIncident({
        placeText,
        source: 'places',
        externalId: name,
        tlp: name === 'hidden' ? 'AMBER+STRICT' : 'CLEAR',
      }),
    ),
  );
  await asTableOwner(service.db, sql`ANALYZE base.incident`);
});
afterAll(() => service.stop());

interface Feature {
  id: string;
  properties: { externalId: string };
}
async function found(path: string, q: string, headers: Record<string, string> = reader): Promise<string[]> {
  const address = `/v1/${path}${path.includes('?') ? '&' : '?'}q=${encodeURIComponent(q)}&limit=1000`;
  const { body } = await service.api.get(address).set(headers).expect(200);
  const rows: Feature[] = body.features ?? body.agencies;
  return rows.map(({ id, properties }) => properties?.externalId ?? id).sort();
}

describe('q finds incidents by words of their place text', () => {
  test.each([
    ['bouchebka', ['Bouchebka', 'hidden', 'track']],
    ['BOUCHE', ['Bouchebka', 'hidden', 'track']],
    ['hebka', []],
    ['ghadames', ['accents', 'ascii']],
    ['Ghadamès', ['accents', 'ascii']],
    ['oued', ['accents']],
    ['جفارة', ['article', 'bare']],
    ['الجفارة', ['article']],
    ['راس اجدير', ['vowels']],
    ['ras ajdir', ['hyphen']],
    ['Ras-Ajdir', ['hyphen']],
    ['ras,bouchebka depot', ['hidden', 'hyphen', 'reversed']],
    ['km 12', ['track']],
    ["ras' | !(ajdir:*) & <->", ['hyphen']],
    ['nowhere', []],
  ])('%s', async (q, names) => {
    expect(await found('incidents?source=places', q)).toEqual(names.sort());
    expect(await found('collections/incidents/items?source=places', q)).toEqual(names.sort());
  });

  test('in counts, downloads, tiles, and lists of a zone or a segment', async () => {
    const items = '/v1/collections/incidents/items?source=places&q=bouchebka';
    const hits = await service.api.get(`${items}&resultType=hits`).set(reader);
    expect(hits.body.numberMatched).toBe(3);
    const csv = await service.api.get(`${items}&f=csv`).set(reader).expect(200);
    expect(csv.text.trim().split('\r\n')).toHaveLength(1 + 3);
    await service.api.get('/v1/collections/incidents/tiles/WebMercatorQuad/6/25/33?q=ras').expect(200);
    const segment = String(
      (await service.api.get('/v1/locate?lon=8.42&lat=35.2')).body.segment?.id ?? 'DZA-TUN-05',
    );
    const near = await found(`segments/${segment}/incidents?withinMetres=500000`, 'bouchebka');
    expect(near).toEqual(expect.arrayContaining(['Bouchebka', 'track']));
    expect(await found(`segments/${segment}/incidents?withinMetres=500000`, 'nowhere')).toEqual([]);
    await service.api.get('/v1/zones/exercise-jefara/incidents?q=ras').set(reader).expect(200);
  });

  test('only as far as the caller sees them', async () => {
    const others = as(keyOf('LBY', 'reader'));
    for (const headers of [others, stranger]) {
      expect(await found('incidents?source=places', 'depot', headers)).toEqual([]);
      expect(await found('incidents?source=places', 'bouchebka', headers)).toEqual(['Bouchebka', 'track']);
    }
  });
});

test.each([
  ['borders', 'libya', ['DZA-LBY', 'LBY-TUN']],
  ['crossings', 'RAS AJ', ['ras-ajdir']],
  ['crossings', 'رأس اجدير', ['ras-ajdir']],
  ['zones', 'jefara', ['exercise-jefara']],
])('q finds %s by their names: %s', async (layer, q, ids) => {
  expect(await found(layer, q)).toEqual(ids);
  expect(await found(`collections/${layer}/items`, q)).toEqual(ids);
});

test.each(['segments', 'agencies'])('q finds %s by each of their names', async (layer) => {
  const { body } = await service.api.get(`/v1/collections/${layer}/items?limit=1000`).expect(200);
  for (const { id, properties } of body.features.slice(0, 12))
    for (const name of [
      properties.name,
      properties.nameEn,
      properties.nameFr,
      properties.nameAr,
      properties.acronym,
    ])
      if (name)
        expect([name, await found(layer, name.replaceAll(',', ' '))]).toEqual([
          name,
          expect.arrayContaining([id]),
        ]);
});

test('a phrase without a word, and too many phrases, are refused', async () => {
  for (const q of ['', ' ', '!?', 'ras,', Array(21).fill('ras').join()])
    await service.api.get(`/v1/incidents?q=${encodeURIComponent(q)}`).expect(400);
});

describe('without a key q has the limits of filters', () => {
  const paths = [
    '/v1/incidents?q=ras',
    '/v1/collections/incidents/items?q=ras',
    '/v1/collections/incidents/items?q=ras&f=csv',
    '/v1/segments/DZA-TUN-07/incidents?q=ras',
  ];
  test.each(paths)('%s', async (path) => {
    const api = service.apiWith({ layers: { strangers: { cost: 0.001, milliseconds: 60_000 } } });
    const { body } = await api.get(path).expect(422);
    expect(body.code).toBe('filter-too-costly');
    await api.get(path).set(reader).expect(200);
  });
});
