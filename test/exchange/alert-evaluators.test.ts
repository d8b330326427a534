import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { ANONYMOUS } from '../../src/core/caller.ts';
import { openDatabase } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { alertEvaluation } from '../../src/exchange/alerts/alert.evaluation.store.ts';
import { restsOf, startAlertEvaluation } from '../../src/exchange/alerts/alert.job.ts';
import { alertUpkeep } from '../../src/exchange/alerts/alert.upkeep.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { positionOf } from '../support/builders.reference.ts';
import { eventually } from '../support/eventually.ts';
import { releaseSteps } from '../support/release.ts';
import { startService, type TestService } from '../support/service.ts';
import { subscriptionSteps } from '../support/subscriptions.ts';

let service: TestService;
let steps: ReturnType<typeof subscriptionSteps>;
beforeAll(async () => {
  service = await startService();
  steps = subscriptionSteps(service);
});
afterAll(() => service.stop());

const { lon, lat } = positionOf('bouchebka');
const near = { crossing: 'bouchebka', withinMetres: 5000, triggers: ['created'] };
const told = async (id: string) =>
  (await steps.alerts('DZA', id)).map(({ properties }) => properties.incident);
/** How many transactions of this database wait for another one. */
async function waitingForLocks(): Promise<number> {
  const rows = await asTableOwner<{ n: number }>(
    service.db,
    sql`SELECT count(*)::int AS n FROM pg_stat_activity AS a
        WHERE a.datname = current_database() AND a.wait_event_type = 'Lock'`,
  );
  return rows[0]!.n;
}
const ignore = { warn() {}, failed() {}, wentWell() {} };

test('two evaluators that wake by themselves raise one alert for each of many concurrent reports', async () => {
  const id = await steps.subscribe('DZA', near);
  const other = service.isEmbedded
    ? undefined
    : openDatabase({ connection: service.connection, poolSize: 2, statementTimeoutSeconds: 60 });
  const jobs = [service.db, ...(other ? [other] : [])].map((db) =>
    startAlertEvaluation(alertEvaluation(db, ignore.warn), service.db.changes, ignore),
  );
  const reported: string[] = [];
  for (let n = 0; n < 5; n++)
    reported.push(...(await Promise.all(Array.from({ length: 8 }, () => steps.report({ at: [lon, lat] })))));
  await eventually(async () => (await told(id)).length >= 40);
  for (const job of jobs) await job.stop();
  await other?.close();
  expect((await told(id)).sort()).toEqual(reported.sort());
}, 30_000);

test('uncommitted work of a killed evaluator is done once by the next', async () => {
  if (service.isEmbedded) return; // there the process that evaluates is the database's own
  const id = await steps.subscribe('DZA', near);
  const incident = await steps.report({ at: [lon, lat] });
  const killed = new pg.Client(service.connection);
  killed.on('error', () => {});
  await killed.connect();
  await killed.query('BEGIN');
  const { rows } = await killed.query(`
    SELECT base.raise_alerts(w.numbers, '{}', '{}', '{}') AS raised, pg_backend_pid() AS pid
    FROM base.waiting_alerts(500) AS w`);
  expect(rows[0].raised).toBeGreaterThan(0);
  // meanwhile another one is busy with it
  expect(await steps.evaluation.pass()).toBeUndefined();
  await asTableOwner(service.db, sql`SELECT pg_terminate_backend(${rows[0].pid}::int, 5000)`);
  await steps.tell();
  expect(await told(id)).toEqual([incident]);
});

test('an incident of an open transaction is alerted after its commit, others meanwhile', async () => {
  if (service.isEmbedded) return; // there nothing else writes meanwhile
  const id = await steps.subscribe('DZA', near);
  const [written, other] = [await steps.report({ at: [lon, lat] }), await steps.report({ at: [lon, lat] })];
  const writer = new pg.Client(service.connection);
  await writer.connect();
  await writer.query('BEGIN');
  await writer.query('SELECT 1 FROM base.incident WHERE id = $1 FOR NO KEY UPDATE', [written]);
  await steps.evaluation.pass();
  expect(await told(id)).toEqual([other]);
  await writer.query('COMMIT');
  await writer.end();
  await steps.tell();
  expect(await told(id)).toEqual([other, written]);
});

test('a label that narrows while alerts are raised withdraws them', async () => {
  if (service.isEmbedded) return;
  const id = await steps.subscribe('DZA', near);
  const incident = await steps.report({ at: [lon, lat] });
  const evaluator = new pg.Client(service.connection);
  await evaluator.connect();
  await evaluator.query('BEGIN');
  await evaluator.query(`
    SELECT base.raise_alerts(w.numbers, '{}', '{}', '{}') FROM base.waiting_alerts(500) AS w`);
  const narrowing = releaseSteps(service).release(incident, { tlp: 'AMBER+STRICT' });
  await eventually(async () => (await waitingForLocks()) > 0);
  await evaluator.query('COMMIT');
  await evaluator.end();
  expect((await narrowing).status).toBe(200);
  expect(await told(id)).toEqual([]);
});

