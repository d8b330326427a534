import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aFlatZone } from '../support/builders.flat.ts';
import { aSquare, aZone } from '../support/builders.ts';
import { agreeZone, approve, readZone } from '../support/builders.zones.ts';
import { editorOf } from '../support/ogc.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let tunisia: ReturnType<typeof editorOf>;
let algeria: ReturnType<typeof editorOf>;
beforeAll(async () => {
  service = await startService();
  tunisia = editorOf(service.api, 'zones', as(keyOf('TUN', 'operator')));
  algeria = editorOf(service.api, 'zones', as(keyOf('DZA', 'operator')));
});
afterAll(() => service.stop());

const rest = async (id: string, query = '') =>
  (await service.api.get(`/v1/zones/${id}${query}`).set(as(keyOf('TUN', 'operator')))).body;
const item = async (id: string, query = '') => (await tunisia.get(id, query).expect(200)).body;

const BOWTIE = {
  type: 'Polygon',
  coordinates: [
    [
      [8, 35],
      [8.2, 35.2],
      [8.2, 35],
      [8, 35.2],
      [8, 35],
    ],
  ],
};

describe('ogcapi-features-4/create-replace-delete, ogcapi-features-4/features: a zone that is added', () => {
  test('is a draft, and is read at its Location as it was sent', async () => {
    const sent = aFlatZone({
      nameFr: 'Zone d’essai',
      legalAct: 'Note of 3 November',
      validFrom: '2027-01-01T00:00:00Z',
    });
    const { headers, text } = await tunisia.post(sent).expect(201);
    expect(text).toBe('');
    expect(headers.location).toMatch(/\/v1\/collections\/zones\/items\/[0-9a-f-]{36}$/);
    const found = await service.api.get(new URL(headers.location!).pathname).set(as(keyOf('TUN', 'reader')));
    expect(found.status).toBe(200);
    expect(found.headers.etag).toBe(headers.etag);
    expect(found.body.geometry.coordinates).toEqual([aSquare([8.4, 35]).coordinates]);
    expect(found.body.properties).toMatchObject({
      nameEn: 'Exercise zone of a layer',
      nameFr: 'Zone d’essai',
      participants: 'DZA,TUN',
      legalAct: 'Note of 3 November',
      state: 'draft',
      owner: 'TUN',
      validFrom: '2027-01-01T00:00:00Z',
    });
  });

  test('may have computed properties and nulls, which are ignored', async () => {
    const id = await tunisia.add(
      aFlatZone({
        nameAr: null,
        validTo: null,
        owner: 'LBY',
        revision: 9,
        state: 'active',
        areaKm2: -1,
        source: 'x',
      }),
    );
    const { properties } = await item(id);
    expect(properties).toMatchObject({
      nameAr: null,
      owner: 'TUN',
      revision: 1,
      state: 'draft',
      source: null,
    });
    expect(properties.areaKm2).toBeGreaterThan(100);
  });

  test('may have times without an offset, which are in UTC, and lists as lists', async () => {
    const id = await tunisia.add(
      aFlatZone({ validFrom: '2027-01-01T06:00:00', validTo: '2027-02-01 06:00', participants: ['TUN'] }),
    );
    expect((await item(id)).properties).toMatchObject({
      validFrom: '2027-01-01T06:00:00Z',
      validTo: '2027-02-01T06:00:00Z',
      participants: 'TUN',
    });
  });

  test.each<[what: string, body: object, status: number, path: string]>([
    ['a property that no layer has', aFlatZone({ colour: 'red' }), 400, 'properties.colour'],
    ['a nested one', aFlatZone({ names: 'x' }), 400, 'properties.names'],
    ['no name', aFlatZone({ nameEn: null }), 400, 'properties.nameEn'],
    ['an empty name', aFlatZone({ nameFr: '' }), 400, 'properties.nameFr'],
    ['an unknown kind', aFlatZone({ kind: 'park' }), 400, 'properties.kind'],
    ['an unknown participant', aFlatZone({ participants: 'TUN,ITA' }), 400, 'properties.participants.1'],
    ['a plate', aFlatZone({ purpose: 'Watch 123 TU 4567' }), 422, 'properties.purpose'],
    ['an area that crosses itself', aFlatZone({ geometry: BOWTIE }), 422, 'geometry.coordinates.0'],
    ['a point', aFlatZone({ geometry: { type: 'Point', coordinates: [9, 33] } }), 400, 'geometry.type'],
    ['a member of its own', { ...aFlatZone(), tlp: 'CLEAR' }, 400, 'tlp'],
  ])('is refused with %s, by its flat name', async (_what, body, status, path) => {
    const answer = await tunisia.post(body).expect(status);
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path);
    expect(answer.body.detail).toContain(path);
  });

  test('is refused without the own country, as under /v1/zones', async () => {
    const { body } = await tunisia.post(aFlatZone({ participants: 'DZA' })).expect(422);
    expect(body.detail).toContain('TUN must take part');
  });
});

