import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { crossingOf } from '../support/builders.reference.ts';
import { anIncident } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { ANYBODY, callerOf, type NamedCaller } from '../support/callers.ts';
import {
  aCorrection,
  approveCorrection,
  aSide,
  decideCorrection,
  preview,
  propose,
} from '../support/corrections.ts';
import { type Change, follow, opsOf } from '../support/feed.ts';
import { geodesicMetres, type LonLat, travel } from '../support/geodesy.oracle.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let api: TestService['api'];
beforeAll(async () => {
  service = await startService();
  api = service.api;
});
afterAll(() => service.stop());

const LAYERS = ['borders', 'segments', 'crossings', 'incidents'];
type Copy = Map<string, unknown>;

/** The layers as a follower reads them first. */
async function readLayers({ headers }: NamedCaller): Promise<Copy> {
  const copy: Copy = new Map();
  for (const layer of LAYERS) {
    const { body } = await api.get(`/v1/collections/${layer}/items?limit=10000`).set(headers).expect(200);
    for (const feature of body.features) copy.set(`${layer}/${feature.id}`, feature);
  }
  return copy;
}

function applyTo(copy: Copy, changes: readonly Change[]): void {
  for (const { collection, id, op, feature } of changes)
    if (op === 'remove') copy.delete(`${collection}/${id}`);
    else if (LAYERS.includes(collection)) copy.set(`${collection}/${id}`, feature);
}

const WAS = crossingOf('dehiba-wazin').geometry.coordinates as LonLat;
/** 2 km to the south. */
const NOW = travel(WAS, 180, 2000);
const RULE = { crossing: 'dehiba-wazin', radiusMetres: 5000 };

/** A survey found the post 2 km south of where it was drawn, and the segment becomes two. */
const survey = aCorrection(
  [
    {
      collection: 'crossings',
      id: 'dehiba-wazin',
      geometry: { type: 'Point', coordinates: NOW },
      properties: { positionMethod: 'Measured on both sides', horizontalAccuracyMetres: 10 },
    },
    { collection: 'segments', id: 'LBY-TUN-04', properties: { toKm: 190 } },
    {
      collection: 'segments',
      id: 'LBY-TUN-10',
      properties: { fromKm: 190, toKm: 213.243, names: { en: 'South of Dhehiba', fr: 'Sud de Dhehiba' } },
    },
  ],
  { reason: 'The post was drawn in the wrong place.' },
);

