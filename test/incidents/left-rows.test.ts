import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { COUNTRY_CODES } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { eventually } from '../support/eventually.ts';
import { randomNumbers } from '../support/geodesy.points.ts';
import { type LeftRows, leftRows } from '../support/left.rows.ts';
import { aRandomIncident } from '../support/membership.incidents.ts';
import { polygon, rectangle, starWithHole } from '../support/membership.shapes.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { stampDemo } from '../support/worlds.ts';
import { installTrace } from '../support/write.trace.ts';

// What the triggers of commit 3e5c167 left, which worked row by row and with foreign keys.
const RECORDED = new URL('../fixtures/left-rows.jsonl', import.meta.url);
const KINDS = ['distress', 'smuggling_fuel', 'fire', 'distress', 'other'];
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

const random = randomNumbers(20261129);
const areas = [
  starWithHole(random, [8.4, 35.2], 40, 0.8),
  polygon(rectangle(8, 34, 10, 35.5), rectangle(8.5, 34.25, 9, 35)),
  polygon(rectangle(9, 30.2, 11.5, 33)),
];
const idOf = (n: number) => `01950000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const aReported = (n: number, more: object = {}) =>
  aRandomIncident(random, areas, {
    id: idOf(n),
    kind: KINDS[n % KINDS.length],
    counts: { best: n },
    nature: 'exercise',
    ...more,
  });

/** A row on each line, with its table. */
const toText = (left: LeftRows): string =>
  Object.entries(left)
    .flatMap(([table, rows]) => rows.map((row) => `${JSON.stringify([table, row])}\n`))
    .join('');

function readRecorded(): LeftRows {
  const recorded: LeftRows = {};
  for (const line of readFileSync(RECORDED, 'utf8').trim().split('\n')) {
    const [table, row] = JSON.parse(line);
    recorded[table] ??= [];
    recorded[table].push(row);
  }
  return recorded;
}

onServer('what writes of incidents leave in every table', () => {
  let service: TestService;
  let left: LeftRows;
  beforeAll(async () => {
    service = await startService();
    await stampDemo(service.connection);
    for (const [n, geometry] of areas.entries())
      await agreeZone(service.api, 'TUN', {
        geometry,
        participants: [...COUNTRY_CODES],
        names: { en: `Zone ${n}` },
      });
    await writeAll();
    left = await leftRows(service.db);
    if (process.env.TRIPOINT_RECORD_ROWS) writeFileSync(RECORDED, toText(left));
  });
  afterAll(() => service.stop());

  const importLines = (features: readonly object[]) =>
    service.api
      .post('/v1/incidents/import')
      .set({ ...as(keyOf('TUN', 'reporter')), 'Content-Type': 'application/geo+json-seq' })
      .send(features.map((feature) => JSON.stringify(feature)).join('\n'))
      .expect(200);
  const report = (n: number, body: object) =>
    service.api
      .post(`/v1/incidents/${idOf(n)}/reports`)
      .set(as(keyOf(COUNTRY_CODES[n % 3]!, 'reporter')))
      .send(body)
      .expect(201);

  /** One by one, in sets, changed by reports, changed by a set, and purged. */
  async function writeAll(): Promise<void> {
    for (let n = 0; n < 30; n++)
      await service.api
        .put(`/v1/incidents/${idOf(n)}`)
        .set(as(keyOf(COUNTRY_CODES[n % 3]!, 'reporter')))
        .send(aReported(n))
        .expect(201);
    const lines = Array.from({ length: 40 }, (_, n) =>
      aReported(100 + n, {
        source: 'rows',
        externalId: `${n}`,
        ...(n % 4 === 0 && { occurredAt: new Date().toISOString() }),
      }),
    );
    await importLines(lines);
    await report(1, { severity: 'extreme', text: 'Worse than before.' });
    await report(2, { geometry: aReported(2).geometry });
    await report(4, { state: 'closed' });
    await report(3, { geometry: aReported(3).geometry, horizontalAccuracyMetres: 20_000 });
    const changed = lines.slice(0, 20).map((line, n) => {
      const { geometry, properties } = aReported(0);
      const { horizontalAccuracyMetres } = properties as { horizontalAccuracyMetres: number };
      if (n % 3 === 0) return { ...line, geometry };
      if (n % 3 === 1)
        return { ...line, properties: { ...line.properties, severity: 'extreme', tlp: 'RED' } };
      return { ...line, properties: { ...line.properties, horizontalAccuracyMetres } };
    });
    await importLines(changed);
    const purged = [idOf(0), idOf(1), idOf(101), idOf(103)];
    await asTableOwner(service.db, sql`DELETE FROM base.incident WHERE id = ANY (${purged}::uuid[])`);
  }

  const recorded = readRecorded();
  test.each(Object.keys(recorded))('%s has the rows that row by row would leave', (table) => {
    expect(recorded[table]!.length).toBeGreaterThan(0);
    expect(left[table]).toEqual(recorded[table]);
  });
});

onServer('the statements that an import runs', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
    await installTrace(service.db);
  });
  afterAll(() => service.stop());

  test('one for the notices and one for the alerts of all its distress', async () => {
    const distress = (n: number) =>
      anIncident({
        at: [8.3 + n / 1000, 35],
        kind: 'distress',
        source: 'set',
        externalId: `${n}`,
        occurredAt: new Date().toISOString(),
      });
    const { body } = await service.api
      .post('/v1/incidents/import')
      .set({ ...as(keyOf('TUN', 'reporter')), 'Content-Type': 'application/geo+json-seq' })
      .send(Array.from({ length: 12 }, (_, n) => JSON.stringify(distress(n))).join('\n'))
      .expect(200);
    expect(body.accepted).toBe(12);
    const statements = sql`
      SELECT s."table", count(*)::int AS n FROM trace.step AS s
      WHERE s.operation = 'INSERT' AND s.trigger IS NULL AND s."table" IN ('alert', 'distress_notice')
      GROUP BY 1 ORDER BY 1`;
    expect(await asTableOwner(service.db, statements)).toEqual([
      { table: 'alert', n: 1 },
      { table: 'distress_notice', n: 1 },
    ]);
    const notices = sql`SELECT count(*)::int AS n FROM base.distress_notice`;
    expect(await asTableOwner(service.db, notices)).toEqual([{ n: 12 }]);
  });
});

onServer('pairs of incidents and zones', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  test('go with an incident that a zone gathers while it is purged', async () => {
    const id = idOf(900);
    await service.api
      .put(`/v1/incidents/${id}`)
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ id }))
      .expect(201);
    const [gathering, purging] = [new pg.Client(service.connection), new pg.Client(service.connection)];
    await Promise.all([gathering.connect(), purging.connect()]);
    try {
      await gathering.query('BEGIN');
      await gathering.query('SELECT base.lock_membership(alone => true)');
      const purged = purging.query('DELETE FROM base.incident WHERE id = $1', [id]);
      await eventually(async () => {
        const { rows } = await gathering.query(
          `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
        );
        return rows.length > 0;
      });
      await gathering.query(
        `INSERT INTO base.incident_zone (zone, revision, incident, occurred_at, relation, audience)
         SELECT 'gathered', 1, i.id, i.occurred_at, 'inside', i.audience FROM base.incident AS i WHERE i.id = $1`,
        [id],
      );
      await gathering.query('COMMIT');
      await purged;
      const { rows } = await gathering.query(
        'SELECT count(*)::int AS n FROM base.incident_zone WHERE incident = $1',
        [id],
      );
      expect(rows).toEqual([{ n: 0 }]);
    } finally {
      await Promise.all([gathering.end(), purging.end()]);
    }
  });
});

onServer('functions that both indexes and triggers call', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  test('have a search path of their own, so that they are not planned again at each call', async () => {
    const [row] = await asTableOwner<{ proconfig: string[] }>(
      service.db,
      sql`SELECT p.proconfig FROM pg_proc AS p WHERE p.oid = 'tripoint.cell_of'::regproc`,
    );
    expect(row!.proconfig).toEqual(['search_path=""']);
  });
});
