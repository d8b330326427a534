import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createKey } from '../../src/access/key.store.ts';
import { asOwner } from '../../src/db/migrations.ts';
import { eventually } from '../support/eventually.ts';
import { type Guarded, serveGuarded } from '../support/guarded.ts';
import { openProcesses, type Processes } from '../support/processes.ts';
import { createServerDatabase, dropServerDatabase } from '../support/server.database.ts';
import { keyOf } from '../support/service.ts';
import { AUTUMN, stamp } from '../support/worlds.ts';

// test/restores/embedded.test.ts does the same with the embedded database
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

const ending: (() => Promise<unknown>)[] = [];
let processes: Processes;
beforeAll(async () => {
  processes = await openProcesses();
});
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});
afterAll(() => processes.end());

async function database(template: string): Promise<string> {
  const { name, connection } = await createServerDatabase(template);
  ending.push(() => dropServerDatabase(name));
  return connection.connectionString;
}

async function serve(url: string): Promise<Guarded> {
  const service = await serveGuarded({ DATABASE_URL: url });
  ending.push(service.stop);
  return service;
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1);
const inDatabase = async <Row>(url: string, text: string): Promise<Row[]> =>
  asOwner(url, async (knex) => (await knex.raw(text)).rows);
const restored = (url: string, ...args: string[]) =>
  processes.run(['restored', ...args], { DATABASE_URL: url });

