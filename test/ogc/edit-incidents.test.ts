import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { aFlatIncident } from '../support/builders.flat.ts';
import { anIncident } from '../support/builders.ts';
import { editorOf } from '../support/ogc.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let tunisia: ReturnType<typeof editorOf>;
let algeria: ReturnType<typeof editorOf>;
beforeAll(async () => {
  service = await startService();
  tunisia = editorOf(service.api, 'incidents', as(keyOf('TUN', 'reporter')));
  algeria = editorOf(service.api, 'incidents', as(keyOf('DZA', 'operator')));
});
afterAll(() => service.stop());

const item = async (id: string) => (await tunisia.get(id).expect(200)).body;
const reportsOf = async (id: string) => {
  const { body } = await service.api.get(`/v1/incidents/${id}/reports`).set(as(keyOf('TUN', 'reporter')));
  return body.reports;
};

describe('ogcapi-features-4/create-replace-delete, ogcapi-features-4/features: an incident that is added', () => {
  test('is read at its Location as it was sent, placed like any other', async () => {
    const sent = aFlatIncident({ countsBest: 12, countsHigh: 20, tlp: 'AMBER', releasableTo: 'DZA,LBY' });
    const { headers } = await tunisia.post(sent).expect(201);
    const found = await service.api.get(new URL(headers.location!).pathname).set(as(keyOf('TUN', 'reader')));
    expect(found.headers.etag).toBe(headers.etag);
    expect(found.body.geometry).toEqual(sent.geometry);
    expect(found.body.properties).toMatchObject({
      ...sent.properties,
      state: 'open',
      countsLow: null,
      owner: 'TUN',
      agency: agencyOf(keyOf('TUN', 'reporter')),
      border: 'DZA-TUN',
    });
  });

  test('may have an id of its own, which is taken once', async () => {
    const id = uuidv7();
    const { headers } = await tunisia.post(aFlatIncident({ id })).expect(201);
    expect(headers.location).toMatch(new RegExp(`/items/${id}$`));
    const { body } = await tunisia.post(aFlatIncident({ id })).expect(409);
    expect(body.type).toBe('/problems/id-taken');
    await tunisia.post(aFlatIncident({ id: 'mine' })).expect(400);
  });

  test.each<[what: string, body: object, status: number, path: string]>([
    ['a property that no layer has', aFlatIncident({ colour: 'red' }), 400, 'properties.colour'],
    ['nested counts', aFlatIncident({ counts: 'x' }), 400, 'properties.counts'],
    ['a count that is none', aFlatIncident({ countsBest: -1 }), 400, 'properties.countsBest'],
    ['no kind', aFlatIncident({ kind: null }), 400, 'properties.kind'],
    ['a time to come', aFlatIncident({ occurredAt: '2999-01-01T00:00:00Z' }), 422, 'properties.occurredAt'],
    ['a state that it comes to later', aFlatIncident({ state: 'closed' }), 422, 'properties.state'],
    [
      'countries beside GREEN',
      aFlatIncident({ tlp: 'GREEN', releasableTo: 'DZA' }),
      422,
      'properties.releasableTo',
    ],
    ['a telephone', aFlatIncident({ description: 'Call +216 98 123 456' }), 422, 'properties.description'],
    ['no place', { ...aFlatIncident(), geometry: null }, 400, 'geometry'],
  ])('is refused with %s, by its flat name', async (_what, body, status, path) => {
    const answer = await tunisia.post(body).expect(status);
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path);
  });
});

