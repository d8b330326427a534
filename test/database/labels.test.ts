import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { anIncident, aSquare } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { testDatabase } from '../support/database.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const OWNER = keyOf('DZA', 'reporter');
const CALLERS = {
  anonymous: {},
  'own agency': as(OWNER),
  'second agency of the owner': as(keyOf('DZA', 'reporter', { second: true })),
  'Libya, as coordinator': as(keyOf('LBY', 'coordinator')),
  'Tunisia, as admin': as(keyOf('TUN', 'admin')),
};
type CallerName = keyof typeof CALLERS;
const ALL = Object.keys(CALLERS) as CallerName[];
const DZA: CallerName[] = ['own agency', 'second agency of the owner'];

// TLP 2.0, design of the audiences
const LABELS: [label: string, properties: Record<string, unknown>, seenBy: CallerName[]][] = [
  ['CLEAR', { tlp: 'CLEAR' }, ALL],
  ['GREEN', { tlp: 'GREEN' }, ALL.filter((name) => name !== 'anonymous')],
  ['AMBER to nobody else', { tlp: 'AMBER' }, DZA],
  ['AMBER to Libya', { tlp: 'AMBER', releasableTo: ['LBY'] }, [...DZA, 'Libya, as coordinator']],
  [
    'AMBER to both',
    { tlp: 'AMBER', releasableTo: ['LBY', 'TUN'] },
    [...DZA, 'Libya, as coordinator', 'Tunisia, as admin'],
  ],
  ['AMBER+STRICT', { tlp: 'AMBER+STRICT' }, DZA],
  ['RED', { tlp: 'RED' }, ['own agency']],
];
const AT: [number, number] = [8.42, 35.2];

let service: TestService;
let zone: string;
beforeAll(async () => {
  service = await startService();
  zone = (await agreeZone(service.api, 'DZA', { geometry: aSquare(AT), tlp: 'CLEAR' })).id;
});
afterAll(() => service.stop());

describe.each(LABELS)('an incident with the label %s', (label, properties, seenBy) => {
  let id: string;
  beforeAll(async () => {
    const { body } = await service.api
      .post('/v1/incidents')
      .set(as(OWNER))
      .send(anIncident({ at: AT, source: label, ...properties }))
      .expect(201);
    id = body.id;
    await service.api.post(`/v1/incidents/${id}/reports`).set(as(OWNER)).send({ text: 'Seen.' }).expect(201);
  });

  test.each(ALL)('exists only for those who may see it: %s', async (name) => {
    const headers = CALLERS[name];
    const may = seenBy.includes(name);
    await service.api
      .get(`/v1/incidents/${id}`)
      .set(headers)
      .expect(may ? 200 : 404);
    await service.api
      .get(`/v1/incidents/${id}/reports`)
      .set(headers)
      .expect(may ? 200 : 404);
    const lists = [
      `/v1/incidents?source=${encodeURIComponent(label)}`,
      `/v1/incidents?bbox=8.3,35.1,8.5,35.3&limit=1000`,
      `/v1/incidents?within=${zone}&limit=1000`,
      `/v1/zones/${zone}/incidents?limit=1000`,
      '/v1/segments/DZA-TUN-07/incidents?withinMetres=50000&limit=1000',
    ];
    for (const list of lists) {
      const { body } = await service.api.get(list).set(headers).expect(200);
      const ids: string[] = body.features.map((feature: { id: string }) => feature.id);
      expect({ list, isThere: ids.includes(id) }).toEqual({ list, isThere: may });
      if (body.numberMatched !== undefined) expect(body.numberMatched).toBe(ids.length);
    }
  });

  test.each(ALL)('counts in a preview only for those who may see it: %s', async (name) => {
    if (!name.includes('agency')) return; // previews are for operators; those of one country differ by RED alone
    const { body } = await service.api
      .get(`/v1/incidents?source=${encodeURIComponent(label)}`)
      .set(CALLERS[name]);
    expect(body.numberMatched).toBe(seenBy.includes(name) ? 1 : 0);
  });
});

describe('the role of the service', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let client: pg.Client;
  beforeAll(async () => {
    database = await testDatabase();
    client = new pg.Client(database.connection);
    await client.connect();
    await client.query('SET ROLE tripoint_service');
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  test('has no rights on the tables', async () => {
    const { rows } = await client.query(`
      SELECT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = 'base' AND c.relkind IN ('r', 'v', 'm', 'S', 'p')
        AND (has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
          OR has_schema_privilege('base', 'USAGE'))`);
    expect(rows).toEqual([]);
    await expect(client.query('SELECT 1 FROM base.incident')).rejects.toThrow(/permission denied/);
  });

  test('sees no row in any view before it has set the caller', async () => {
    const { rows } = await client.query(
      `SELECT viewname AS name FROM pg_views WHERE schemaname = 'tripoint' ORDER BY 1`,
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { name } of rows) {
      const { rows: seen } = await client.query(`SELECT count(*)::int AS count FROM tripoint.${name}`);
      expect({ name, ...seen[0] }).toEqual({ name, count: 0 });
    }
  });

  test('cannot write a row that the caller would not see', async () => {
    await client.query(
      `SELECT set_config('tripoint.viewer', '3', false), set_config('tripoint.agency', 'dza-douanes', false)`,
    );
    const write = (owner: string, agency: string) =>
      client.query(
        `INSERT INTO tripoint.incident (id, kind, severity, certainty, nature, occurred_at, point,
           horizontal_accuracy_m, owner, agency, tlp, content_hash)
         VALUES (gen_random_uuid(), 'fire', 'minor', 'likely', 'test', now(), public.ST_SetSRID(public.ST_MakePoint(9, 34), 4326),
           10, $1, $2, 'AMBER+STRICT', '')`,
        [owner, agency],
      );
    await expect(write('TUN', 'tun-douane')).rejects.toThrow(/an agency of its own country/);
    expect((await write('DZA', 'dza-douanes')).rowCount).toBe(1);
  });
});
