import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { isBackwards, OFFER_KINDS } from '../../src/features/coordination/offer.schema.ts';
import { asTableOwner } from '../support/audit.ts';
import { readPages } from '../support/builders.pages.ts';
import { ANYBODY, callerOf, type NamedCaller } from '../support/callers.ts';
import { follow } from '../support/feed.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const TUN = callerOf('TUN', 'operator');
const DZA = callerOf('DZA', 'operator');
const LBY = callerOf('LBY', 'operator');
const coordinator = callerOf('TUN', 'coordinator');

interface Change {
  at?: [lon: number, lat: number];
  [property: string]: unknown;
}
const anOffer = ({ at = [8.42, 35.2], ...properties }: Change = {}) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: at },
  properties: { kind: 'drones', quantity: 2, tlp: 'GREEN', ...properties },
});
const send = (change: Change = {}, { headers }: NamedCaller = TUN) =>
  service.api.post('/v1/offers').set(headers).send(anOffer(change));
const made = async (change: Change = {}, by = TUN) => (await send(change, by).expect(201)).body;
const patch = (id: string, body: object, { headers }: NamedCaller = TUN) =>
  service.api.patch(`/v1/offers/${id}`).set(headers).send(body);
const listed = async (query = '', { headers }: NamedCaller = TUN): Promise<string[]> => {
  const { body } = await service.api.get(`/v1/offers?limit=1000&${query}`).set(headers).expect(200);
  return body.features.map(({ id }: { id: string }) => id);
};

describe('an offer', () => {
  test('says what an agency can lend: kind, number, place and period', async () => {
    const { body, headers } = await send({
      quantity: 3,
      text: 'With thermal cameras',
      placeText: 'Depot of Kasserine',
      availableFrom: '2026-11-01T06:30:00+01:00',
      availableUntil: '2099-01-01T00:00:00Z',
    }).expect(201);
    expect(headers.location).toBe(`/v1/offers/${body.id}`);
    expect(body).toEqual({
      type: 'Feature',
      id: expect.any(String),
      geometry: { type: 'Point', coordinates: [8.42, 35.2] },
      properties: {
        agency: TUN.agency,
        owner: 'TUN',
        kind: 'drones',
        quantity: 3,
        text: 'With thermal cameras',
        placeText: 'Depot of Kasserine',
        availableFrom: '2026-11-01T05:30:00Z',
        availableUntil: '2099-01-01T00:00:00Z',
        tlp: 'GREEN',
        releasableTo: [],
        revision: 1,
        updatedAt: expect.stringMatching(/Z$/),
      },
    });
    const read = await service.api.get(headers.location!).set(LBY.headers).expect(200);
    expect(read.body).toEqual(body);
    expect(read.headers.etag).toBe(headers.etag);
  });

  test('is about things, and never about people', async () => {
    expect(OFFER_KINDS).not.toContain('interpreters');
    for (const kind of ['interpreters', 'search_teams', 'people', 'weapons'])
      await send({ kind }).expect(400);
    await send({ text: 'Call +216 20 123 456' }).expect(422);
    await send({ placeText: 'x'.repeat(201) }).expect(400);
    await send({ driver: 'x' }).expect(400);
    await send({ quantity: -1 }).expect(400);
    await send({ availableFrom: '2026-11-02T00:00:00Z', availableUntil: '2026-11-02T00:00:00Z' }).expect(422);
    await send({ releasableTo: ['DZA'] }).expect(422);
  });

  test('ends after it begins, in the service as in the database', async () => {
    const from = '2026-11-01T00:00:00Z';
    const { id } = await made({ availableFrom: from });
    for (const [until, is] of [
      ['2026-10-31T23:59:59Z', false],
      [from, false],
      ['2026-11-01T00:00:01Z', true],
    ] as const) {
      expect([until, !isBackwards({ availableFrom: from, availableUntil: until })]).toEqual([until, is]);
      const update = asTableOwner(
        service.db,
        sql`UPDATE base.offer SET available_until = ${until}::timestamptz WHERE id = ${id}`,
      );
      expect([
        until,
        await update.then(
          () => true,
          () => false,
        ),
      ]).toEqual([until, is]);
    }
  });

  test('is changed and ended by its agency alone, and stays in the register', async () => {
    const { id } = await made({ text: 'Two of them', availableFrom: '2026-11-01T00:00:00Z' });
    const changed = await patch(id, { properties: { quantity: 1, text: null } }).expect(200);
    expect(changed.body.properties).toMatchObject({ quantity: 1, text: null, revision: 2, kind: 'drones' });
    const moved = { geometry: { type: 'Point', coordinates: [9, 34] } };
    expect((await patch(id, moved).expect(200)).body.geometry).toEqual(moved.geometry);
    for (const caller of [DZA, callerOf('TUN', 'reporter'), callerOf('TUN', 'reader')])
      await patch(id, { properties: { quantity: 5 } }, caller).expect(403);
    await patch(id, { properties: { quantity: 5 } })
      .set('If-Match', '"another"')
      .expect(412);
    expect(await listed()).toContain(id);
    await patch(id, { properties: { availableUntil: '2026-11-02T00:00:00Z' } }).expect(200);
    await patch(id, { properties: { availableUntil: '2026-10-02T00:00:00Z' } }).expect(422);
    expect(await listed()).not.toContain(id);
    expect(await listed('availableAt=2026-11-01T12:00:00Z')).toContain(id);
    await service.api.get(`/v1/offers/${id}`).set(DZA.headers).expect(200);
  });

  test('is for its own country alone unless its label says more; only a coordinator widens it', async () => {
    const { id } = await made({ tlp: undefined });
    await service.api.get(`/v1/offers/${id}`).set(DZA.headers).expect(404);
    const wider = { properties: { tlp: 'AMBER', releasableTo: ['DZA'] } };
    await patch(id, wider).expect(403);
    await patch(id, wider, callerOf('DZA', 'coordinator')).expect(404);
    const { body } = await patch(id, wider, coordinator).expect(200);
    expect(body.properties).toMatchObject(wider.properties);
    expect(await listed('', DZA)).toContain(id);
    expect(await listed('', LBY)).not.toContain(id);
    expect(
      (await patch(id, { properties: { tlp: 'RED' } }).expect(200)).body.properties.releasableTo,
    ).toEqual([]);
    await service.api
      .get(`/v1/offers/${id}`)
      .set(as(keyOf('TUN', 'reporter', { second: true })))
      .expect(404);
  });
});

