import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { COUNTRY_CODES } from '../../src/core/caller.ts';
import { callerOf, VIEWERS } from '../support/callers.ts';
import { settled } from '../support/feed.ts';
import { seedLabels } from '../support/label.world.ts';
import { becomeOwner, becomeService } from '../support/service.role.ts';
import { startService, type TestService } from '../support/service.ts';
import { VIEW_RULES } from '../support/view.rules.ts';

let service: TestService;
let client: pg.Client;
let views: string[];
beforeAll(async () => {
  service = await startService();
  await seedLabels(service, ...COUNTRY_CODES);
  await settled(service);
  await service.disconnect();
  client = new pg.Client(service.connection);
  await client.connect();
  const { rows } = await client.query(`
    SELECT c.relname AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = 'tripoint' AND c.relkind IN ('r', 'v', 'm', 'p', 'f') ORDER BY 1`);
  views = rows.map(({ name }) => name);
});
afterAll(async () => {
  await client.end();
  await service.stop();
});

/** Every row that the service finds in a view, with no condition of its own. */
async function keysIn(view: string, caller?: (typeof VIEWERS)[number]): Promise<string[]> {
  await becomeService(client, caller);
  const { rows } = await client.query(`SELECT (${VIEW_RULES[view]!.key})::text AS key FROM tripoint.${view}`);
  await becomeOwner(client);
  return rows.map(({ key }) => key).sort();
}

test('each view has a rule about its visible rows', () => {
  const advice = views
    .filter((view) => !VIEW_RULES[view])
    .map(
      (view) =>
        `tripoint.${view} has no rule: say in test/support/view.rules.ts who may see which of its rows.`,
    );
  expect(advice).toEqual([]);
  expect(Object.keys(VIEW_RULES).filter((view) => !views.includes(view))).toEqual([]);
});

test('each view shows each caller exactly the rows of its rule', async () => {
  for (const view of views) {
    const { table, key, facts, sees } = VIEW_RULES[view]!;
    const { rows } = await client.query(
      `SELECT (${key})::text AS key ${facts ? `, ${facts}` : ''} FROM base.${table} AS r`,
    );
    for (const caller of [...VIEWERS, callerOf('TUN', 'auditor')]) {
      const expected = rows.filter((row) => sees(row, caller)).map(({ key }) => key);
      expect({ view, caller: caller.name, keys: await keysIn(view, caller) }).toEqual({
        view,
        caller: caller.name,
        keys: expected.sort(),
      });
    }
    // with nothing to see and nothing to hide the comparison would be worth little
    const hasRows = rows.length > 0 || `write a row of base.${table} in test/support/label.world.ts`;
    expect({ view, hasRows }).toEqual({ view, hasRows: true });
  }
});

test('no view shows a row before the service has set the caller', async () => {
  for (const view of views) expect({ view, keys: await keysIn(view) }).toEqual({ view, keys: [] });
});