describe('a crossing is moved by 2 km and a segment is split', () => {
  let incident: string;
  let correction: { id: string; proposal: string; participants: ('LBY' | 'TUN')[] };
  const before = new Date().toISOString();

  beforeAll(async () => {
    const { body: border } = await api.get('/v1/borders/LBY-TUN').expect(200);
    const { body: last } = await api.get('/v1/segments/LBY-TUN-04').expect(200);
    expect(border.properties.lengthKm).toBeGreaterThan(213.243);
    const { body } = await api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ at: last.geometry.coordinates.at(-2), tlp: 'AMBER+STRICT' }))
      .expect(201);
    incident = body.id;
    await api
      .post('/v1/mandates')
      .set(as(keyOf('TUN', 'admin')))
      .send({
        agency: agencyOf(keyOf('TUN', 'admin')),
        function: 'border_surveillance',
        rank: 'primary',
        source: 'Test',
        scope: { type: 'segment', segment: 'LBY-TUN-04' },
      })
      .expect(201);
    await agreeZone(api, 'TUN', {
      geometry: null,
      derivedFrom: RULE,
      participants: ['LBY', 'TUN'],
      names: { en: 'Around Dhehiba' },
    } as never);
  });

  test('the preview says what moves, and to each what it may know', async () => {
    const { body } = await preview(api, 'TUN', survey).expect(200);
    const crossing = body.changes.find(({ id }: { id: string }) => id === 'dehiba-wazin');
    expect(crossing.movedMetres).toBeCloseTo(geodesicMetres(WAS, NOW), 0);
    expect(Object.keys(crossing.properties)).toContain('borderKm');
    expect(body.changes.find(({ id }: { id: string }) => id === 'LBY-TUN-10').change).toBe('add');
    expect(body.incidents).toMatchObject({ placedAgain: 1, otherSegment: 1, otherCountry: 0 });
    expect(body.incidents.examples[0]).toMatchObject({
      id: incident,
      from: { segment: 'LBY-TUN-04' },
      to: { segment: 'LBY-TUN-10' },
    });
    expect(body.zones).toMatchObject([{ names: { en: 'Around Dhehiba' }, derivedFrom: RULE }]);
    expect(body.mandates.map(({ scopeId }: { scopeId: string }) => scopeId)).toEqual(['LBY-TUN-04']);
    const { body: foreign } = await preview(api, 'LBY', survey).expect(200);
    expect(foreign.incidents.placedAgain).toBe(0);
    expect(foreign.changes).toEqual(body.changes);
  });

  test('one state alone changes nothing', async () => {
    ({ body: correction } = await propose(api, 'TUN', survey).expect(201));
    await decideCorrection(api, correction, 'TUN').expect(201);
    expect((await api.get('/v1/segments/LBY-TUN-10')).status).toBe(404);
    const { body } = await api.get('/v1/crossings/dehiba-wazin').expect(200);
    expect(body.geometry.coordinates).toEqual(WAS);
    const { body: waiting } = await api
      .get('/v1/consents/waiting')
      .set(as(keyOf('LBY', 'coordinator')))
      .expect(200);
    expect(JSON.stringify(waiting)).toContain(correction.proposal);
  });

  test('the consent of both applies it, and copies of followers are equal to what they read', async () => {
    const callers = [ANYBODY, callerOf('TUN', 'reader'), callerOf('LBY', 'reader')];
    const followers = await Promise.all(
      callers.map(async (caller) => ({
        caller,
        feed: await follow(service, caller, '&include=feature'),
        copy: await readLayers(caller),
      })),
    );
    await decideCorrection(api, correction, 'LBY').expect(201);
    for (const { caller, feed, copy } of followers) {
      const news = await feed.news();
      expect(opsOf(news, 'dehiba-wazin')).toEqual(['upsert']);
      const ofSegments = news.filter(({ collection }) => collection === 'segments');
      expect(opsOf(ofSegments, 'LBY-TUN-10')).toEqual(['upsert']);
      expect(opsOf(news, correction.id)).toEqual(['upsert']);
      expect(opsOf(news, incident)).toEqual(caller.country === 'TUN' ? ['upsert'] : []);
      applyTo(copy, news);
      expect(copy).toEqual(await readLayers(caller));
    }
    const { body } = await api.get(`/v1/corrections/${correction.id}`).expect(200);
    expect(body.state).toBe('applied');
  });

  test('everything hangs together afterwards, and the earlier versions are answered at their time', async () => {
    const { body: crossing } = await api.get('/v1/crossings/dehiba-wazin').expect(200);
    expect(geodesicMetres(crossing.geometry.coordinates, NOW)).toBeLessThan(1);
    expect(crossing.properties).toMatchObject({ correction: correction.id, validTo: null });
    expect(crossing.properties.validFrom).not.toBeNull();
    const { body: placed } = await api
      .get(`/v1/incidents/${incident}`)
      .set(as(keyOf('TUN', 'reader')))
      .expect(200);
    expect(placed.properties).toMatchObject({ segment: 'LBY-TUN-10', revision: 2 });
    const { body: were } = await api.get(`/v1/segments?border=LBY-TUN&at=${before}`).expect(200);
    const { body: are } = await api.get('/v1/segments?border=LBY-TUN').expect(200);
    expect([were.features.length, are.features.length]).toEqual([9, 10]);
    const ends = (features: { properties: { sequence: number; toKm: number } }[]) =>
      features
        .map(({ properties }) => properties)
        .sort((a, b) => a.sequence - b.sequence)
        .map(({ toKm }) => toKm);
    expect(ends(are.features)).toEqual([...ends(were.features), 190].sort((a, b) => a - b));
    const { body: was } = await api.get(`/v1/crossings/dehiba-wazin?at=${before}`).expect(200);
    expect(was.geometry.coordinates).toEqual(WAS);
    expect(was.properties.validTo).toBe(crossing.properties.validFrom);
    const { body: located } = await api.get(`/v1/locate?lon=${NOW[0]}&lat=${NOW[1]}`).expect(200);
    expect(JSON.stringify(located)).toContain('dehiba-wazin');
  });
});