describe('ogcapi-features-4/create-replace-delete: PUT on an incident', () => {
  test('makes it under an id of one’s own, and repeats nothing', async () => {
    const id = uuidv7();
    const sent = aFlatIncident({ countsBest: 3 });
    const made = await tunisia.put(id, sent).expect(201);
    expect(made.headers.location).toMatch(new RegExp(`/items/${id}$`));
    const again = await tunisia.put(id, sent).expect(204);
    expect(again.headers.etag).toBe(made.headers.etag);
    expect(await reportsOf(id)).toEqual([]);
    expect((await item(id)).properties.revision).toBe(1);
  });

  test('says what is different in a report', async () => {
    const id = await tunisia.add(aFlatIncident({ countsBest: 3, countsLow: 1 }));
    const before = await item(id);
    const wanted = {
      ...before,
      geometry: { type: 'Point', coordinates: [8.5, 35.1] },
      properties: {
        ...before.properties,
        severity: 'severe',
        state: 'ongoing',
        countsBest: 9,
        countsLow: null,
      },
    };
    await tunisia.put(id, wanted).expect(204);
    expect(await reportsOf(id)).toEqual([
      expect.objectContaining({
        agency: agencyOf(keyOf('TUN', 'reporter')),
        severity: 'severe',
        certainty: null,
        state: 'ongoing',
        counts: { best: 9 },
        geometry: { type: 'Point', coordinates: [8.5, 35.1] },
      }),
    ]);
    const after = await item(id);
    expect(after.geometry).toEqual(wanted.geometry);
    expect(after.properties).toMatchObject({
      severity: 'severe',
      state: 'ongoing',
      countsBest: 9,
      countsLow: null,
    });
    expect(after.properties.revision).toBe(2);
  });

  test.each([
    ['kind', 'fire', /cancel the incident and report another one/],
    ['occurredAt', '2026-02-02T00:00:00Z', /cancel the incident/],
    ['description', 'Another story', /report with text/],
    ['tlp', 'GREEN', /POST \/v1\/release/],
    ['releasableTo', 'LBY', /POST \/v1\/release/],
  ])('does not change %s, which was said once, and says the way out', async (name, value, wayOut) => {
    const id = await tunisia.add(aFlatIncident({ tlp: 'AMBER', description: 'One story' }));
    const before = await item(id);
    const properties = { ...before.properties, [name]: value };
    const answer = await tunisia.put(id, { ...before, properties });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ path: `properties.${name}` })]);
    expect(answer.body.detail).toMatch(wayOut);
    await tunisia.patch(id, { properties: { [name]: value } }).expect(422);
    expect((await item(id)).properties).toEqual(before.properties);
  });

  test('needs a whole incident, and an id that can be one', async () => {
    const id = await tunisia.add(aFlatIncident());
    await tunisia.put(id, aFlatIncident({ severity: null })).expect(400);
    await tunisia.put(uuidv7(), { type: 'Feature', properties: {} }).expect(400);
    await tunisia.put('mine', aFlatIncident()).expect(404);
    await tunisia.put('1b4e28ba-2fa1-41d2-883f-0016d3cca427', aFlatIncident()).expect(404);
  });
});

describe('ogcapi-features-4/update: PATCH on an incident', () => {
  test('becomes a report of what it names', async () => {
    const id = await tunisia.add(aFlatIncident({ countsBest: 3, countsLow: 1, countsHigh: 9 }));
    await tunisia.patch(id, { properties: { countsBest: 5, certainty: 'likely' } }).expect(204);
    await tunisia.patch(id, { geometry: { type: 'Point', coordinates: [8.45, 35.21] } }).expect(204);
    await tunisia.patch(id, { properties: { countsLow: null, horizontalAccuracyMetres: 50 } }).expect(204);
    const { properties, geometry } = await item(id);
    expect(geometry.coordinates).toEqual([8.45, 35.21]);
    expect(properties).toMatchObject({
      countsBest: 5,
      countsLow: null,
      countsHigh: 9,
      certainty: 'likely',
      horizontalAccuracyMetres: 50,
      revision: 4,
    });
    expect(await reportsOf(id)).toHaveLength(3);
  });

  test('follows the life cycle', async () => {
    const id = await tunisia.add(aFlatIncident());
    await tunisia.patch(id, { properties: { state: 'closed' } }).expect(204);
    const { body } = await tunisia.patch(id, { properties: { state: 'open' } }).expect(409);
    expect(body.type).toBe('/problems/state-not-allowed');
    await tunisia.patch(id, { properties: { state: 'gone' } }).expect(400);
  });

  test('adds no report where it says nothing new, or only what is not looked at', async () => {
    const id = await tunisia.add(aFlatIncident());
    const { headers } = await tunisia.get(id).expect(200);
    const changes = [
      {},
      { properties: { severity: 'moderate', tlp: 'AMBER+STRICT' } },
      { properties: { kind: null, owner: 'LBY', borderKm: 1 } },
      { geometry: null },
    ];
    for (const change of changes)
      expect((await tunisia.patch(id, change).expect(204)).headers.etag).toBe(headers.etag);
    expect(await reportsOf(id)).toEqual([]);
  });

  test('is refused when counts fall out of order', async () => {
    const id = await tunisia.add(aFlatIncident({ countsBest: 3, countsHigh: 9 }));
    const { body } = await tunisia.patch(id, { properties: { countsBest: 10 } }).expect(400);
    expect(body.detail).toContain('low ≤ best ≤ high');
  });
});

