import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { asOwner } from '../../src/db/migrations.ts';
import { DEMO_WORLD, stampWorld } from '../../src/features/worlds/stamp.store.ts';
import { anIncident } from '../support/builders.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const reporter = as(keyOf('TUN', 'reporter'));

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

test('a database with incidents of its world stays that world', async () => {
  await service.api.post('/v1/incidents').set(reporter).send(anIncident()).expect(201);
  await service.disconnect();
  expect(await asOwner(service.connection, (knex) => stampWorld(knex, DEMO_WORLD))).toBe(false);
});

test.each([
  [
    "UPDATE base.world SET id = 'demo', kind = 'exercise', names = '{}', purpose = '', participants = '{DZA}'",
    /holds incidents/,
  ],
  ['DELETE FROM base.world', /always some world/],
  ["INSERT INTO base.world (is_only, id, kind) VALUES (false, 'actual', 'actual')", /world_is_only_check/],
])('the database refuses %s', async (statement, reason) => {
  await asOwner(service.connection, async (knex) => {
    await expect(knex.raw(statement)).rejects.toThrow(reason);
  });
});