test('an evaluation waits for no connection that others use, and keeps its own', async () => {
  if (service.isEmbedded) return; // it has one connection
  const id = await steps.subscribe('DZA', near);
  const incident = await steps.report({ at: [lon, lat] });
  const db = openDatabase({ connection: service.connection, poolSize: 2, statementTimeoutSeconds: 5 });
  let end = () => {};
  const ending = new Promise<void>((resolve) => {
    end = resolve;
  });
  const busy: Promise<void>[] = [];
  const others: Promise<void>[] = [];
  for (let n = 0; n < 2; n++) {
    const isBusy = new Promise<void>((resolve, reject) => {
      const work = db.transaction(ANONYMOUS, async (tx) => {
        await tx.query(sql`SELECT 1`);
        resolve();
        await ending;
      });
      others.push(work.catch(reject));
    });
    busy.push(isBusy);
  }
  await Promise.all(busy);
  const sessionOf = () => db.apart().queryOne(ANONYMOUS, sql`SELECT pg_backend_pid() AS pid`);
  const session = await sessionOf();
  const evaluation = alertEvaluation(db, ignore.warn);
  while ((await evaluation.pass()) !== 0);
  expect(await told(id)).toEqual([incident]);
  expect(await sessionOf()).toEqual(session);
  end();
  await Promise.all(others);
  await db.close();
});

test('before the first write the plans of a pass are made, for all numbers of writes', async () => {
  if (service.isEmbedded) return; // the same functions
  const session = new pg.Client(service.connection);
  await session.connect();
  await session.query(`SELECT base.waiting_alerts(0), base.raise_alerts('{}', '{}', '{}', '{}')`);
  // a plan for one call is gone after it
  const { rows } = await session.query(
    `SELECT ident FROM pg_get_backend_memory_contexts() WHERE name = 'CachedPlan'`,
  );
  await session.end();
  const plans = rows.map(({ ident }) => String(ident).trim());
  for (const statement of [
    'WITH located AS',
    'WITH gone AS',
    'INSERT INTO base.change (',
    'SELECT json_agg(json_build_object',
  ])
    expect(plans.filter((one) => one.includes(statement))).toHaveLength(1);
});

test('a pass without writes makes plans, except where the only connection is needed for requests', async () => {
  const runs = () =>
    service.db.apart().queryOne<{ n: number }>(
      ANONYMOUS,
      sql`SELECT coalesce(sum(p.generic_plans + p.custom_plans), 0)::int AS n FROM pg_prepared_statements AS p
          WHERE p.statement LIKE 'SELECT base.raise_alerts%'`,
    );
  const before = await runs();
  await alertEvaluation(service.db, ignore.warn).prepare();
  expect((await runs()).n - before.n).toBe(service.isEmbedded ? 0 : 1);
});

test('a long pass delays nothing, and lasting work leaves two thirds of the time to others', () => {
  let nowMs = 0;
  const restAfter = restsOf(1000, () => nowMs);
  const passAndRest = (tookMs: number) => {
    nowMs += tookMs;
    const rest = restAfter(tookMs);
    nowMs += rest;
    return rest;
  };
  expect(passAndRest(300)).toBe(5);
  for (let n = 0; n < 20; n++) passAndRest(100);
  expect(passAndRest(100)).toBe(200);
  nowMs += 10_000;
  expect(passAndRest(300)).toBe(5);
});

test('expired alerts are deleted', async () => {
  const id = await steps.subscribe('DZA', near);
  for (let n = 0; n < 2; n++) await steps.report({ at: [lon, lat] });
  await steps.tell();
  const [old, fresh] = await steps.alerts('DZA', id);
  await asTableOwner(
    service.db,
    sql`UPDATE base.alert SET at = at - interval '8 days' WHERE id = ${old!.id}`,
  );
  expect(await alertUpkeep(service.db).purge(7)).toBe(1);
  expect((await steps.alerts('DZA', id)).map((one) => one.id)).toEqual([fresh!.id]);
});

test('nothing is queued without subscriptions', async () => {
  await steps.tell();
  await asTableOwner(service.db, sql`DELETE FROM base.subscription`);
  await steps.report({ at: [lon, lat] });
  expect(await asTableOwner(service.db, sql`SELECT q.n FROM base.alert_queue AS q`)).toEqual([]);
  expect(await steps.evaluation.pass()).toBe(0);
});