describe('ogcapi-features-4/create-replace-delete: a draft', () => {
  test('is replaced in place', async () => {
    const id = await tunisia.add(aFlatZone({ nameFr: 'Un', validTo: '2030-01-01T00:00:00Z', tlp: 'GREEN' }));
    const moved = aSquare([8.6, 34.9]);
    await tunisia.put(id, aFlatZone({ nameEn: 'Two', geometry: moved, id })).expect(204);
    const { geometry, properties } = await item(id);
    expect(geometry.coordinates).toEqual([moved.coordinates]);
    expect(properties).toMatchObject({
      nameEn: 'Two',
      nameFr: null,
      validTo: null,
      revision: 1,
      state: 'draft',
    });
    // the label is not content, and stays without a new one
    expect(properties.tlp).toBe('GREEN');
  });

  test('must exist for PUT', async () => {
    await tunisia.put('a-zone-of-my-own', aFlatZone()).expect(404);
    await tunisia.put('01a21a06-c052-72cc-bdf8-5290715d9e04', aFlatZone()).expect(404);
  });

  test('is not replaced by incomplete content or content with another id', async () => {
    const id = await tunisia.add(aFlatZone());
    const { body } = await tunisia.put(id, { type: 'Feature', properties: { nameEn: 'Half' } }).expect(400);
    expect(body.errors.map(({ path }: { path: string }) => path)).toContain('properties.kind');
    await tunisia.put(id, aFlatZone({ id: 'another' })).expect(400);
    expect((await item(id)).properties.nameEn).toBe('Exercise zone of a layer');
  });

  test('is deleted by DELETE', async () => {
    const id = await tunisia.add(aFlatZone());
    const { text } = await tunisia.remove(id).expect(204);
    expect(text).toBe('');
    await tunisia.get(id).expect(404);
    await service.api
      .get(`/v1/zones/${id}`)
      .set(as(keyOf('TUN', 'operator')))
      .expect(404);
    await tunisia.remove(id).expect(404);
  });
});

describe('ogcapi-features-4/update: a draft', () => {
  test('is changed in the named properties only', async () => {
    const id = await tunisia.add(
      aFlatZone({ nameFr: 'Un', legalAct: 'Note', validTo: '2030-01-01T00:00:00Z' }),
    );
    await tunisia.patch(id, { properties: { nameEn: 'Two', purpose: 'Another purpose' } }).expect(204);
    expect((await item(id)).properties).toMatchObject({
      nameEn: 'Two',
      nameFr: 'Un',
      purpose: 'Another purpose',
      legalAct: 'Note',
      revision: 1,
    });
    const moved = aSquare([8.6, 34.9]);
    await tunisia.patch(id, { geometry: moved }).expect(204);
    expect((await item(id)).geometry.coordinates).toEqual([moved.coordinates]);
  });

  test('loses only optional properties by null', async () => {
    const id = await tunisia.add(
      aFlatZone({ nameFr: 'Un', legalAct: 'Note', validTo: '2030-01-01T00:00:00Z' }),
    );
    const nulls = { nameFr: null, legalAct: null, validTo: null, purpose: null, kind: null, areaKm2: null };
    await tunisia.patch(id, { properties: nulls, geometry: null }).expect(204);
    expect((await item(id)).properties).toMatchObject({
      nameFr: null,
      legalAct: null,
      validTo: null,
      purpose: 'Joint watch',
      kind: 'exercise',
    });
  });

  test('is unchanged, with its ETag, by a no-op write', async () => {
    const id = await tunisia.add(aFlatZone());
    const before = await tunisia.get(id).expect(200);
    for (const change of [
      {},
      { properties: {} },
      { properties: { nameEn: before.body.properties.nameEn } },
    ]) {
      const { headers } = await tunisia.patch(id, change).expect(204);
      expect(headers.etag).toBe(before.headers.etag);
    }
  });
});

