import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { auditStore } from '../../src/audit/audit.store.ts';
import type { CountryCode } from '../../src/core/caller.ts';
import { ask } from '../support/audit.ts';
import { anIncident, aSquare, aZone } from '../support/builders.ts';
import { agreeZone, approve } from '../support/builders.zones.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

interface Entry {
  id: string;
  action: string;
  agency: string | null;
  operation: string | null;
  collection: string;
  detail: string | null;
  target: string | null;
  rows: number;
  countries: string[];
  [name: string]: unknown;
}

const seal = () => auditStore(service.db).seal();

async function page(country: CountryCode, query = '') {
  const answer = await service.api.get(`/v1/audit?${query}`).set(as(keyOf(country, 'auditor')));
  expect(answer.status).toBe(200);
  return answer.body as { entries: Entry[]; links: { rel: string; href: string }[] };
}

/** Everything that an auditor sees, page by page. */
async function logOf(country: CountryCode, limit = 1000): Promise<Entry[]> {
  await seal();
  const entries: Entry[] = [];
  for (let query = `limit=${limit}`; ; ) {
    const { entries: some, links } = await page(country, query);
    entries.push(...some);
    const next = links.find(({ rel }) => rel === 'next');
    if (!next) return entries;
    query = new URL(next.href).search.slice(1);
  }
}

const about = async (country: CountryCode, target: string) =>
  (await logOf(country)).filter((entry) => entry.target === target);

async function put(country: CountryCode, incident: object): Promise<string> {
  const id = uuidv7();
  const sent = service.api.put(`/v1/incidents/${id}`).set(as(keyOf(country, 'reporter')));
  await sent.send(incident).expect(201);
  return id;
}
const read = (country: CountryCode, path: string) =>
  ask(service, { path, headers: { ...as(keyOf(country, 'reader')), 'X-Purpose': 'Patrol' } });

describe('an auditor', () => {
  test("sees actions of the own country's agencies in full", async () => {
    const id = await put('TUN', anIncident());
    expect(await about('TUN', id)).toMatchObject([
      {
        action: 'create',
        agency: 'tun-garde-nationale',
        country: 'TUN',
        key: expect.any(String),
        roles: ['reporter'],
        operation: 'putIncident',
        rows: 1,
        countries: ['TUN'],
        requestId: expect.any(String),
        filterHash: expect.any(String),
      },
    ]);
  });

  test('sees who read own data and for what purpose, but no more about a foreign agency', async () => {
    const id = await put('TUN', anIncident({ tlp: 'AMBER', releasableTo: ['DZA'] }));
    await read('DZA', `/incidents/${id}`);
    const [, begun, ended] = await about('TUN', id);
    const told = {
      agency: 'dza-gardes-frontieres',
      country: 'DZA',
      operation: 'getIncident',
      purpose: 'Patrol',
    };
    const hidden = { key: null, roles: null, requestId: null, filterHash: null };
    expect(begun).toMatchObject({ action: 'read', outcome: 'begun', ...told, ...hidden });
    expect(ended).toMatchObject({ action: 'read-end', outcome: 'complete', rows: 1, ...told, ...hidden });
    expect(await about('DZA', id)).toMatchObject([
      { action: 'read', key: expect.any(String), countries: ['TUN'] },
      { action: 'read-end' },
    ]);
  });

  test('sees nothing that concerns others', async () => {
    const id = await put('TUN', anIncident({ tlp: 'AMBER', releasableTo: ['DZA'] }));
    await read('DZA', `/incidents/${id}`);
    const log = await logOf('LBY');
    expect(JSON.stringify(log)).not.toContain(id);
    expect(log.filter(({ country, countries }) => country !== 'LBY' && !countries.includes('LBY'))).toEqual(
      [],
    );
  });

  test('sees only the share of own rows in a foreign list, neither the other owners nor the place', async () => {
    const at: [number, number] = [11.4, 32.4];
    const change = { participants: ['LBY', 'TUN'], tlp: 'AMBER+STRICT', geometry: aSquare(at) };
    const zone = await agreeZone(service.api, 'LBY', change);
    await put('DZA', anIncident({ at, tlp: 'GREEN' }));
    await put('TUN', anIncident({ at, tlp: 'GREEN' }));
    await put('TUN', anIncident({ at, tlp: 'GREEN' }));
    const { body, entries } = await read('TUN', `/zones/${zone.id}/incidents`);
    expect(body.numberReturned).toBe(3);
    // the zone is data of LBY and TUN, and each row tells that something lies in it
    expect(entries).toMatchObject([{ row_count: 3, shares: [1, 3, 3] }, { action: 'read-end' }]);
    const seen = (await logOf('DZA')).filter(({ operation }) => operation === 'listZoneIncidents');
    expect(seen).toMatchObject([
      { action: 'read', agency: 'tun-garde-nationale', rows: 1, countries: ['DZA'], target: null },
      { action: 'read-end', rows: 1, countries: ['DZA'], target: null },
    ]);
    expect(JSON.stringify(seen)).not.toContain(zone.id);
  });

  test('of a participant sees everything about a joint zone from its proposal on', async () => {
    const operator = as(keyOf('TUN', 'operator'));
    const { body: zone } = await service.api.post('/v1/zones').set(operator).send(aZone()).expect(201);
    const ofZone = async (country: CountryCode) =>
      (await logOf(country))
        .filter(({ target }) => target === zone.id || target === `${zone.id}/1`)
        .filter(({ action }) => !action.startsWith('read'))
        .map(({ action, collection, agency, detail }) => [action, collection, agency, detail]);
    expect(await ofZone('DZA')).toEqual([]);
    const path = `/v1/zones/${zone.id}`;
    const { body: proposed } = await service.api.post(`${path}/proposal`).set(operator).expect(200);
    await approve(service.api, proposed);
    await service.api
      .patch(path)
      .set(operator)
      .send({ properties: { tlp: 'AMBER+STRICT' } })
      .expect(200);
    const followed = [
      ['change', 'revisions', 'tun-garde-nationale', 'draft → proposed'],
      ['create', 'consents', 'dza-gardes-frontieres', 'approve of DZA by dza-gardes-frontieres'],
      ['create', 'consents', 'tun-garde-nationale', 'approve of TUN by tun-garde-nationale'],
      ['change', 'revisions', 'tun-garde-nationale', 'proposed → agreed'],
      ['change', 'zones', 'tun-garde-nationale', 'AMBER → AMBER+STRICT'],
    ];
    expect(await ofZone('DZA')).toEqual(followed);
    const drafted = [
      ['create', 'zones', 'tun-garde-nationale', null],
      ['create', 'revisions', 'tun-garde-nationale', null],
    ];
    const own = await ofZone('TUN');
    expect(own.slice(2)).toEqual(followed);
    expect(own.slice(0, 2)).toEqual(expect.arrayContaining(drafted));
    expect(await ofZone('LBY')).toEqual([]);
  });
});

