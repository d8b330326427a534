import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let client: pg.Client;
let hidden: string;
beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client(database.connection);
  await client.connect();
  await client.query('SET ROLE tripoint_service');
  await actAs('9', 'tun-garde-nationale');
  await client.query(`
    INSERT INTO tripoint.zone_revision (id, country, agency, kind, names, participants, area, valid_from, proposed_at, tlp)
    VALUES ('a-zone', 'TUN', 'tun-garde-nationale', 'exercise', '{"en": "A zone"}', '{TUN,DZA}',
      ST_Multi(ST_MakeEnvelope(8, 35, 9, 36, 4326)), now(), now(), 'CLEAR')`);
  const { rows } = await client.query(`
    INSERT INTO tripoint.incident (id, kind, severity, certainty, nature, occurred_at, point,
      horizontal_accuracy_m, owner, agency, tlp, content_hash)
    VALUES (gen_random_uuid(), 'fire', 'severe', 'likely', 'actual', now(), ST_SetSRID(ST_MakePoint(8.42, 35.2), 4326),
      100, 'TUN', 'tun-garde-nationale', 'RED', '')
    RETURNING id`);
  hidden = rows[0].id;
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const actAs = (viewer: string, agency: string) =>
  client.query(`SELECT set_config('tripoint.viewer', $1, false), set_config('tripoint.agency', $2, false)`, [
    viewer,
    agency,
  ]);

// information_schema tells it to owners only
const writableViews = `
  SELECT c.relname AS name, c.reloptions::text ~ 'check_option' AS "isChecked"
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE n.nspname = 'tripoint' AND c.relkind = 'v'
    AND has_table_privilege('tripoint_service', c.oid, 'INSERT, UPDATE')
  ORDER BY 1`;

describe("a write by the service's role", () => {
  test('goes through views that check its visibility to the caller', async () => {
    const { rows } = await client.query(writableViews);
    expect(rows.length).toBeGreaterThanOrEqual(5);
    expect(rows.filter(({ isChecked }) => !isChecked)).toEqual([]);
  });

  test('cannot be a report about a hidden incident', async () => {
    const report = () =>
      client.query(
        `INSERT INTO tripoint.report (id, incident, agency, at, text)
         VALUES (gen_random_uuid(), $1, 'tun-douane', now(), 'Seen.')`,
        [hidden],
      );
    await actAs('9', 'tun-douane');
    await expect(report()).rejects.toThrow(/check option/);
    await actAs('9', 'tun-garde-nationale');
    expect((await report()).rowCount).toBe(1);
  });

  test('does not touch hidden rows', async () => {
    const change = () =>
      client.query(`UPDATE tripoint.incident SET severity = 'minor' WHERE id = $1`, [hidden]);
    await actAs('9', 'tun-douane');
    expect((await change()).rowCount).toBe(0);
    await actAs('9', 'tun-garde-nationale');
    expect((await change()).rowCount).toBe(1);
  });

  test('cannot be given to another agency', async () => {
    await actAs('9', 'tun-garde-nationale');
    const give = client.query(`UPDATE tripoint.incident SET agency = 'tun-douane' WHERE id = $1`, [hidden]);
    await expect(give).rejects.toThrow(/does not change/);
  });

  test('is impossible before it has set the caller', async () => {
    await actAs('', '');
    const agency = client.query(
      `INSERT INTO tripoint.agency (id, country, names, type, source) VALUES ('nobody', 'TUN', '{}', 'other', 'test')`,
    );
    await expect(agency).rejects.toThrow(/an agency of its own country/);
  });
});

test('pairs of zones and incidents are hidden with the incident', async () => {
  const count = async () => {
    const { rows } = await client.query(
      'SELECT count(*)::int AS count FROM tripoint.incident_zone WHERE incident = $1',
      [hidden],
    );
    return rows[0].count;
  };
  await actAs('9', 'tun-douane');
  expect(await count()).toBe(0);
  await actAs('9', 'tun-garde-nationale');
  expect(await count()).toBe(1);
});