describe('an agreed zone', () => {
  test.each<[how: string, write: (id: string, body: object) => PromiseLike<unknown>]>([
    ['PATCH', (id) => tunisia.patch(id, { properties: { purpose: 'Next' } }).expect(204)],
    ['PUT', (id, whole) => tunisia.put(id, whole).expect(204)],
  ])(
    'is given its next revision by %s, which its editor reads with ?revision=latest',
    async (_how, write) => {
      const { id } = await agreeZone(service.api, 'TUN', { tlp: 'CLEAR' });
      const before = await item(id);
      await write(id, { ...before, properties: { ...before.properties, purpose: 'Next' } });
      expect((await item(id)).properties).toMatchObject({
        purpose: 'Joint watch',
        revision: 1,
        state: 'active',
      });
      const latest = await item(id, '?revision=latest');
      expect(latest.properties).toMatchObject({ purpose: 'Next', revision: 2, state: 'proposed' });
      expect((await algeria.get(id, '?revision=latest').expect(200)).body.properties.revision).toBe(2);
      // who does not take part is shown what is agreed
      const { body } = await service.api.get(`/v1/collections/zones/items/${id}?revision=latest`).expect(200);
      expect(body.properties.revision).toBe(1);
      const waiting = await rest(id, '?revision=latest');
      await approve(service.api, waiting);
      expect((await item(id)).properties).toMatchObject({ purpose: 'Next', revision: 2 });
    },
  );

  test('that was derived keeps its rule when sent back as returned, in degrees and in metres', async () => {
    const { id } = await agreeZone(service.api, 'TUN', aZone().properties);
    for (const crs of ['OGC/1.3/CRS84', 'EPSG/0/3857', 'EPSG/0/4326', 'EPSG/0/32632']) {
      const uri = `http://www.opengis.net/def/crs/${crs}`;
      const answered = await item(id, `?crs=${encodeURIComponent(uri)}`);
      await tunisia.put(id, answered, { 'Content-Crs': `<${uri}>` }).expect(204);
      expect((await item(id, '?revision=latest')).properties.revision).toBe(1);
    }
    expect((await rest(id)).properties.derivedFrom).toMatchObject({ border: 'DZA-TUN' });
  });

  test('keeps the other parts of its legal act when the title is sent back', async () => {
    const act = { title: 'Joint note', date: '2026-11-03', reference: 'A/1' };
    const { id } = await agreeZone(service.api, 'TUN', { legalAct: act });
    const answered = await item(id);
    expect(answered.properties.legalAct).toBe('Joint note');
    const next = { ...answered, properties: { ...answered.properties, purpose: 'Next' } };
    await tunisia.put(id, next).expect(204);
    expect((await rest(id, '?revision=latest')).properties).toMatchObject({ revision: 2, legalAct: act });
  });

  test('is labelled without a new revision, narrower only', async () => {
    const { id } = await agreeZone(service.api, 'TUN', { tlp: 'GREEN' });
    await tunisia.patch(id, { properties: { tlp: 'CLEAR' } }).expect(403);
    await tunisia.patch(id, { properties: { tlp: 'AMBER', releasableTo: 'LBY' } }).expect(204);
    const { properties } = await item(id, '?revision=latest');
    expect(properties).toMatchObject({ tlp: 'AMBER', releasableTo: 'LBY', revision: 1, agreed: true });
  });

  test('is withdrawn by DELETE: it leaves the layer, and stays readable by its id', async () => {
    const { id } = await agreeZone(service.api, 'TUN');
    await tunisia.remove(id).expect(204);
    await tunisia.get(id).expect(404);
    await tunisia.get(id, '?revision=latest').expect(404);
    expect((await readZone(service.api, 'TUN', id)).properties.state).toBe('withdrawn');
    const { body } = await tunisia.patch(id, { properties: { purpose: 'Again' } }).expect(409);
    expect(body.type).toBe('/problems/state-not-allowed');
  });
});

describe('somebody else’s zone', () => {
  test('is 403 for another participant, and 404 for callers that do not see it', async () => {
    const { id } = await agreeZone(service.api, 'TUN');
    const draft = await tunisia.add(aFlatZone());
    const change = { properties: { purpose: 'Mine' } };
    const writes = (one: string) => [
      algeria.patch(one, change),
      algeria.put(one, aFlatZone()),
      algeria.remove(one),
    ];
    for (const answer of await Promise.all(writes(id))) expect(answer.status).toBe(403);
    for (const answer of await Promise.all([...writes(draft), ...writes('nowhere')])) {
      expect(answer.status).toBe(404);
      expect(answer.body.detail).toMatch(/^There is no zone with id [\w-]+\.$/);
    }
  });

  test.each(['reader', 'reporter', 'coordinator', 'auditor', 'admin'] as const)(
    'and any zone is refused to a %s',
    async (role) => {
      const editor = editorOf(service.api, 'zones', as(keyOf('TUN', role)));
      const id = await tunisia.add(aFlatZone());
      await editor.post(aFlatZone()).expect(403);
      await editor.put(id, aFlatZone()).expect(403);
      await editor.patch(id, { properties: {} }).expect(403);
      await editor.remove(id).expect(403);
      await editorOf(service.api, 'zones', {}).remove(id).expect(401);
    },
  );
});