describe('the pages of the log', () => {
  test('have each entry once and in the same order, with any page size', async () => {
    for (let n = 0; n < 5; n++) await put('LBY', anIncident({ at: [11.5, 31 + n / 10] }));
    const whole = (await logOf('LBY')).map(({ id }) => id);
    expect(new Set(whole).size).toBe(whole.length);
    expect((await logOf('LBY', 3)).map(({ id }) => id)).toEqual(whole);
  });

  test('continue after a given entry with everything sealed since', async () => {
    const last = (await logOf('LBY')).at(-1)!.id;
    expect((await page('LBY', `after=${last}`)).entries).toEqual([]);
    const id = await put('LBY', anIncident({ at: [11.5, 30.5] }));
    expect((await page('LBY', `after=${last}`)).entries).toEqual([]);
    await seal();
    expect((await page('LBY', `after=${last}`)).entries).toMatchObject([{ target: id }]);
  });

  test('reveal nothing about a hidden entry: its id works as a start like any other', async () => {
    await put('LBY', anIncident({ at: [11.5, 30.4] }));
    const hidden = (await logOf('LBY')).at(-1)!.id;
    const own = (await logOf('DZA')).filter(({ id }) => id > hidden);
    expect((await page('DZA', `after=${hidden}`)).entries).toEqual(own);
  });

  test('count nothing: ids are random after their time, and no position is returned', async () => {
    const ids = (await logOf('TUN')).map(({ id }) => id.slice(14));
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys((await logOf('TUN'))[0]!)).not.toContain('seq');
  });

  test('are for auditors only', async () => {
    await service.api.get('/v1/audit').expect(401);
    for (const role of ['reader', 'operator', 'coordinator', 'admin'] as const)
      await service.api
        .get('/v1/audit')
        .set(as(keyOf('TUN', role)))
        .expect(403);
  });

  test('contain nothing of the content of reads and writes', async () => {
    await put('TUN', anIncident({ description: 'Seventeen camels', placeText: 'Oued Zitoun' }));
    await read('TUN', '/incidents?bbox=8.123,34,9,36&kind=distress');
    const text = JSON.stringify(await logOf('TUN'));
    for (const word of ['camels', 'Zitoun', '8.123', 'distress']) expect(text).not.toContain(word);
  });
});