describe('the register', () => {
  test('is asked by kind, owner, agency, time and place, page by page', async () => {
    const at: [number, number] = [11.2, 33.1];
    const box = 'bbox=11.1,33,11.3,33.2';
    const fuel = await made({ at, kind: 'fuel', availableFrom: '2026-11-01T00:00:00Z' });
    const tents = await made({ at, kind: 'shelter', availableFrom: '2099-01-01T00:00:00Z' }, LBY);
    const fully = [fuel.id, tents.id];
    expect(await listed(box)).toEqual(fully);
    expect(await listed(`${box}&kind=fuel`)).toEqual([fuel.id]);
    expect(await listed(`${box}&owner=LBY`)).toEqual([tents.id]);
    expect(await listed(`${box}&agency=${TUN.agency}`)).toEqual([fuel.id]);
    expect(await listed(`${box}&availableAt=2026-12-01`)).toEqual([fuel.id]);
    expect(await listed(`${box}&availableAt=2099-02-01`)).toEqual(fully);
    const pages = await readPages(service.api, `/v1/offers?${box}&limit=1`, TUN.headers);
    expect(pages.flatMap(({ features }) => features.map(({ id }: { id: string }) => id))).toEqual(fully);
    await service.api.get('/v1/offers?owner=FRA').set(TUN.headers).expect(400);
  });

  test('comes on the change feed to who sees each offer, and goes with its label', async () => {
    const query = '&include=feature&collections=offers';
    const feeds = await Promise.all([TUN, DZA, LBY, ANYBODY].map((caller) => follow(service, caller, query)));
    const news = () => Promise.all(feeds.map(async (feed) => (await feed.news()).map(({ op }) => op)));
    const { id } = await made({ tlp: 'AMBER', releasableTo: ['DZA'] });
    const [change] = await feeds[1]!.news();
    expect(change).toMatchObject({ id, feature: { id, properties: { kind: 'drones', tlp: 'AMBER' } } });
    expect(await news()).toEqual([['upsert'], [], [], []]);
    await patch(id, { properties: { tlp: 'CLEAR' } }, coordinator).expect(200);
    expect(await news()).toEqual([['upsert'], ['upsert'], ['upsert'], ['upsert']]);
    await patch(id, { properties: { tlp: 'AMBER+STRICT' } }).expect(200);
    expect(await news()).toEqual([['upsert'], ['remove'], ['remove'], ['remove']]);
  });
});