onServer('a restored database', () => {
  test('of an exercise says so while it is closed', async () => {
    const original = await database(process.env.TRIPOINT_TEST_TEMPLATE!);
    await stamp({ connectionString: original }, AUTUMN);
    const first = await serve(original);
    expect((await first.ask('/v1/borders')).headers.get('tripoint-world')).toBe('autumn');
    await first.stop();
    const second = await serve(await database(nameOf(original)));
    const { status, headers } = await second.ask('/v1/borders');
    expect([status, headers.get('tripoint-world')]).toEqual([503, 'autumn']);
  }, 120_000);

  test('answers nobody but /healthz, until its log is replayed', async () => {
    const original = await database(process.env.TRIPOINT_TEST_TEMPLATE!);
    const first = await serve(original);
    expect((await first.ask('/v1/borders')).status).toBe(200);
    await first.stop();
    const { id, key } = await asOwner(original, (knex) =>
      createKey(knex, { agency: 'tun-douane', roles: ['admin', 'reader'] }),
    );
    await inDatabase(
      original,
      `INSERT INTO base.webhook (id, agency, country, url, secret, verified_at)
       VALUES (gen_random_uuid(), 'tun-douane', 'TUN', 'https://hooks.example', '', now())`,
    );
    const copy = await database(nameOf(original));

    const second = await serve(copy);
    for (const path of [
      '/',
      '/v1/borders',
      '/v1/keys',
      '/v1/nothing',
      '/v1/stream',
      '/docs',
      '/metrics',
      '/readyz',
    ]) {
      const { status, body } = await second.ask(path, { key });
      expect({ path, status, ...body }).toEqual({
        path,
        status: 503,
        type: '/problems/restored',
        title: 'Restored',
        detail: 'restored',
        code: 'restored',
        params: {},
        instance: path,
        requestId: expect.any(String),
      });
    }
    expect((await second.ask('/healthz')).status).toBe(200);
    expect(second.log.map(({ msg }) => msg).join()).toMatch(/restored: .*tripoint restored --replay/);
    // no job runs, and so the entry of the new key waits for its seal
    const sealed = () => inDatabase<{ n: number }>(copy, 'SELECT count(*)::int AS n FROM base.audit_seal');
    const [before] = await sealed();

    // meanwhile the original goes on
    await processes.run(['keys', 'revoke', id], { DATABASE_URL: original });
    await processes.run(['audit', 'seal'], { DATABASE_URL: original });
    const { output } = await processes.run(['audit', 'export'], { DATABASE_URL: original });
    const file = join(process.env.TRIPOINT_TEST_FOLDER!, 'export.jsonl');
    await writeFile(file, output);
    expect(await sealed()).toEqual([before]);
    const { code, output: said } = await restored(copy, '--replay', file);
    expect({ code, said }).toEqual({
      code: 0,
      said: expect.stringMatching(/keys revoked or limited: 1\n.*is open/),
    });

    await eventually(async () => (await second.ask('/v1/borders')).status === 200);
    expect((await second.ask('/v1/borders', { key })).status).toBe(401);
    await eventually(async () => (await sealed())[0]!.n > before!.n);
    // whoever follows is told
    expect(await inDatabase(copy, 'SELECT alert FROM base.delivery')).toEqual([{ alert: null }]);
    const [entry] = await inDatabase<{ detail: string }>(
      copy,
      `SELECT detail FROM base.audit_entry WHERE collection = 'restores'`,
    );
    expect(entry!.detail).toMatch(/^restored: replayed after \d+ up to \d+:[0-9a-f]{64}$/);
  }, 120_000);

  test('opens without an export only where nothing is elsewhere', async () => {
    const original = await database(process.env.TRIPOINT_TEST_TEMPLATE!);
    await (await serve(original)).stop();
    const copy = await database(nameOf(original));
    const service = await serve(copy);
    const unsaid = await restored(copy);
    expect(unsaid).toEqual({
      code: 1,
      output: expect.stringMatching(/--replay <export>.*--nothing-elsewhere/),
    });
    expect((await service.ask('/v1/borders')).body.code).toBe('restored');
    expect((await restored(copy, '--nothing-elsewhere')).code).toBe(0);
    await eventually(async () => (await service.ask('/v1/borders')).status === 200);
    await service.stop();
    expect((await (await serve(copy)).ask('/v1/borders')).status).toBe(200);
  }, 120_000);

  test('that is put in place of a running one closes the service, with what it kept in memory', async () => {
    const url = await database(process.env.TRIPOINT_TEST_TEMPLATE!);
    const key = keyOf('TUN', 'reporter');
    const service = await serve(url);
    expect((await service.ask('/v1/incidents', { key })).status).toBe(200);
    // as pg_restore --clean does: the tables are made again
    await inDatabase(
      url,
      `BEGIN; CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM base.installation;
       UPDATE base.installation SET object = 1; COMMIT`,
    );
    await eventually(async () => (await service.ask('/v1/incidents', { key })).body.code === 'restored');
    await inDatabase(url, `UPDATE base.api_key SET revoked_at = now() WHERE is_demo OR true`);
    expect((await restored(url, '--nothing-elsewhere')).code).toBe(0);
    await eventually(async () => (await service.ask('/v1/incidents')).status === 200);
    expect((await service.ask('/v1/incidents', { key })).status).toBe(401);
  }, 120_000);

  test('with a witness that cannot be written says so', async () => {
    const url = await database(process.env.TRIPOINT_TEST_TEMPLATE!);
    const service = await serveGuarded({ DATABASE_URL: url, TRIPOINT_WITNESS: '/nowhere/witness' });
    ending.push(service.stop);
    await eventually(() => service.log.some((line) => 'job' in line && line.job === 'witness'));
  }, 60_000);

  test('that cannot be compared answers nobody either', async () => {
    const url = await database(process.env.TRIPOINT_TEST_TEMPLATE!);
    const service = await serve(url);
    const may = (verb: string) =>
      inDatabase(
        url,
        `${verb} EXECUTE ON FUNCTION tripoint.look_at_installation ${verb === 'GRANT' ? 'TO' : 'FROM'} tripoint_service`,
      );
    await may('REVOKE');
    await eventually(async () => (await service.ask('/v1/borders')).status === 500);
    expect((await service.ask('/healthz')).status).toBe(200);
    await may('GRANT');
    await eventually(async () => (await service.ask('/v1/borders')).status === 200);
  }, 120_000);

  test('with an export of another database, or one that ends before the witness, stays closed', async () => {
    const original = await database(process.env.TRIPOINT_TEST_TEMPLATE!);
    const service = await serve(original);
    await eventually(
      async () => (await inDatabase(original, 'SELECT FROM base.audit_seal LIMIT 1')).length > 0,
    );
    await service.stop();
    const { output } = await processes.run(['audit', 'export'], { DATABASE_URL: original });
    const file = join(process.env.TRIPOINT_TEST_FOLDER!, 'early.jsonl');
    await writeFile(file, output);
    const copy = await database(nameOf(original));
    const witness = join(process.env.TRIPOINT_TEST_FOLDER!, 'witness');
    const lost = { seal: '0199e0c4-6d00-7c1e-9f5e-000000000001', seq: '100000', hash: 'a'.repeat(64) };
    await writeFile(witness, JSON.stringify(lost));
    const replay = (path: string, ...more: string[]) =>
      processes.run(['restored', '--replay', path, ...more], {
        DATABASE_URL: copy,
        TRIPOINT_WITNESS: witness,
      });
    expect(await replay(file)).toEqual({
      code: 1,
      output: expect.stringMatching(/ends too early: a witness has seen entry 100000.*--nothing-elsewhere/),
    });
    const other = join(process.env.TRIPOINT_TEST_FOLDER!, 'other.jsonl');
    await writeFile(other, '');
    expect((await replay(other)).output).toMatch(/belongs to another database/);
    expect((await (await serve(copy)).ask('/v1/borders')).body.code).toBe('restored');
    expect((await replay(file, '--nothing-elsewhere')).code).toBe(0);
  }, 120_000);
});
