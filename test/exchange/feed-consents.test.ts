import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { agreeZone, decide, proposeZone, readZone } from '../support/builders.zones.ts';
import { ANYBODY, callerOf } from '../support/callers.ts';
import { eventually } from '../support/eventually.ts';
import { follow, opsOf } from '../support/feed.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let api: TestService['api'];
beforeAll(async () => {
  service = await startService();
  api = service.api;
});
afterAll(() => service.stop());

/** Followers of the feed: two participants, and those who take no part. */
async function followers() {
  const [dza, tun, lby, anybody] = await Promise.all([
    follow(service, callerOf('DZA', 'reader')),
    follow(service, callerOf('TUN', 'reader')),
    follow(service, callerOf('LBY', 'reader')),
    follow(service, ANYBODY),
  ]);
  return {
    /** The changes of a zone that each of them got since the last time. */
    async told(id: string) {
      const news = await Promise.all([dza, tun, lby, anybody].map((one) => one.news()));
      const [DZA, TUN, LBY, nobody] = news.map((changes) => opsOf(changes, id));
      return { DZA, TUN, LBY, nobody };
    },
  };
}

const TO_PARTICIPANTS = { DZA: ['upsert'], TUN: ['upsert'], LBY: [], nobody: [] };
const approval = { decision: 'approve', revision: 1 };

test('each decision before the agreement tells the participants, and nobody else', async () => {
  const { id } = await proposeZone(api, 'DZA', { tlp: 'CLEAR' });
  const all = await followers();
  await decide(api, id, 'TUN', approval).expect(201);
  expect(await all.told(id)).toEqual(TO_PARTICIPANTS);
  expect((await readZone(api, 'DZA', id)).properties.awaiting).toEqual(['DZA']);
  await decide(api, id, 'TUN', approval).expect(200);
  expect(await all.told(id)).toEqual({ DZA: [], TUN: [], LBY: [], nobody: [] });
  await decide(api, id, 'TUN', { decision: 'reject', revision: 1, reason: 'Too wide' }).expect(201);
  expect(await all.told(id)).toEqual(TO_PARTICIPANTS);
  await decide(api, id, 'DZA', approval).expect(201);
  expect(await all.told(id)).toEqual(TO_PARTICIPANTS);
});

test('the last consent and a withdrawal are one change each, for all who see or saw the zone', async () => {
  const { id } = await proposeZone(api, 'DZA', { tlp: 'CLEAR' });
  await decide(api, id, 'TUN', approval).expect(201);
  const all = await followers();
  const toAll = { DZA: ['upsert'], TUN: ['upsert'], LBY: ['upsert'], nobody: ['upsert'] };
  await decide(api, id, 'DZA', approval).expect(201);
  expect(await all.told(id)).toEqual(toAll);
  await decide(api, id, 'TUN', { decision: 'withdraw', revision: 1 }).expect(201);
  expect(await all.told(id)).toEqual(toAll);
});

test('a further revision and the decisions about it tell its participants, while all are shown the agreed one', async () => {
  const { id } = await agreeZone(api, 'DZA', { tlp: 'CLEAR' });
  const all = await followers();
  const { body } = await api
    .patch(`/v1/zones/${id}`)
    .set(as(keyOf('DZA', 'operator')))
    .send({ properties: { purpose: 'At night' } })
    .expect(200);
  expect(body.properties.revision).toBe(2);
  expect(await all.told(id)).toEqual(TO_PARTICIPANTS);
  await decide(api, id, 'TUN', { decision: 'approve', revision: 2 }).expect(201);
  expect(await all.told(id)).toEqual(TO_PARTICIPANTS);
  expect((await readZone(api, 'LBY', id)).properties.revision).toBe(1);
});

test('a country that joins with a further revision gets the zone that it now sees', async () => {
  const { id } = await agreeZone(api, 'DZA', { tlp: 'AMBER+STRICT' });
  const all = await followers();
  await api
    .patch(`/v1/zones/${id}`)
    .set(as(keyOf('DZA', 'operator')))
    .send({ properties: { participants: ['DZA', 'TUN', 'LBY'] } })
    .expect(200);
  expect(await all.told(id)).toEqual({ ...TO_PARTICIPANTS, LBY: ['upsert'] });
  await decide(api, id, 'TUN', { decision: 'approve', revision: 2 }).expect(201);
  expect(await all.told(id)).toEqual({ ...TO_PARTICIPANTS, LBY: ['upsert'] });
});

test('a decision about a RED zone tells its agency alone', async () => {
  const { id } = await proposeZone(api, 'DZA', { tlp: 'RED', participants: ['DZA'] });
  const own = await follow(service, callerOf('DZA', 'operator'));
  const all = await followers();
  await decide(api, id, 'DZA', { decision: 'reject', revision: 1, reason: 'Not yet' }).expect(201);
  expect(opsOf(await own.news(), id)).toEqual(['upsert']);
  const { DZA: _, ...others } = await all.told(id);
  expect(others).toEqual({ TUN: [], LBY: [], nobody: [] });
});

test('a waiting reader is woken by a decision', async () => {
  const { id } = await proposeZone(api, 'DZA');
  const reader = await follow(service, callerOf('DZA', 'reader'));
  const waiting = reader.page('&wait=20');
  await eventually(async () => (await decide(api, id, 'TUN', approval)).status < 300);
  expect(opsOf(await waiting, id)).toEqual(['upsert']);
});
