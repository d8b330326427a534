import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { asOwner } from '../../src/db/migrations.ts';
import { feedUpkeep } from '../../src/exchange/feed/feed.upkeep.store.ts';
import { anIncident, aSquare } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { ANYBODY, callerOf } from '../support/callers.ts';
import { untilAfter } from '../support/eventually.ts';
import { follow, opsOf, settled } from '../support/feed.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let upkeep: ReturnType<typeof feedUpkeep>;
beforeAll(async () => {
  service = await startService();
  upkeep = feedUpkeep(service.db);
});
afterAll(() => service.stop());

const TUN = callerOf('TUN', 'reporter');
const report = async () =>
  (await service.api.post('/v1/incidents').set(TUN.headers).send(anIncident()).expect(201)).body.id as string;
const asTables = (text: string) => asOwner(service.connection, (knex) => knex.raw(text));

test('zones that take effect or expire, and states that end, appear in the feed on time', async () => {
  const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
  const [validFrom, validTo] = [soon(6_000), soon(8_000)];
  const zone = await agreeZone(service.api, 'DZA', { geometry: aSquare([8.4, 35.2]), validFrom, validTo });
  const state = { direction: 'both', state: 'closed', from: soon(-1000), to: validTo, source: 'test' };
  await service.api
    .post('/v1/crossings/bouchebka/status')
    .set(as(keyOf('DZA', 'operator')))
    .send(state)
    .expect(201);
  const reader = await follow(service, callerOf('DZA', 'reader'));
  const after = async (instant: string) => {
    await untilAfter(instant);
    await upkeep.tellTime();
    await upkeep.tellTime(); // a second process does the same: nothing comes twice
    return reader.news();
  };
  expect(opsOf(await after(validFrom), zone.id)).toEqual(['upsert']);
  const last = await after(validTo);
  expect(opsOf(last, zone.id)).toEqual(['upsert']);
  expect(opsOf(last, 'bouchebka')).toEqual(['upsert']);
  expect(await reader.news()).toEqual([]);
}, 60_000);

test('a cursor older than the retained changes is 410 with a new cursor', async () => {
  const [old, fresh] = [await follow(service, TUN), await follow(service, ANYBODY)];
  await report();
  await settled(service);
  if (service.isEmbedded) await service.disconnect();
  await asTables(`UPDATE base.change SET at = at - interval '31 days'`);
  if (service.isEmbedded) return; // the rest asks the service that has ended
  expect(await upkeep.purge(30)).toBeGreaterThan(0);
  const { body } = await service.api.get(`/v1/changes?after=${old.cursor()}`).set(TUN.headers).expect(410);
  expect(body).toMatchObject({
    type: '/problems/cursor-expired',
    detail: expect.stringContaining('Read the layers again'),
  });
  const id = await report();
  await settled(service);
  const next = await service.api.get(`/v1/changes?after=${body.cursor}`).set(TUN.headers).expect(200);
  expect(opsOf(next.body.changes, id)).toEqual(['upsert']);
  await service.api.get(`/v1/changes?after=${fresh.cursor()}`).expect(410);
});

test('a cursor from before a restore is 410', async () => {
  if (service.isEmbedded) return; // as above
  const reader = await follow(service, TUN);
  // what a restored database answers, in which numbers of transactions are given again
  await asTables(
    `CREATE OR REPLACE FUNCTION tripoint.feed_epoch() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT 1::bigint'`,
  );
  const { body } = await service.api.get(`/v1/changes?after=${reader.cursor()}`).set(TUN.headers).expect(410);
  const id = await report();
  await settled(service);
  const next = await service.api.get(`/v1/changes?after=${body.cursor}`).set(TUN.headers).expect(200);
  expect(opsOf(next.body.changes, id)).toEqual(['upsert']);
});
