import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COUNTRY_CODES } from '../../src/core/caller.ts';
import { asOwner } from '../../src/db/migrations.ts';
import { reference } from '../support/builders.reference.ts';
import type { ZoneFeature } from '../support/builders.zones.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ withDemo: true });
});
afterAll(() => service.stop());

/** What all countries together see. */
async function zonesOf(query: string): Promise<ZoneFeature[]> {
  const zones = new Map<string, ZoneFeature>();
  for (const country of COUNTRY_CODES) {
    const request = service.api.get(`/v1/zones?limit=1000&${query}`).set(as(keyOf(country, 'reader')));
    for (const zone of (await request.expect(200)).body.features) zones.set(zone.id, zone);
  }
  return [...zones.values()];
}

describe('the demo scenario', () => {
  test('has four joint zones in force, agreed by every participant', async () => {
    const zones = await zonesOf('state=active');
    expect(zones).toHaveLength(4);
    for (const { id, properties } of zones) {
      expect(properties).toMatchObject({
        kind: 'exercise',
        agreed: true,
        purpose: 'Invented for an exercise.',
      });
      expect(properties.participants.length).toBeGreaterThan(1);
      const reader = as(keyOf(properties.participants[0]!, 'reader'));
      const { body } = await service.api.get(`/v1/zones/${id}/consents`).set(reader).expect(200);
      const approved = body.consents.map((one: { country: string; decision: string }) => [
        one.country,
        one.decision,
      ]);
      expect(approved.sort()).toEqual(properties.participants.map((country) => [country, 'approve']).sort());
    }
  });

  test.each(COUNTRY_CODES)(
    'has a revision that waits for the consent of %s, marked as an exercise',
    async (country) => {
      const coordinator = as(keyOf(country, 'coordinator'));
      const { body } = await service.api.get('/v1/consents/waiting').set(coordinator).expect(200);
      const waiting = body.features as ZoneFeature[];
      expect(waiting.length).toBeGreaterThan(0);
      for (const { properties } of waiting) {
        expect(properties).toMatchObject({ kind: 'exercise', state: 'proposed', agreed: false });
        expect(properties.awaiting).toContain(country);
      }
    },
  );

  // as the owner, beside the service: the embedded database has one connection
  const onServer = process.env.TEST_DATABASE_URL ? test : test.skip;
  onServer('is not laid over what has changed since, when it is loaded again', async () => {
    const coordinator = as(keyOf('LBY', 'coordinator'));
    const leave = { decision: 'withdraw', revision: 1 };
    await service.api.post('/v1/zones/exercise-jefara/consents').set(coordinator).send(leave).expect(201);
    await asOwner(service.connection, (knex) => knex.seed.run({ specific: '02_demo.ts' }));
    const { body } = await service.api.get('/v1/zones/exercise-jefara').expect(200);
    expect(body.properties.state).toBe('suspended');
  });
});

test('zones of a law are agreed without consents, from the day in it', async () => {
  const [first] = reference.zones;
  const { body } = await service.api.get(`/v1/zones/${first!.id}?at=2014-01-01T00:00:00Z`).expect(200);
  expect(body.properties).toMatchObject({
    state: 'active',
    agreed: true,
    effectiveFrom: body.properties.validFrom,
  });
  const { consents } = (await service.api.get(`/v1/zones/${first!.id}/consents`).expect(200)).body;
  expect(consents).toEqual([]);
});
