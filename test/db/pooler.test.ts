import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { ANONYMOUS, COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';
import { type ChangeListener, listenForChanges } from '../../src/db/change.listener.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { MOST_KEPT } from '../../src/db/prepared.names.ts';
import { Sql, sql } from '../../src/db/sql.ts';
import { anIncident } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import {
  isUsable,
  MOST_PREPARED,
  openPooler,
  type Pooler,
  type PoolerSettings,
  poolerVersion,
} from '../support/pgbouncer.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const version = poolerVersion();
const isPossible = Boolean(process.env.TEST_DATABASE_URL) && isUsable(version);
const withPooler = isPossible ? describe : describe.skip;

let service: TestService;
let direct: string;
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  service = await startService();
  direct = (service.connection as { connectionString?: string }).connectionString ?? '';
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  await service.stop();
});

async function pooled(settings: PoolerSettings): Promise<Pooler> {
  const pooler = await openPooler(direct, settings);
  closing.push(pooler.stop);
  return pooler;
}

function openOver({ connectionString }: Pooler, poolSize = 10): Database {
  const db = openDatabase({ connection: { connectionString }, poolSize, statementTimeoutSeconds: 60 });
  closing.push(db.close);
  return db;
}

interface Heard {
  listener: ChangeListener;
  warnings: Error[];
}

function listen(db: Database, connectionString: string): Heard {
  const warnings: Error[] = [];
  const warn = (error: unknown) => warnings.push(error as Error);
  const listener = listenForChanges({ connection: { connectionString }, changes: db.changes, warn });
  closing.push(listener.stop);
  return { listener, warnings };
}

type Shared = Record<CountryCode | 'nobody', Set<string>>;

/** Incidents of each country with each label, and who sees them without a pooler. */
async function writeEveryLabel(): Promise<Shared> {
  for (const country of COUNTRY_CODES)
    for (const tlp of ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'])
      await service.api
        .post('/v1/incidents')
        .set(as(keyOf(country, 'reporter')))
        .send(anIncident({ tlp }))
        .expect(201);
  const seen = async (headers: Record<string, string>): Promise<Set<string>> => {
    const { body } = await service.api.get('/v1/incidents?limit=100').set(headers).expect(200);
    return idsOf(body);
  };
  const [DZA, LBY, TUN] = await Promise.all(
    COUNTRY_CODES.map((country) => seen(as(keyOf(country, 'reporter')))),
  );
  return { DZA: DZA!, LBY: LBY!, TUN: TUN!, nobody: await seen({}) };
}

const idsOf = (body: { features: { id: string }[] }) => new Set(body.features.map(({ id }) => id));

withPooler('behind PgBouncer', () => {
  test.each(['transaction', 'session'] as const)(
    'in %s mode every caller is answered with its own rows',
    async (mode) => {
      const shared = await writeEveryLabel();
      const db = openOver(await pooled({ mode, sessions: 3 }), mode === 'session' ? 3 : 10);
      const api = service.apiWith({ db });
      const callers = [...COUNTRY_CODES, 'nobody'] as const;
      const answers = await Promise.all(
        Array.from({ length: 240 }, async (_, n) => {
          const caller = callers[n % callers.length]!;
          const headers = caller === 'nobody' ? {} : as(keyOf(caller, 'reporter'));
          const { status, body } = await api.get('/v1/incidents?limit=100').set(headers);
          return { caller, status, ids: status === 200 ? idsOf(body) : undefined };
        }),
      );
      for (const { caller, status, ids } of answers)
        expect({ caller, status, ids }).toEqual({ caller, status: 200, ids: shared[caller] });
    },
  );

  test('two services that share one session of the database hear each other, and not themselves', async () => {
    const pooler = await pooled({ mode: 'transaction', sessions: 1 });
    const [one, other] = [openOver(pooler), openOver(pooler)];
    for (const db of [one, other]) listen(db, direct);
    await eventually(() => one.changes.isLive() && other.changes.isLive());
    const heard = { one: 0, other: 0 };
    one.changes.onChange(() => heard.one++);
    other.changes.onChange(() => heard.other++);
    const api = service.apiWith({ db: one });
    await api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident())
      .expect(201);
    expect(heard.one).toBeGreaterThan(0);
    const own = heard.one;
    await eventually(() => heard.other === own);
    // its own notification has passed when a later one of the other has come back
    await service
      .apiWith({ db: other })
      .post('/v1/incidents')
      .set(as(keyOf('DZA', 'reporter')))
      .send(anIncident())
      .expect(201);
    await eventually(() => heard.one === 2 * own);
    expect(heard.other).toBe(2 * own);
  });

  test('in transaction mode statements are forgotten and prepared again, in whichever session', async () => {
    const db = openOver(await pooled({ mode: 'transaction', sessions: 2 }), 3);
    const forms = Array.from(
      { length: 2 * MOST_KEPT },
      (_, n) => new Sql([`SELECT ${n} AS form WHERE `, ''], [sql`true`]),
    );
    for (let round = 0; round < 2; round++) {
      const answers = await Promise.all(forms.map((form) => db.query<{ form: number }>(ANONYMOUS, form)));
      expect(answers.map(([row]) => row!.form)).toEqual(forms.map((_, n) => n));
    }
    const [kept] = await db.query<{ count: number }>(
      ANONYMOUS,
      sql`SELECT count(*)::int FROM pg_prepared_statements`,
    );
    expect(kept!.count).toBeLessThanOrEqual(MOST_PREPARED);
  });

  test.each([1, 4])(
    'in transaction mode with %i sessions LISTEN is found not to work, and nothing is kept',
    async (sessions) => {
      const pooler = await pooled({ mode: 'transaction', sessions });
      const db = openOver(pooler);
      const { warnings } = listen(db, pooler.connectionString);
      await eventually(() => warnings.length > 0);
      expect(warnings[0]!.message).toMatch(/DATABASE_LISTEN_URL/);
      expect(db.changes.isLive()).toBe(false);
    },
  );

  test('in session mode LISTEN works through the pooler', async () => {
    const pooler = await pooled({ mode: 'session', sessions: 4 });
    const db = openOver(pooler, 1);
    const { warnings } = listen(db, pooler.connectionString);
    await eventually(() => db.changes.isLive());
    expect(warnings).toEqual([]);
  });

  test('a view asked without a caller answers nothing', async () => {
    const { connectionString } = await pooled({ mode: 'transaction', sessions: 1 });
    const db = openOver({ connectionString } as Pooler);
    const api = service.apiWith({ db });
    const { body } = await api
      .get('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .expect(200);
    expect(body.features.length).toBeGreaterThan(0);
    // the same session of the database, straight after a caller
    const client = new pg.Client({ connectionString });
    await client.connect();
    const { rows } = await client.query(
      'SELECT (SELECT count(*)::int FROM tripoint.incident) + (SELECT count(*)::int FROM tripoint.zone) AS seen',
    );
    await client.end();
    expect(rows).toEqual([{ seen: 0 }]);
  });
});

if (!isPossible)
  test('PgBouncer 1.21 or later and a server are missing, so the tests with a pooler are left out', () => {
    expect(isUsable('1.20.1')).toBe(false);
    expect(isUsable('1.24.1')).toBe(true);
  });