describe('a proposal that is', () => {
  const rename = (name: string) =>
    aCorrection([{ collection: 'segments', id: 'DZA-TUN-03', properties: { names: { en: name } } }]);
  const stateOf = async (id: string) =>
    (
      await api
        .get(`/v1/corrections/${id}`)
        .set(as(keyOf('TUN', 'reader')))
        .expect(200)
    ).body.state;

  test('refused is never applied, and its countries are told', async () => {
    const { body } = await propose(api, 'DZA', rename('Refused')).expect(201);
    const feed = await follow(service, callerOf('TUN', 'reader'), '&include=feature');
    await decideCorrection(api, body, 'TUN', { decision: 'refuse', reason: 'Not that name.' }).expect(201);
    expect(await stateOf(body.id)).toBe('refused');
    const told = (await feed.news()).find(({ id }) => id === body.id);
    expect(told!.feature!.properties!.state).toBe('refused');
    await decideCorrection(api, body, 'DZA').expect(409);
  });

  test('overtaken by another of the same rows is refused at the last consent', async () => {
    const [first, second] = [
      (await propose(api, 'DZA', rename('First')).expect(201)).body,
      (await propose(api, 'TUN', rename('Second')).expect(201)).body,
    ];
    await approveCorrection(api, second);
    await decideCorrection(api, first, 'DZA').expect(201);
    const { body } = await decideCorrection(api, first, 'TUN').expect(409);
    expect(body.code).toBe('correction-overtaken');
    const { body: segment } = await api.get('/v1/segments/DZA-TUN-03').expect(200);
    expect(segment.properties.names.en).toBe('Second');
  });

  test('about a new crossing brings it with its sides', async () => {
    const place = travel(crossingOf('bouchebka').geometry.coordinates as LonLat, 180, 20_000);
    const properties = {
      names: { en: 'New post' },
      kind: 'track',
      horizontalAccuracyMetres: 50,
      border: 'DZA-TUN',
    };
    const file = aCorrection([
      {
        collection: 'crossings',
        id: 'new-post',
        geometry: { type: 'Point', coordinates: await onBorder(place) },
        properties,
      },
      aSide('Algerian side', 'new-post/DZA'),
      aSide('Tunisian side', 'new-post/TUN'),
    ]);
    const { body } = await propose(api, 'TUN', file).expect(201);
    await approveCorrection(api, body);
    const { body: crossing } = await api.get('/v1/crossings/new-post').expect(200);
    expect(crossing.properties).toMatchObject({ border: 'DZA-TUN', status: { state: 'unknown' } });
    expect(crossing.properties.sides.map(({ names }: { names: { en: string } }) => names.en)).toEqual([
      'Algerian side',
      'Tunisian side',
    ]);
  });
});

/** The vertex of the border that is nearest in latitude. */
async function onBorder([, lat]: LonLat): Promise<LonLat> {
  const { body } = await api.get('/v1/borders/DZA-TUN').expect(200);
  const vertices = body.geometry.coordinates as LonLat[];
  return vertices.reduce((best, vertex) =>
    Math.abs(vertex[1] - lat) < Math.abs(best[1] - lat) ? vertex : best,
  );
}
