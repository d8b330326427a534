import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runSoak } from '../../scripts/soak/run.ts';
import { type OpenSite, siteOnEmbedded, siteOnServer } from '../../scripts/soak/sites.ts';
import { readKeys, worldOf } from '../../scripts/soak/world.ts';
import { COUNTRY_CODES } from '../../src/core/caller.ts';
import { testDatabase } from '../support/database.ts';
import { samples } from '../support/runs.ts';

const onServer = process.env.TEST_DATABASE_URL !== undefined;

let site: OpenSite;
let drop = async () => {};
beforeAll(async () => {
  if (!onServer) {
    site = await siteOnEmbedded();
    return;
  }
  const database = await testDatabase();
  drop = database.drop;
  const keys = await readKeys(`${process.env.TRIPOINT_TEST_FOLDER}/keys.json`);
  site = await siteOnServer(String(database.connection.connectionString), worldOf(keys));
});
afterAll(async () => {
  await site.close();
  await drop();
});

test('three systems of three countries each keep a full copy while the service is killed again and again', async () => {
  const { figures, faults } = await runSoak(site, {
    seconds: onServer ? 10 : samples(20, 8),
    writes: onServer ? 20 : 8,
    readers: COUNTRY_CODES.map((country) => site.world.of(country, 'reader')),
    followers: 3,
    killEverySeconds: onServer ? 4 : samples(8, 4),
  });
  expect(faults).toEqual([]);
  expect(figures.kills).toBeGreaterThanOrEqual(1);
  expect(figures.incidents).toBeGreaterThan(20);
  expect(figures.heard).toBeGreaterThan(figures.incidents!);
});

// The embedded database has one process.
const withTwo = onServer ? describe : describe.skip;

withTwo('many followers of two processes on one server database', () => {
  test('lose nothing, and get nothing twice, out of order or of others', async () => {
    const { figures, faults } = await runSoak(site, {
      seconds: 12,
      writes: 20,
      readers: site.world.readers,
      followers: 20,
      killEverySeconds: 5,
    });
    expect(faults).toEqual([]);
    expect(figures.kills).toBeGreaterThanOrEqual(1);
    expect(figures.changes).toBeGreaterThan(100);
  });
});
