import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { coordinatorOf, releaseSteps } from '../support/release.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
beforeAll(async () => {
  service = await startService();
  steps = releaseSteps(service);
});
afterAll(() => service.stop());

const REPORTER = as(keyOf('TUN', 'reporter'));
const NOWHERE = '0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10';
const create = (tlp = 'AMBER+STRICT') => steps.create('/incidents', anIncident({ tlp }));
const send = (releases: object[], headers = coordinatorOf('TUN'), path = '/releases') =>
  service.api.post(`/v1${path}`).set(headers).send({ releases });
const green = (id: string, collection = 'incidents') => ({ collection, id, tlp: 'GREEN' });
const labelsOf = (ids: string[]) =>
  asTableOwner<{ tlp: string }>(
    service.db,
    sql`SELECT i.tlp FROM base.incident AS i WHERE i.id = ANY (${ids}::uuid[]) ORDER BY i.id`,
  ).then((rows) => rows.map(({ tlp }) => tlp));
const entriesAbout = (targets: string[]) =>
  asTableOwner<Record<string, string>>(
    service.db,
    sql`SELECT e.target, e.operation, e.detail FROM base.audit_entry AS e
      WHERE e.target = ANY (${targets}::text[]) AND e.detail LIKE '%→%' ORDER BY e.collection, e.target`,
  );

describe('many rows are released together', () => {
  test('with an entry in the audit log for each', async () => {
    const ids = [await create(), await create('GREEN'), await create('AMBER')];
    const report = await steps.create(`/incidents/${ids[0]}/reports`, { text: 'It goes on' });
    const zone = await steps.makeZone('TUN', { tlp: 'AMBER+STRICT' });
    // the report stays behind its incident, which is widened in the same release
    const stays = { collection: 'reports', id: report, tlp: 'AMBER+STRICT' };
    const { body } = await send([...ids.map((id) => green(id)), stays, green(zone, 'zones')]).expect(200);
    expect(
      body.releases.map(({ id, tlp, hasChanged }: Record<string, unknown>) => [id, tlp, hasChanged]),
    ).toEqual([
      [ids[0], 'GREEN', true],
      [ids[1], 'GREEN', false],
      [ids[2], 'GREEN', true],
      [report, 'AMBER+STRICT', true],
      [zone, 'GREEN', true],
    ]);
    expect(await labelsOf(ids)).toEqual(['GREEN', 'GREEN', 'GREEN']);
    const entry = (target: string, detail: string) => ({ target, operation: 'releaseMany', detail });
    expect(await entriesAbout([...ids, `${ids[0]}/${report}`, zone])).toEqual([
      entry(ids[0]!, 'AMBER+STRICT → GREEN'),
      entry(ids[2]!, 'AMBER → GREEN'),
      entry(`${ids[0]}/${report}`, 'as its incident → AMBER+STRICT'),
      entry(zone, expect.stringContaining('AMBER+STRICT → GREEN') as never),
    ]);
    const seen = await service.api.get(`/v1/incidents/${ids[0]}/reports`).set(as(keyOf('DZA', 'reader')));
    expect(seen.body.reports.map(({ id }: { id: string }) => id)).not.toContain(report);
  });

  test('or none of them, and every refused row is named', async () => {
    const ids = [await create(), await create()];
    const foreign = await steps.create(
      '/incidents',
      anIncident({ tlp: 'GREEN' }),
      as(keyOf('DZA', 'reporter')),
    );
    const joint = await steps.makeZone('TUN', { participants: ['TUN', 'DZA'] });
    const hides = { collection: 'zones', id: joint, tlp: 'RED' };
    const clear = { collection: 'incidents', id: foreign, tlp: 'CLEAR' };
    const { body } = await send([green(ids[0]!), green(NOWHERE), green(ids[1]!), clear, hides]).expect(422);
    expect(body.errors).toMatchObject([
      { in: 'body', path: 'releases.1', message: expect.stringContaining(NOWHERE) },
      { in: 'body', path: 'releases.3' },
      { in: 'body', path: 'releases.4.tlp' },
    ]);
    expect(await labelsOf(ids)).toEqual(['AMBER+STRICT', 'AMBER+STRICT']);
    expect(await entriesAbout(ids)).toEqual([]);
    // a reporter may narrow and not widen
    const narrow = { collection: 'incidents', id: ids[1], tlp: 'RED' };
    const refused = await send([green(ids[0]!), narrow], REPORTER).expect(422);
    expect(refused.body.errors).toMatchObject([{ path: 'releases.0' }]);
    await send([narrow], REPORTER).expect(200);
  });

  test('each once, and not too many', async () => {
    const id = await create();
    const twice = await send([green(id), { ...green(id.toUpperCase()), tlp: 'CLEAR' }]).expect(400);
    expect(twice.body.errors).toMatchObject([{ path: 'releases.1.id' }]);
    await send([]).expect(400);
    await send(Array.from({ length: 101 }, () => green(id))).expect(400);
  });

  test('and previewed together', async () => {
    const ids = [await create(), await create('AMBER')];
    const { body } = await send(
      ids.map((id) => green(id)),
      coordinatorOf('TUN'),
      '/releases/preview',
    ).expect(200);
    const single = await Promise.all(
      ids.map(async (id) => (await steps.preview(id, { tlp: 'GREEN' }).expect(200)).body),
    );
    expect(body.previews).toEqual(single);
    expect(await labelsOf(ids)).toEqual(['AMBER+STRICT', 'AMBER']);
    const refused = await send([green(ids[0]!), green(NOWHERE)], coordinatorOf('TUN'), '/releases/preview');
    expect([refused.status, refused.body.errors.length]).toEqual([422, 1]);
  });
});
