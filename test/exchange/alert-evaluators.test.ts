import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { openDatabase } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { alertEvaluation } from '../../src/exchange/alerts/alert.evaluation.store.ts';
import { startAlertEvaluation } from '../../src/exchange/alerts/alert.job.ts';
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
