import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type supertest from 'supertest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { asOwner, migrate } from '../../src/db/migrations.ts';
import { type Program, thisProgram } from '../../src/db/program.ts';
import { databaseFaults, startFaults } from '../../src/db/readiness.store.ts';
import { anIncident } from '../support/builders.ts';
import { openProcesses, type Processes } from '../support/processes.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

// One process uses the embedded database at a time, and migrates it at its start.
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const ask = (text: string) => asOwner(service.connection, async (knex) => (await knex.raw(text)).rows);
const state = ({ program, oldest }: { program: number; oldest: number }) =>
  ask(`UPDATE base.schema_program SET program = ${program}, oldest_program = ${oldest}`);
const asIs = () => {
  const { number: program, oldest } = thisProgram();
  return state({ program, oldest });
};
const details = async (faults: Promise<{ reason: string; detail: string }[]>) =>
  (await faults).map(({ reason, detail }) => `${reason}: ${detail}`).join();

/**
 * The version before this one. It is simulated: its code is this one, but it has another number, lacks the newest migration and
 * has other texts of functions. The last version without a number does not know the rule.
 */
function neighbour(): Program {
  const { number, migrations, schema } = thisProgram();
  return {
    number: number - 1,
    oldest: number - 1,
    migrations: migrations.slice(0, -1),
    schema: schema.map((file) => ({ ...file, checksum: 'older' })),
  };
}

onServer('two neighbouring versions on one database', () => {
  let olderDb: Database;
  let older: ReturnType<typeof supertest>;
  beforeAll(() => {
    olderDb = openDatabase({ ...service, poolSize: 2, statementTimeoutSeconds: 10 });
    older = service.apiWith({ db: olderDb, audit: {}, ready: () => databaseFaults(olderDb, neighbour()) });
  });
  afterAll(() => olderDb.close());

  test('work side by side where the newer schema lets the older program run', async () => {
    const { number } = thisProgram();
    await state({ program: number, oldest: number - 1 });
    for (const api of [older, service.api]) await api.get('/readyz').expect(200);
    const reporter = as(keyOf('TUN', 'reporter'));
    const { body: one } = await older.post('/v1/incidents').set(reporter).send(anIncident()).expect(201);
    const { body: other } = await service.api
      .post('/v1/incidents')
      .set(reporter)
      .send(anIncident())
      .expect(201);
    await service.api.get(`/v1/incidents/${one.id}`).set(reporter).expect(200);
    await older.get(`/v1/incidents/${other.id}`).set(reporter).expect(200);
    await asIs();
  });

  test('part where it does not: the older one is not ready, and says what to do', async () => {
    const { number } = thisProgram();
    await state({ program: number, oldest: number });
    expect(await details(databaseFaults(olderDb, neighbour()))).toBe(
      `schema: The schema was made by program ${number} and needs program ${number} or later; this is program ${number - 1}. Start a newer version.`,
    );
    await older.get('/readyz').expect(503);
    await service.api.get('/readyz').expect(200);
  });

  test('a newer program waits for its migration', async () => {
    const next = { ...thisProgram(), number: thisProgram().number + 1 };
    expect(await details(databaseFaults(service.db, next))).toMatch(/^schema: .* Run: npm run migrate$/);
  });
});

onServer('the migrator of an older program', () => {
  const migrated = () =>
    asOwner(service.connection, (knex) => migrate(knex)).catch((error: Error) => error.message);

  test('leaves a newer schema as it is', async () => {
    const { number } = thisProgram();
    await ask(`UPDATE base.schema_file SET checksum = 'newer' WHERE path LIKE '%/utc.function.sql'`);
    await state({ program: number + 1, oldest: number });
    expect(await migrated()).toEqual([]);
    await state({ program: number + 1, oldest: number + 1 });
    expect(await migrated()).toMatch(
      /needs program \d+ or later; this is program \d+. Start a newer version.$/,
    );
    await asIs();
    expect(await migrated()).toEqual(['schema/core/utc.function.sql']);
  });
});

onServer('the start', () => {
  let processes: Processes;
  beforeAll(async () => {
    processes = await openProcesses();
  });
  afterAll(() => processes.end());
  const settings = () => ({
    DATABASE_URL: (service.connection as { connectionString: string }).connectionString,
  });

  async function refusal(): Promise<string> {
    const { child, output } = processes.tripoint(['serve'], settings());
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    return output().trim();
  }

  test('runs on a newer schema that allows it, and refuses another with what to do', async () => {
    const { number } = thisProgram();
    await state({ program: number + 1, oldest: number });
    const running = await processes.start(settings(), '/healthz');
    running.child.kill('SIGTERM');
    await once(running.child, 'close');
    await state({ program: number + 1, oldest: number + 1 });
    expect(await refusal()).toMatch(/^The schema was made by program .* Start a newer version\.$/);
    await asIs();
  });

  test('refuses changed checksums', async () => {
    await ask(`UPDATE base.schema_file SET checksum = 'x' || checksum WHERE path LIKE '%/0005%'`);
    expect(await refusal()).toMatch(/^migrations\/0005_crossings.sql changed after/);
    await ask(`UPDATE base.schema_file SET checksum = substr(checksum, 2) WHERE path LIKE '%/0005%'`);
  });

  test('refuses a lost object, which the migrator brings back', async () => {
    await ask('DROP TRIGGER keep_proposed ON base.zone_revision');
    expect(await details(databaseFaults(service.db))).toBe('');
    expect(await refusal()).toMatch(
      /^The database lacks 1 objects of schema\/schema.sql, such as CREATE TRIGGER keep_proposed/,
    );
    await asOwner(service.connection, (knex) => migrate(knex));
    expect(await details(startFaults(service.db))).toBe('');
  });

  test('leaves storage parameters to the operator', async () => {
    await ask('ALTER TABLE base.report SET (autovacuum_vacuum_scale_factor = 0.01)');
    expect(await details(startFaults(service.db))).toBe('');
    await ask('ALTER TABLE base.report RESET (autovacuum_vacuum_scale_factor)');
  });
});
