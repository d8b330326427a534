import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import supertest from 'supertest';
import { auditChain } from '../../src/audit/audit.chain.store.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { asOwner, migrate } from '../../src/db/migrations.ts';
import { readCatalogue } from '../../src/db/schema.catalogue.ts';
import { sql } from '../../src/db/sql.ts';
import { alertEvaluation } from '../../src/exchange/alerts/alert.evaluation.store.ts';
import { textStore } from '../../src/features/incidents/text.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { reference } from '../support/builders.reference.ts';
import { readCommitted } from '../support/committed.schema.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { settled } from '../support/feed.ts';
import { incidentsWithOtherTexts } from '../support/kept.texts.ts';
import { as, serviceOver } from '../support/service.ts';
import { fixtureKeys, loadFixture, rowCounts } from '../support/upgrade.fixture.ts';

const COMMIT = '29b040c';
const keys = fixtureKeys(COMMIT);

// The migrator's own; the feed, which migration 0015 empties: its rows had no nonce; the sums, to which 0070 adds a level.
const CHANGED = ['migration', 'schema_file', 'change', 'incident_cell'];

let database: TestDatabase;
let db: Database;
let api: ReturnType<typeof supertest>;
let before: Record<string, number>;
const owner = <T>(work: (knex: Knex) => Promise<T>) => asOwner(database.connection, work);

beforeAll(async () => {
  database = await testDatabase({ isEmpty: true });
  before = await owner(async (knex) => {
    await loadFixture(knex, COMMIT);
    return rowCounts(knex);
  });
  await owner((knex) => migrate(knex));
  const after = await owner(rowCounts);
  for (const name of Object.keys(before).filter((one) => !CHANGED.includes(one)))
    expect([name, after[name]]).toEqual([name, before[name]]);
  expect(await owner(readCatalogue)).toBe(readCommitted('schema/schema.sql'));
  db = openDatabase({ ...database, statementTimeoutSeconds: 60, isShared: !database.isEmbedded });
  api = supertest(serviceOver(db, { checkResponses: true }));
}, 120_000);
afterAll(async () => {
  await db?.close();
  await database?.drop();
});

