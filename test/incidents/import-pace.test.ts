import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { nextSetSize } from '../../src/features/incidents/import/set.size.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

describe('lines of the next set', () => {
  test.each([
    ['twice as many after half the time', 200, 200, 250, 400],
    ['at most four times as many', 200, 200, 10, 800],
    ['fewer after a slow set', 1000, 1000, 2000, 250],
    ['at most four times fewer', 1000, 1000, 9000, 250],
    ['not less than 20', 30, 30, 60_000, 20],
    ['not more than 2,000', 2000, 2000, 50, 2000],
    ['the same after a set that ended early', 800, 3, 2, 800],
    ['fewer after a slow set that ended early', 800, 100, 1000, 200],
  ])('%s', (_name, size, lines, ms, expected) => {
    expect(nextSetSize(size, { lines, ms })).toBe(expected);
  });
});

const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

onServer('on a database that takes 4 ms for a line, and stops statements after 2 s', () => {
  let database: TestDatabase;
  let db: Database;
  let service: TestService;
  beforeAll(async () => {
    database = await testDatabase();
    db = openDatabase({ ...database, statementTimeoutSeconds: 2 });
    service = await startService({ db, database });
    await asTableOwner(
      db,
      sql`CREATE FUNCTION base.be_slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.004); RETURN new; END $$`,
    );
    await asTableOwner(
      db,
      sql`CREATE TRIGGER be_slow BEFORE INSERT ON base.incident FOR EACH ROW EXECUTE FUNCTION base.be_slow()`,
    );
  });
  afterAll(async () => {
    await db.close();
    await service.stop();
  });

  test('an import is written to its end', async () => {
    const lines = Array.from({ length: 1200 }, (_, n) =>
      JSON.stringify(anIncident({ source: 'slow', externalId: `${n}` })),
    );
    const answer = await service.api
      .post('/v1/incidents/import')
      .set({ ...as(keyOf('TUN', 'reporter')), 'Content-Type': 'application/geo+json-seq' })
      .send(lines.join('\n'));
    expect(answer.body).toMatchObject({ accepted: 1200, rejected: { total: 0 } });
  });
});
