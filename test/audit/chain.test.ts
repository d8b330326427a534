import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { auditChain } from '../../src/audit/audit.chain.store.ts';
import { startSealer } from '../../src/audit/audit.sealer.ts';
import { auditStore } from '../../src/audit/audit.store.ts';
import { type Sql, sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let chain: ReturnType<typeof auditChain>;
beforeAll(async () => {
  service = await startService();
  chain = auditChain(service.db);
});
afterAll(() => service.stop());

async function write(count = 3): Promise<void> {
  const one = () =>
    service.api
      .put(`/v1/incidents/${uuidv7()}`)
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident())
      .expect(201);
  for (let left = count; left > 0; left -= 5)
    await Promise.all(Array.from({ length: Math.min(left, 5) }, one));
}

const owner = <Row>(statement: Sql) => asTableOwner<Row>(service.db, statement);

describe('the chain', () => {
  test('contains every entry once, without a gap', async () => {
    await write(20);
    expect(await chain.seal()).toBeGreaterThanOrEqual(20);
    const [facts] = await owner(sql`
      SELECT count(*) = max(s.seq) AS is_dense, count(DISTINCT (s.txid, s.entry)) = count(*) AS is_once,
             (SELECT count(*) FROM base.audit_entry) = count(*) AS is_all
      FROM base.audit_seal AS s`);
    expect(facts).toEqual({ is_dense: true, is_once: true, is_all: true });
    expect(await chain.verify()).toMatchObject({ unsealed: { count: 0, oldest: [] } });
    expect(await chain.seal()).toBe(0);
  });

  test('lists unsealed entries and their age', async () => {
    await write(2);
    const { unsealed, broken } = await chain.verify();
    expect(broken).toBeUndefined();
    expect(unsealed.count).toBe(2);
    for (const entry of unsealed.oldest)
      expect(entry).toEqual({
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        agency: 'tun-garde-nationale',
        action: 'create',
        collection: 'incidents',
        target: expect.any(String),
      });
    await chain.seal();
  });

  test('is exported in a form that anybody can recompute', async () => {
    let text = '';
    await chain.export(async (lines) => {
      text += lines;
    });
    const lines = text.trimEnd().split('\n');
    let hash = '00'.repeat(32);
    for (const line of lines) {
      const { text: sealed, entry, ...link } = JSON.parse(line);
      expect(link.prevHash).toBe(hash);
      hash = createHash('sha256').update(Buffer.from(hash, 'hex')).update(sealed).digest('hex');
      expect(link.hash).toBe(hash);
      expect(sealed).toContain(entry.collection);
    }
    expect(await chain.head()).toEqual({ seq: String(lines.length), hash });
  });
});

describe('the sealer of the service', () => {
  test('seals new entries', async () => {
    const failures: unknown[] = [];
    const report = { failed: (error: unknown) => failures.push(error), wentWell() {} };
    const sealer = startSealer({ seal: auditStore(service.db).seal, report });
    await write(5);
    await eventually(async () => (await chain.verify()).unsealed.count === 0);
    await write(1);
    await sealer.stop();
    expect((await chain.verify()).unsealed.count).toBe(0);
    expect(failures).toEqual([]);
  });
});

// The embedded database has one connection: nobody can be in the middle of something there.
const onServer = process.env.TEST_DATABASE_URL ? test : test.skip;

onServer(
  'a transaction that is long under way holds up no others, and its entries are not left out',
  async () => {
    const slow = new pg.Client(service.connection);
    await slow.connect();
    await slow.query('BEGIN');
    await slow.query(`UPDATE base.zone SET tlp = 'GREEN' WHERE id = (SELECT min(id) FROM base.zone)`);
    await write(3);
    expect(await chain.seal()).toBe(3);
    await write(2);
    expect(await chain.seal()).toBe(2);
    await slow.query('COMMIT');
    await slow.end();
    expect(await chain.seal()).toBe(1);
    expect(await chain.verify()).toMatchObject({ unsealed: { count: 0 } });
  },
);

onServer('several sealers at once make one chain', async () => {
  await write(40);
  await Promise.all(Array.from({ length: 5 }, () => chain.seal()));
  await chain.seal();
  const verdict = await chain.verify();
  expect(verdict.broken).toBeUndefined();
  expect(verdict.unsealed.count).toBe(0);
});

