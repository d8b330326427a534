import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { createKey } from '../../src/access/key.store.ts';
import { openDatabase } from '../../src/db/database.ts';
import { asOwner } from '../../src/db/migrations.ts';
import { anIncident } from '../support/builders.ts';
import { agreeZone, proposeZone } from '../support/builders.zones.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { AUTUMN, type NewWorld, openNewWorld, rowsOf } from '../support/new.worlds.ts';
import { openProcesses, type Processes } from '../support/processes.ts';
import { as, keyOf, serviceOver, startService, type TestService } from '../support/service.ts';

// The embedded database has no second one beside it.
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

const EVERYTHING = ['--mandates', '--zones', '--statuses'];
// what the program itself writes into a new database
const OWN_ROWS =
  /^(migration|migration_lock|schema_file|schema_program|kind_limit|audit_\w+|feed|incident_text_renewal|reaction_rule)$/;
const DERIVED = ['border_edge', 'country_part', 'zone', 'zone_part', 'zone_edge'];
const REFERENCE = ['agency', 'border', 'country', 'crossing', 'crossing_side', 'segment'];

onServer('world new', () => {
  let processes: Processes;
  let database: TestDatabase;
  let actual: TestService;
  let actualUrl: string;
  let agreed: string;
  beforeAll(async () => {
    processes = await openProcesses();
    database = await testDatabase();
    actualUrl = database.connection.connectionString!;
    actual = await startService({ database });
    const operator = as(keyOf('TUN', 'operator'));
    await actual.api.post('/v1/incidents').set(operator).send(anIncident()).expect(201);
    await actual.api
      .post('/v1/subscriptions')
      .set(operator)
      .send({ triggers: ['created'] })
      .expect(201);
    const status = { state: 'closed', source: 'a test' };
    await actual.api.post('/v1/crossings/bouchebka/status').set(operator).send(status).expect(201);
    agreed = (await agreeZone(actual.api, 'TUN')).id;
    const change = { properties: { purpose: 'Not agreed yet' } };
    await actual.api.patch(`/v1/zones/${agreed}`).set(operator).send(change).expect(200);
    await proposeZone(actual.api, 'TUN', { names: { en: 'Only proposed' } });
    await rowsOf(
      actualUrl,
      `UPDATE base.crossing SET aliases = '{"Bou Chebka"}' WHERE id = 'bouchebka';
      UPDATE base.crossing_status SET withdrawn_at = now(), withdrawn_by = 'tun-douane', withdrawal_reason = 'a mistake'
      WHERE crossing = 'ras-ajdir' AND country = 'TUN'`,
    );
  }, 60_000);
  afterAll(async () => {
    await processes.end();
    await actual.stop();
  });

  let world: NewWorld;
  beforeEach(async () => {
    world = await openNewWorld(processes);
  });
  afterEach(() => world.drop());

  /** The tables with rows of their own, or what they hold. */
  async function tables(): Promise<string[]> {
    const rows = await world.rows(`
      SELECT c.relname AS name FROM pg_class AS c WHERE c.relnamespace = 'base'::regnamespace AND c.relkind = 'r'
        AND (xpath('/table/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM base.%I', c.relname), false, false, '')))[1]::text <> '0'
      ORDER BY 1`);
    return rows.map(({ name }) => name).filter((name) => !OWN_ROWS.test(name));
  }
  const textsOf = async (url: string, table: string, where = 'true'): Promise<string[]> =>
    (await rowsOf(url, `SELECT t::text AS text FROM base.${table} AS t WHERE ${where} ORDER BY 1`)).map(
      ({ text }) => text,
    );

  test('copies reference data, mandates in force, agreed zones and statuses, and nothing else', async () => {
    expect(await world.run('world', 'new', ...AUTUMN, '--from', actualUrl, ...EVERYTHING)).toContain(
      'segment: 50',
    );
    expect(await tables()).toEqual(
      [
        'change',
        'crossing_status',
        'mandate',
        'world',
        'zone_consent',
        'zone_revision',
        ...DERIVED,
        ...REFERENCE,
      ].sort(),
    );
    for (const table of [...REFERENCE, 'border_edge', 'country_part']) {
      const where = table === 'crossing' ? `id <> 'bouchebka'` : 'true';
      expect(await textsOf(world.url, table, where)).toEqual(await textsOf(actualUrl, table, where));
    }
    // corrected in the actual world; the exercise begins with what holds now
    expect(
      await world.rows(`SELECT aliases, valid_from, correction FROM base.crossing WHERE id = 'bouchebka'`),
    ).toEqual([{ aliases: ['Bou Chebka'], valid_from: null, correction: null }]);
    const inForce = `now() <@ tstzrange(valid_from, valid_to)`;
    expect(await textsOf(world.url, 'mandate')).toEqual(await textsOf(actualUrl, 'mandate', inForce));
    expect(await textsOf(world.url, 'crossing_status')).toEqual(
      await textsOf(actualUrl, 'crossing_status', 'withdrawn_at IS NULL'),
    );
  }, 60_000);

  test('keeps an agreed zone as it was agreed, without the change that waits for consent', async () => {
    await world.run('world', 'new', ...AUTUMN, '--from', actualUrl, '--zones');
    const agreedRevision = `id = '${agreed}' AND revision = 1`;
    const without = (rows: object[]) => rows.map((row) => ({ ...row, replaced_at: null }));
    const revisions = 'SELECT * FROM base.zone_revision AS r WHERE ';
    expect(without(await world.rows(`${revisions} true`))).toEqual(
      without(await rowsOf(actualUrl, `${revisions} ${agreedRevision}`)),
    );
    expect(await textsOf(world.url, 'zone_consent')).toEqual(
      await textsOf(actualUrl, 'zone_consent', `zone = '${agreed}'`),
    );
    const db = openDatabase({ connection: world.connection, poolSize: 2, statementTimeoutSeconds: 60 });
    const api = supertest(serviceOver(db));
    const { key } = await asOwner(world.connection, (knex) =>
      createKey(knex, { agency: 'tun-garde-nationale', roles: ['operator'] }),
    );
    const { body } = await api.get(`/v1/zones/${agreed}`).set(as(key)).expect(200);
    expect(body.properties).toMatchObject({ revision: 1, state: 'active', agreed: true, awaiting: [] });
    // an agreement can be changed and left in the exercise
    const change = { properties: { purpose: 'For the exercise' } };
    await api.patch(`/v1/zones/${agreed}`).set(as(key)).send(change).expect(200);
    await api
      .get('/v1/zones')
      .set(as(keyOf('TUN', 'operator')))
      .expect(401);
    await db.close();
  }, 60_000);

  test('leaves out what nobody asked for', async () => {
    await world.run(
      'world',
      'new',
      ...AUTUMN,
      '--from',
      actualUrl,
      '--purpose',
      'Alert rescue bodies',
      '--starts',
      '2026-12-01',
    );
    expect(await tables()).toEqual(['change', 'world', 'border_edge', 'country_part', ...REFERENCE].sort());
    const [row] = await world.rows('SELECT id, kind, purpose, participants, starts_at FROM base.world');
    expect(row).toEqual({
      id: 'autumn',
      kind: 'exercise',
      purpose: 'Alert rescue bodies',
      participants: ['DZA', 'TUN'],
      starts_at: new Date('2026-12-01T00:00:00Z'),
    });
    expect(await world.run('world', 'show')).toMatch(
      /^exercise autumn: .*\n {2}names: Autumn · Automne · خريف/,
    );
    const [entry] = await world.rows(
      `SELECT target, target_readers, detail FROM base.audit_entry WHERE collection = 'worlds'`,
    );
    expect(entry).toMatchObject({
      target: 'autumn',
      target_readers: 10,
      detail: expect.stringContaining('segment 50'),
    });
  }, 60_000);

  test('makes the actual world: no demo data, and no login of the server that was not named', async () => {
    await world.run('world', 'new', '--actual');
    expect(await world.run('world', 'show')).toMatch(/^the actual world/);
    expect(await world.refusal('seed', '--demo')).toMatch(/actual world, which takes no invented incidents/);
    const [row] = await world.rows(
      `SELECT has_database_privilege('public', current_database(), 'CONNECT') AS open`,
    );
    expect(row).toEqual({ open: false });
    expect(await tables()).toContain('mandate');
  }, 60_000);

  test('refuses a database that holds something, and one that is no actual world', async () => {
    await world.rows('CREATE TABLE public.mine (id int)');
    expect(await world.refusal('world', 'new', ...AUTUMN)).toMatch(
      /something else, mine\. A world needs a new, empty/,
    );
    await world.rows('DROP TABLE public.mine');
    await world.run('world', 'new', ...AUTUMN, '--from', actualUrl);
    expect(await world.refusal('world', 'new', ...AUTUMN)).toMatch(/in use: base\.country has rows/);
    const other = await openNewWorld(processes);
    expect(await other.refusal('world', 'new', ...AUTUMN, '--from', world.url)).toMatch(
      /names the exercise autumn/,
    );
    // what failed has left nothing behind
    await other.run('world', 'new', ...AUTUMN, '--from', actualUrl);
    await other.drop();
  }, 90_000);
});

