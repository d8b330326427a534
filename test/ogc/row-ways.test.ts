import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Caller } from '../../src/core/caller.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { cellStore } from '../../src/features/incidents/cell.store.ts';
import { importStore } from '../../src/features/incidents/import.store.ts';
import { incidentCollection } from '../../src/features/incidents/incident.collection.sql.ts';
import { itemsQuery } from '../../src/ogc/collection/items.query.ts';
import { rowsOf } from '../../src/ogc/collection/items.rows.sql.ts';
import { type CountWay, rowWays } from '../../src/ogc/collection/row.ways.store.ts';
import { itemCounts } from '../../src/ogc/items.count.store.ts';
import { anIncident } from '../support/builders.ts';
import { ANYBODY, callerOf } from '../support/callers.ts';
import { withQuery } from '../support/database.query.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { waysWithoutCounts } from '../support/row.ways.ts';

const COUNT = 40;
const reporter = callerOf('TUN', 'reporter');
const query = itemsQuery(incidentCollection, ['json']);
const question = (more: object = {}) => query.parse({ limit: 10, bbox: '8.2,35,8.6,35.4', ...more });
const rows = rowsOf(incidentCollection, question());

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase({ connection: database.connection, poolSize: 1, statementTimeoutSeconds: 60 });
  const lines = Array.from({ length: COUNT }, (_, line) => ({
    line,
    incident: anIncident({
      source: '',
      tlp: line % 4 === 0 ? 'CLEAR' : 'GREEN',
      releasableTo: [],
      externalId: `w${line}`,
    }) as never,
    state: undefined,
    isExported: false,
  }));
  expect((await importStore(db).writeSet(reporter, lines)).accepted).toBe(COUNT);
  await cellStore(db).fold();
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

test('are chosen by the counts of the caller, which are read once, and said in the log', async () => {
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line) => lines.push(JSON.parse(line).msg) });
  let asked = 0;
  const counting = withQuery(db, (caller, statement) => {
    asked++;
    return db.query(caller, statement);
  });
  const ways = rowWays(counting, logger);
  // before the first counts it chooses by the area alone, without waiting
  expect(ways.choose(ANYBODY, incidentCollection, rows)!.way).toEqual({ by: 'cells', level: 10, cells: 4 });
  const toCount = (caller: Caller) => ways.toCount(caller, incidentCollection, rows);
  expect([toCount(ANYBODY), toCount(reporter)]).toEqual(['unknown', 'unknown']);
  await eventually(() => toCount(ANYBODY) !== 'unknown' && toCount(reporter) !== 'unknown');
  // all rows lie in the box
  expect(ways.choose(reporter, incidentCollection, rows)!.way).toEqual({ by: 'time' });
  expect(asked).toBe(2);
  expect(lines).toEqual(['rows by cells of level 10', 'rows by time']);
});

test('decide by the rows of the caller whether an area is counted, without asking the planner', async () => {
  let asked = 0;
  const counting = withQuery(db, (caller, statement) => {
    asked++;
    return db.query(caller, statement);
  });
  let way: CountWay | 'too many' = 'too many';
  const counts = itemCounts(counting, { ...waysWithoutCounts, toCount: () => way });
  expect(await counts.choose(ANYBODY, incidentCollection, question())).toBeUndefined();
  way = { rows: undefined };
  expect(await counts.choose(ANYBODY, incidentCollection, question())).toBeDefined();
  expect(asked).toBe(0);
});

test('an order that no index has is refused for many rows, by the counts of the caller', async () => {
  const sorted = (sortby: string, more: object = {}) => query.parse({ sortby: sortby.split(','), ...more });
  const counted = rowWays(
    withQuery(db, async () => [{ cell: 0, n: 1001 }] as never[]),
    pino({ level: 'silent' }),
  );
  const isQuick = (sortby: string, more?: object) =>
    counted.isSortedQuickly(ANYBODY, incidentCollection, sorted(sortby, more));
  // nothing is refused before the counts are known
  expect(isQuick('-countsBest')).toBe(false);
  await eventually(() => {
    try {
      isQuick('-countsBest');
      return false;
    } catch {
      return true;
    }
  });
  expect(() => isQuick('-countsBest')).toThrow(
    expect.objectContaining({ status: 422, code: 'sort-too-costly' }) as never,
  );
  expect(() => isQuick('-updatedAt', { bbox: '-180,85,-179.6,85.1' })).toThrow();
  expect(isQuick('-updatedAt')).toBe(true);
  for (const sortby of ['occurredAt', '-occurredAt'])
    expect(isQuick(sortby, { bbox: '8,34,9,35' })).toBe(true);
  expect(isQuick('-countsBest,severity', { bbox: '8,34,9,35' })).toBe(true);
  expect(isQuick('kind', { externalId: 'a' })).toBe(false);
});