describe('a tampered log', () => {
  let last: bigint;
  beforeEach(async () => {
    await write(3);
    await chain.seal();
    last = BigInt((await chain.head())!.seq);
  });

  /** What only a superuser can do. `undo` brings the log back. */
  async function tamper(table: 'audit_entry' | 'audit_seal', ...texts: string[]) {
    const trigger = (verb: string) => sql([`ALTER TABLE base.${table} ${verb} TRIGGER append_only`] as never);
    await owner(trigger('DISABLE'));
    for (const text of texts) await owner(sql([text] as never));
    await owner(trigger('ENABLE ALWAYS'));
  }
  const entryOf = (seq: bigint) =>
    `(txid, id) = (SELECT txid, entry FROM base.audit_seal WHERE seq = ${seq})`;

  test('a changed entry is found', async () => {
    const where = entryOf(last - 1n);
    await tamper('audit_entry', `UPDATE base.audit_entry SET agency = agency || '-x' WHERE ${where}`);
    expect((await chain.verify()).broken).toEqual({
      seq: String(last - 1n),
      reason: 'its entry was changed',
    });
    await tamper(
      'audit_entry',
      `UPDATE base.audit_entry SET agency = replace(agency, '-x', '') WHERE ${where}`,
    );
    expect((await chain.verify()).broken).toBeUndefined();
  });

  test('a removed entry is found', async () => {
    const where = entryOf(last);
    await owner(sql([`CREATE TABLE base.kept AS SELECT * FROM base.audit_entry WHERE ${where}`] as never));
    await tamper('audit_entry', `DELETE FROM base.audit_entry WHERE ${where}`);
    expect((await chain.verify()).broken).toEqual({ seq: String(last), reason: 'its entry is missing' });
    await owner(sql`INSERT INTO base.audit_entry OVERRIDING SYSTEM VALUE SELECT * FROM base.kept`);
    await owner(sql`DROP TABLE base.kept`);
    expect((await chain.verify()).broken).toBeUndefined();
  });

  test('reordered and hidden links are found', async () => {
    const hide = `UPDATE base.audit_seal SET readers = readers # 14 WHERE seq = ${last}`;
    await tamper('audit_seal', hide);
    expect((await chain.verify()).broken).toEqual({
      seq: String(last),
      reason: 'who may see it was changed',
    });
    const before = last - 1n;
    const move = (from: bigint, to: bigint) => `UPDATE base.audit_seal SET seq = ${to} WHERE seq = ${from}`;
    await tamper('audit_seal', hide, move(before, 0n), move(last, before), move(0n, last));
    expect((await chain.verify()).broken?.reason).toMatch(/missing before it/);
    const hashOf = (seq: bigint) => `(SELECT s.entry FROM base.audit_seal AS s WHERE s.seq = ${seq})`;
    await tamper('audit_seal', move(before, 0n), move(last, before), move(0n, last));
    expect((await chain.verify()).broken).toBeUndefined();
    const swap = `UPDATE base.audit_seal SET entry = CASE seq WHEN ${last} THEN ${hashOf(before)} ELSE ${hashOf(last)} END,
      txid = CASE seq WHEN ${last} THEN (SELECT s.txid FROM base.audit_seal AS s WHERE s.seq = ${before})
        ELSE (SELECT s.txid FROM base.audit_seal AS s WHERE s.seq = ${last}) END WHERE seq IN (${before}, ${last})`;
    const loose = 'ALTER TABLE base.audit_seal DROP CONSTRAINT audit_seal_txid_entry_key';
    await owner(sql([loose] as never));
    await tamper('audit_seal', swap);
    expect((await chain.verify()).broken).toEqual({ seq: String(before), reason: 'its entry was changed' });
    await tamper('audit_seal', swap);
    await owner(
      sql`ALTER TABLE base.audit_seal ADD CONSTRAINT audit_seal_txid_entry_key UNIQUE (txid, entry)`,
    );
    expect((await chain.verify()).broken).toBeUndefined();
  });

  test('a truncated end is found with a kept head', async () => {
    const head = (await chain.head())!;
    expect((await chain.verify(head)).broken).toBeUndefined();
    const where = entryOf(last);
    await tamper('audit_entry', `DELETE FROM base.audit_entry WHERE ${where}`);
    await tamper('audit_seal', `DELETE FROM base.audit_seal WHERE seq = ${last}`);
    expect((await chain.verify()).broken).toBeUndefined();
    expect((await chain.verify(head)).broken).toEqual({
      seq: String(last),
      reason: 'the head that was kept is not in the chain',
    });
  });
});

describe('a restored copy with restarted transaction numbers', () => {
  test('seals its old and its new entries', async () => {
    await chain.seal();
    // as after a restore: entries and the sealer's state have transaction numbers far in the future
    const bringAlong = (from: number) => sql`
      INSERT INTO base.audit_entry (txid, collection, action, row_count, shares)
      SELECT (${from}::bigint + n)::text::xid8, 'zones', 'create', 1, '{0,0,1}' FROM generate_series(1, 4) AS n`;
    await owner(bringAlong(4_000_000_000));
    await chain.seal({ isThorough: true });
    await owner(bringAlong(4_000_000_100));
    await owner(sql`UPDATE base.audit_sealing SET done = '4000000050:4000000050:'`);
    await write(2);
    expect(await chain.seal()).toBe(6);
    await write(3);
    expect(await chain.seal()).toBe(3);
    expect(await chain.verify()).toMatchObject({ unsealed: { count: 0 } });
    expect((await chain.verify()).broken).toBeUndefined();
  });

  test('written to before its first seal is searched in full by the command', async () => {
    await owner(sql`UPDATE base.audit_sealing SET done = pg_current_snapshot()`);
    await write(2);
    await owner(sql`UPDATE base.audit_sealing SET done = pg_current_snapshot()`);
    expect(await chain.seal()).toBe(0);
    expect((await chain.verify()).unsealed.count).toBe(2);
    expect(await chain.seal({ isThorough: true })).toBe(2);
  });
});

test('a backlog is sealed in steps, including entries written meanwhile', async () => {
  const store = auditStore(service.db);
  await owner(sql`
    INSERT INTO base.audit_entry (collection, action, row_count, shares)
    SELECT 'zones', 'create', 1, '{0,0,1}' FROM generate_series(1, 1200)`);
  expect(await store.seal()).toBe(true);
  await write(2);
  expect(await store.seal()).toBe(true);
  expect(await store.seal()).toBe(false);
  expect(await chain.verify()).toMatchObject({ unsealed: { count: 0 } });
});