const REFUSED: [options: string[], sentence: RegExp][] = [
  [['--exercise', 'autumn', '--actual'], /stands alone/],
  [[], /Say which world/],
  [[...AUTUMN, '--zones'], /Name it with --from/],
  [[...AUTUMN, '--participants', 'DZA,FRA'], /DZA/],
  [[...AUTUMN, '--exercise', 'actual'], /world of real events/],
  [[...AUTUMN, '--purpose', 'Ask Mohamed Ben Salah, +216 98 765 432'], /says? nothing about a person/],
];

describe('world new, without a server', () => {
  let processes: Processes;
  beforeAll(async () => {
    processes = await openProcesses();
  });
  afterAll(() => processes.end());

  test('refuses options that do not fit together', async () => {
    const outputs = await Promise.all(
      REFUSED.map(async ([options]) => (await processes.run(['world', 'new', ...options])).output),
    );
    for (const [n, [, sentence]] of REFUSED.entries()) expect(outputs[n]).toMatch(sentence);
  }, 60_000);

  test('makes an embedded folder for real events, which starts without demo data and demo keys', async () => {
    const { code, output } = await processes.run(['world', 'new', '--actual']);
    expect(`${code} ${output}`).toMatch(/^0 .*actual world now/s);
    const running = await processes.start();
    expect(existsSync(processes.demoKeysFile)).toBe(false);
    expect(await (await fetch(`${running.url}/v1/world`)).json()).toMatchObject({ id: 'actual' });
    const { features } = await (await fetch(`${running.url}/v1/collections/incidents/items`)).json();
    expect(features).toEqual([]);
    running.child.kill('SIGTERM');
  }, 120_000);
});
