import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { naturesOf, type WorldKind } from '../../src/core/world.ts';
import { sql } from '../../src/db/sql.ts';
import { NATURES } from '../../src/features/incidents/incident.vocabulary.ts';
import { DEMO_WORLD } from '../../src/features/worlds/stamp.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { aFlatIncident } from '../support/builders.flat.ts';
import { anIncident } from '../support/builders.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { stamp } from '../support/worlds.ts';

const reporter = as(keyOf('TUN', 'reporter'));
const operator = as(keyOf('TUN', 'operator'));

describe.each([
  { kind: 'actual', id: 'actual', takes: ['actual', 'test'], refuses: ['exercise'] },
  { kind: 'exercise', id: 'demo', takes: ['exercise'], refuses: ['actual', 'test'] },
] as const)('in the world $id', ({ kind, id, takes, refuses }) => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
    await stamp(service.connection, kind === 'actual' ? { kind } : DEMO_WORLD);
  });
  afterAll(() => service.stop());

  const report = (nature?: string) =>
    service.api
      .post('/v1/incidents')
      .set(reporter)
      .send(anIncident(nature ? { nature } : {}));
  const lines = (features: readonly object[]) =>
    service.api
      .post('/v1/incidents/import')
      .set({ ...reporter, 'Content-Type': 'application/geo+json-seq' })
      .send(features.map((feature) => JSON.stringify(feature)).join('\n'))
      .expect(200);

  test('GET /v1/world says which it is', async () => {
    const { body } = await service.api.get('/v1/world').expect(200);
    expect(body).toMatchObject({ id, kind, endedAt: null });
    expect(body.names === null).toBe(kind === 'actual');
  });

  test('an incident without a nature takes that of the world', async () => {
    expect((await report().expect(201)).body.properties.nature).toBe(kind);
    const flat = await service.api
      .post('/v1/collections/incidents/items')
      .set(reporter)
      .send(aFlatIncident())
      .expect(201);
    const { body } = await service.api
      .get(new URL(flat.headers.location!, 'http://x').pathname)
      .set(reporter)
      .expect(200);
    expect(body.properties.nature).toBe(kind);
  });

  test.each(takes)('an incident of nature %s is taken', async (nature) => {
    expect((await report(nature).expect(201)).body.properties.nature).toBe(nature);
  });

  test.each(refuses)('an incident of nature %s is refused with the way out', async (nature) => {
    const { body } = await report(nature).expect(422);
    expect(body.type).toMatch(/nature-of-other-world$/);
    expect(body.detail).toContain(nature);
    expect(body.detail).toMatch(kind === 'actual' ? /own address/ : /actual world/);
    await service.api
      .put('/v1/collections/incidents/items/0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10')
      .set(reporter)
      .send(aFlatIncident({ nature }))
      .expect(422);
  });

  test('an import keeps the lines of its world and rejects the others', async () => {
    const file = [
      anIncident({ source: 'worlds', externalId: 'without' }),
      anIncident({ source: 'worlds', externalId: 'own', nature: kind }),
      ...refuses.map((nature) => anIncident({ source: 'worlds', externalId: nature, nature })),
    ];
    const { body } = await lines(file);
    expect(body).toMatchObject({ accepted: 2, rejected: { total: refuses.length } });
    for (const { reason } of body.rejected.lines) expect(reason).toMatch(/world/);
    expect((await lines(file)).body).toMatchObject({ accepted: 0, updated: 0, unchanged: 2 });
  });

  test('a subscription follows the nature of real events, or of the exercise', async () => {
    const { body } = await service.api
      .post('/v1/subscriptions')
      .set(operator)
      .send({ triggers: ['created'] })
      .expect(201);
    expect(body.natures).toEqual([kind]);
  });

  test('the database refuses what the service would not send', async () => {
    for (const nature of refuses) {
      const write = asTableOwner(
        service.db,
        sql`UPDATE base.incident SET nature = ${nature} WHERE id = (SELECT i.id FROM base.incident AS i LIMIT 1)`,
      );
      await expect(write).rejects.toThrow();
    }
  });

  test('TypeScript and SQL agree about natures', async () => {
    const rows = await asTableOwner<{ nature: string; fits: boolean }>(
      service.db,
      sql`SELECT n.nature, base.is_of_world(n.nature, ${kind}) AS fits FROM unnest(${[...NATURES]}::text[]) AS n (nature)`,
    );
    const fitting = rows.filter(({ fits }) => fits).map(({ nature }) => nature);
    expect(fitting.sort()).toEqual([...naturesOf({ kind: kind as WorldKind })].sort());
  });
});