describe('a database of an older version, with rows in every table', () => {
  test('has them all', () => {
    expect(Object.values(before).length).toBeGreaterThan(35);
    expect(Object.entries(before).filter(([, rows]) => rows === 0)).toEqual([]);
  });

  // upgraded in beforeAll: each table kept its rows, and the structure is that of schema/schema.sql
  const READS: [path: string, who: string, least: number][] = [
    ['/borders', 'TUN reader', 3],
    ['/segments?limit=100', 'TUN reader', 40],
    ['/crossings?limit=100', 'TUN reader', 10],
    ['/agencies?limit=100', 'TUN reader', 20],
    ['/zones?limit=100', 'DZA reader', 3],
    ['/incidents?limit=100', 'TUN reader', 5],
    ['/incidents?limit=100', 'DZA reader', 3],
    ['/distress', 'TUN reader', 1],
    ['/alerts', 'TUN operator', 1],
    ['/collections/incidents/items?f=json', 'TUN reader', 5],
    ['/crossings/nearest?lon=11.2&lat=33.1&limit=1', 'TUN reader', 1],
  ];
  test.each(READS)('answers GET %s as the %s', async (path, who, least) => {
    const { body } = await api.get(`/v1${path}`).set(as(keys[who]!)).expect(200);
    expect(body.features.length).toBeGreaterThanOrEqual(least);
  });

  const LISTS: [path: string, who: string, name: string][] = [
    ['/requests', 'DZA operator', 'requests'],
    ['/subscriptions', 'TUN operator', 'subscriptions'],
    ['/webhooks', 'TUN coordinator', 'webhooks'],
    ['/keys', 'TUN admin', 'keys'],
    ['/audit', 'TUN auditor', 'entries'],
    ['/mandates', 'TUN reader', 'mandates'],
    ['/crossings/bouchebka/status', 'TUN reader', 'statements'],
  ];
  test.each(LISTS)('answers GET %s as the %s', async (path, who, name) => {
    const { body } = await api.get(`/v1${path}`).set(as(keys[who]!)).expect(200);
    expect(body[name].length).toBeGreaterThan(0);
  });

  test('knows when each response came into its present state', async () => {
    const responses = sql`SELECT r.id FROM base.incident_response AS r
      WHERE CASE r.state WHEN 'planned' THEN r.planned_at WHEN 'done' THEN r.done_at ELSE r.in_progress_at END
        IS DISTINCT FROM r.updated_at`;
    expect(await asTableOwner(db, responses)).toEqual([]);
  });

  test('has totals of what was folded before', async () => {
    for (const who of ['TUN reader', 'DZA reader', 'TUN operator']) {
      const ask = async (query: string) =>
        (await api.get(`/v1/collections/incidents/items?${query}`).set(as(keys[who]!)).expect(200)).body;
      const { features } = await ask('limit=10000');
      expect((await ask('limit=1')).numberMatched).toBe(features.length);
    }
  });

  test('has the names of its segments, in three languages where they are known', async () => {
    const { body } = await api.get('/v1/segments?limit=100').set(as(keys['TUN reader']!)).expect(200);
    for (const { id, properties } of body.features) {
      const known = reference.segments.find((one) => one.id === id)!.properties;
      expect(properties.names.ar).toBe(known.names.ar);
      expect(properties.unverifiedItems).toEqual(known.unverifiedItems);
    }
  });

  test('gets the texts of its incidents from a job, and answers the same without and with them', async () => {
    const ask = async () =>
      (await api.get('/v1/incidents?limit=100').set(as(keys['TUN reader']!)).expect(200)).body.features;
    const made = await ask();
    expect(await incidentsWithOtherTexts(db)).toHaveLength(before.incident!);
    while (await textStore(db).renew());
    expect(await incidentsWithOtherTexts(db)).toEqual([]);
    expect(await ask()).toEqual(made);
  });

  test('keeps its incidents with reports, holds, responses and acknowledgements', async () => {
    const [row] = await asTableOwner<{ incident: string }>(db, sql`SELECT incident FROM base.legal_hold`);
    const ask = async (path: string, who: string) =>
      (await api.get(`/v1/incidents/${row!.incident}${path}`).set(as(keys[who]!)).expect(200)).body;
    expect((await ask('/legal-hold', 'TUN coordinator')).reason).toBe('A court order, for the fixture');
    expect((await ask('/reports', 'TUN reader')).reports.length).toBe(1);
    expect((await ask('/responses', 'TUN reader')).responses.length).toBe(1);
    expect((await ask('/acknowledgements', 'TUN reader')).acknowledgements.length).toBe(1);
  });

  test('goes on where the older version stopped: counts, alerts and the audit chain', async () => {
    const warnings: unknown[] = [];
    const evaluation = alertEvaluation(db, (error) => warnings.push(error));
    while ((await evaluation.pass()) !== 0);
    expect(warnings).toEqual([]);
    const chain = auditChain(db);
    const { whole, broken } = await chain.verify();
    expect({ whole: Number(whole), broken }).toEqual({ whole: before.audit_seal, broken: undefined });
    await eventually(async () => {
      await chain.seal({ isThorough: true });
      const sealed = await chain.verify();
      expect(sealed.broken).toBeUndefined();
      return sealed.unsealed.count === 0 && Number(sealed.whole) > before.audit_seal!;
    });
  });

  test('takes writes, which reach the feed', async () => {
    const headers = as(keys['DZA operator']!);
    await settled({ db });
    const { body: start } = await api.get('/v1/changes').set(headers).expect(200);
    await api
      .post('/v1/crossings/bouchebka/status')
      .set(headers)
      .send({ state: 'open', source: 'upgrade' })
      .expect(201);
    await settled({ db });
    const { body } = await api.get(`/v1/changes?after=${start.cursor}`).set(headers).expect(200);
    expect(body.changes).toMatchObject([{ collection: 'crossings', id: 'bouchebka' }]);
  });
});