describe('ogcapi-features-4/create-replace-delete: DELETE on an incident', () => {
  test('cancels it, once', async () => {
    const id = await tunisia.add(aFlatIncident());
    await tunisia.remove(id).expect(204);
    expect((await item(id)).properties.state).toBe('cancelled');
    await tunisia.remove(id).expect(204);
    expect((await reportsOf(id)).map(({ state }: { state: string }) => state)).toEqual(['cancelled']);
  });

  test('is refused where the life cycle does not lead there', async () => {
    const id = await tunisia.add(aFlatIncident());
    await tunisia.patch(id, { properties: { state: 'closed' } }).expect(204);
    expect((await tunisia.remove(id).expect(409)).body.detail).toContain('Allowed: ongoing');
  });
});

describe('somebody else’s incident', () => {
  test('is refused where it is seen, and is nowhere where it is not', async () => {
    const seen = await tunisia.add(aFlatIncident({ tlp: 'GREEN' }));
    const hidden = await tunisia.add(aFlatIncident());
    const same = await item(seen);
    for (const answer of await Promise.all([
      algeria.patch(seen, { properties: { severity: 'extreme' } }),
      algeria.patch(seen, {}),
      algeria.put(seen, same),
      algeria.remove(seen),
    ])) {
      expect(answer.status).toBe(403);
      expect(answer.body.detail).toContain('Only agencies of TUN');
    }
    for (const id of [hidden, uuidv7(), 'nowhere'])
      for (const answer of await Promise.all([
        algeria.patch(id, { properties: { severity: 'extreme' } }),
        algeria.remove(id),
      ]))
        expect([answer.status, answer.body.detail]).toEqual([404, `There is no incident with id ${id}.`]);
    const { body } = await algeria.put(hidden, aFlatIncident()).expect(409);
    expect(body.type).toBe('/problems/id-taken');
    expect(await reportsOf(seen)).toEqual([]);
  });

  test('of another agency of the own country is reported about as under /v1/incidents', async () => {
    const other = editorOf(service.api, 'incidents', as(keyOf('TUN', 'reporter', { second: true })));
    const id = await tunisia.add(aFlatIncident());
    await other.patch(id, { properties: { severity: 'extreme' } }).expect(204);
    const [report] = await reportsOf(id);
    expect(report.agency).toBe(agencyOf(keyOf('TUN', 'reporter', { second: true })));
    const red = await tunisia.add(aFlatIncident({ tlp: 'RED' }));
    await other.patch(red, { properties: { severity: 'extreme' } }).expect(404);
  });

  test.each(['reader', 'coordinator', 'auditor', 'admin'] as const)(
    'is not written by a %s',
    async (role) => {
      const editor = editorOf(service.api, 'incidents', as(keyOf('TUN', role)));
      const id = await tunisia.add(aFlatIncident());
      await editor.post(aFlatIncident()).expect(403);
      await editor.put(id, aFlatIncident()).expect(403);
      await editor.patch(id, {}).expect(403);
      await editor.remove(id).expect(403);
      await editorOf(service.api, 'incidents', {}).post(aFlatIncident()).expect(401);
    },
  );
});

test('what a layer added is what /v1/incidents would have made', async () => {
  const headers = as(keyOf('TUN', 'reporter'));
  const counts = { best: 2, low: 1 };
  const [nested, id] = [anIncident({ counts, externalId: 'a-1', source: 'one' }), uuidv7()];
  const { body } = await service.api.put(`/v1/incidents/${id}`).set(headers).send(nested).expect(201);
  const flat = await tunisia.add(
    aFlatIncident({ countsBest: 2, countsLow: 1, externalId: 'a-1', source: 'two' }),
  );
  const { body: other } = await service.api.get(`/v1/incidents/${flat}`).set(headers).expect(200);
  const settled = ({ properties, geometry }: typeof body) => ({
    geometry,
    ...properties,
    source: '',
    reportedAt: '',
    updatedAt: '',
  });
  expect(settled(other)).toEqual(settled(body));
});
