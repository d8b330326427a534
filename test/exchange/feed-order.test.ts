import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { callerOf } from '../support/callers.ts';
import { follow, settled } from '../support/feed.ts';
import { pauseAtRandom, randomNumbers } from '../support/random.ts';
import { countRuns, samples } from '../support/runs.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const WRITERS = 32;
const TRANSACTIONS = samples(12, 4); // of each writer

const insert = (id: string) => ({
  text: `INSERT INTO base.incident (id, kind, severity, certainty, nature, occurred_at, point, horizontal_accuracy_m, owner,
      agency, tlp, content_hash)
    VALUES ($1, 'fire', 'minor', 'observed', 'test', now(), ST_SetSRID(ST_MakePoint(9, 33), 4326), 10, 'TUN',
      'tun-garde-nationale', 'GREEN', '')`,
  values: [id],
});

/** Transactions that are open for a while, one within the time of another, and end as often undone as not. */
async function write(connection: pg.ClientConfig, seed: number, committed: Set<string>): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  const random = randomNumbers(seed);
  for (let n = 0; n < TRANSACTIONS; n++) {
    const ids = [uuidv7(), uuidv7()];
    await client.query('BEGIN');
    await client.query(insert(ids[0]!));
    await pauseAtRandom(random);
    await client.query(insert(ids[1]!));
    await pauseAtRandom(random);
    const isUndone = random() < 0.2;
    countRuns();
    await client.query(isUndone ? 'ROLLBACK' : 'COMMIT');
    if (!isUndone) for (const id of ids) committed.add(id);
  }
  await client.end();
}

test('no change is skipped or repeated while 32 writers commit in any order', async () => {
  if (service.isEmbedded) return; // it has one connection: transactions come one behind the other
  const committed = new Set<string>();
  const readers = await Promise.all(
    ['&limit=3', '&limit=100', ''].map((query) => follow(service, callerOf('LBY', 'reader'), query)),
  );
  const heard = readers.map((): string[] => []);
  let isOver = false;
  const random = randomNumbers(WRITERS + 1);
  const reading = readers.map(async (reader, n) => {
    while (!isOver) {
      const page = await reader.page();
      heard[n]!.push(...page.map(({ id }) => id));
      if (page.length === 0) await pauseAtRandom(random);
    }
  });
  await Promise.all(Array.from({ length: WRITERS }, (_, n) => write(service.connection, n + 1, committed)));
  await settled(service);
  isOver = true;
  await Promise.all(reading);
  for (const [n, reader] of readers.entries()) {
    heard[n]!.push(...(await reader.news()).map(({ id }) => id));
    expect(heard[n]).toHaveLength(committed.size);
    expect(new Set(heard[n])).toEqual(committed);
  }
  expect(committed.size).toBeGreaterThan(WRITERS * TRANSACTIONS);
}, 60_000);
