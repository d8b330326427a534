import { existsSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { readCommitted } from '../support/committed.schema.ts';
import {
  type DatabaseObjects,
  readObjects,
  roomsOfTables,
  testsOfFunctions,
} from '../support/database.objects.ts';
import { renderPage, type TracedWrite } from '../support/database.page.ts';
import { incidentsWithOtherTexts } from '../support/kept.texts.ts';
import { startService, type TestService } from '../support/service.ts';
import { openReceiver, type Receiver } from '../support/webhook.receiver.ts';
import { LOCAL } from '../support/webhooks.ts';
import { makeWorld, writeKinds } from '../support/write.kinds.ts';
import { installTrace, takeTrace } from '../support/write.trace.ts';

const PAGE = 'docs/database.md';

// Nobody has a deferred trigger; the trace would show it.
const DEFERRED = [
  sql`CREATE FUNCTION base.at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$`,
  sql`CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON base.kind_limit DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION base.at_commit()`,
];

let service: TestService;
let receiver: Receiver;
let objects: DatabaseObjects;
const writes: TracedWrite[] = [];
const otherTexts: [title: string, ids: string[]][] = [];
beforeAll(async () => {
  service = await startService({ webhookTargets: LOCAL });
  objects = await readObjects(service.db);
  for (const statement of DEFERRED) await asTableOwner(service.db, statement);
  await installTrace(service.db);
  receiver = await openReceiver();
});
afterAll(async () => {
  await receiver.close();
  await service.stop();
});

test(`${PAGE} is what the catalogue and the traces of real writes say (npm run schema writes it)`, async () => {
  const world = await makeWorld(service, receiver);
  for (const [chapter, kinds] of Object.entries(writeKinds(world)))
    for (const { title, request, prepare } of kinds) {
      const write = await prepare();
      await takeTrace(service);
      await write();
      writes.push({ chapter, title, request, steps: await takeTrace(service) });
      otherTexts.push([title, await incidentsWithOtherTexts(service.db)]);
    }
  const page = renderPage(objects, writes);
  if (process.env.TRIPOINT_WRITE_PAGE) writeFileSync(PAGE, page);
  expect(readCommitted(PAGE)).toBe(page);
});

test('each write does something', () => {
  expect(writes.filter(({ steps }) => steps.length === 0)).toEqual([]);
});

test('each write leaves beside every incident the texts that the service would make', () => {
  expect(otherTexts).toHaveLength(writes.length);
  expect(otherTexts.filter(([, ids]) => ids.length > 0)).toEqual([]);
});

test('no trigger is deferred, nor can one be', () => {
  expect(objects.deferredTriggers).toEqual([]);
  expect(objects.triggers.filter(({ isConstraint }) => isConstraint)).toEqual([]);
});

test('a deferred trigger would be in the trace', async () => {
  await takeTrace(service);
  await asTableOwner(service.db, sql`INSERT INTO base.kind_limit (kind) VALUES ('exercise')`);
  const steps = [{ operation: 'INSERT', table: 'kind_limit', trigger: 'at_commit', steps: [] }];
  expect(await takeTrace(service)).toEqual([{ operation: 'INSERT', table: 'kind_limit', steps }]);
});

test('each table, view, rule and function of a trigger says what it is for', () => {
  const uncommented = [
    ...objects.tables.filter(({ comment }) => !comment).map(({ name }) => `table ${name}`),
    ...objects.views.filter(({ comment }) => !comment).map(({ name }) => `view ${name}`),
    ...objects.checks.filter(({ comment }) => !comment).map(({ name }) => `rule ${name}`),
    ...objects.triggers.filter(({ comment }) => !comment).map((one) => `function ${one.function}`),
  ];
  expect(uncommented).toEqual([]);
});

test('each table belongs to a room', () => {
  const rooms = roomsOfTables();
  expect(objects.tables.filter(({ name }) => !rooms.has(name))).toEqual([]);
});

test('each function of a trigger names its test, and the test exists', () => {
  const tests = testsOfFunctions();
  const names = [...new Set(objects.triggers.map((trigger) => trigger.function))];
  expect(names.filter((name) => !tests.has(name))).toEqual([]);
  expect([...tests.values()].flat().filter((path) => !existsSync(path))).toEqual([]);
});
