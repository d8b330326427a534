import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { auditStore } from '../../src/audit/audit.store.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { type Installation, installationStore } from '../../src/restore/installation.store.ts';
import { type Head, readWitness, writeWitness } from '../../src/restore/witness.file.ts';
import { asTableOwner } from '../support/audit.ts';
import { clientFolder } from '../support/client.programs.ts';
import { testDatabase } from '../support/database.ts';
import { createServerDatabase, dropServerDatabase } from '../support/server.database.ts';

const run = promisify(execFile);
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const urlOf = ({ connection }: { connection: object }) =>
  (connection as { connectionString: string }).connectionString;

/** What the service finds in a database, which nobody is connected to afterwards. */
async function lookAt(
  connection: object,
  { witness, nonce }: { witness?: Head; nonce?: string } = {},
): Promise<Installation> {
  const db = databaseOf(connection);
  try {
    return await installationStore(db, nonce).look(witness);
  } finally {
    await db.close();
  }
}

const databaseOf = (connection: object): Database =>
  openDatabase({ connection, poolSize: 1, statementTimeoutSeconds: 20 });

async function aDatabase() {
  const database = await testDatabase();
  opened.push(database.drop);
  return database;
}

async function another(template?: string) {
  const database = await createServerDatabase(template);
  opened.push(() => dropServerDatabase(database.name));
  return database;
}

// the embedded database has its own tests of the same in test/restores/embedded.test.ts
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

onServer('a database', () => {
  test('that never started is nobody’s: it gets its identifiers at its first start, and keeps them', async () => {
    const { connection } = await aDatabase();
    for (const _ of [1, 2]) expect((await lookAt(connection)).fault).toBeUndefined();
  });

  test('that was made from a template that never started is no restored one', async () => {
    const { connection } = await aDatabase();
    const copy = await another(new URL(urlOf({ connection })).pathname.slice(1));
    expect((await lookAt(copy.connection)).fault).toBeUndefined();
  });

  test('that is a copy of a started one is a restored one', async () => {
    const { connection } = await aDatabase();
    await lookAt(connection);
    const copy = await another(new URL(urlOf({ connection })).pathname.slice(1));
    expect((await lookAt(copy.connection)).fault).toBe('moved');
    expect((await lookAt(connection)).fault).toBeUndefined();
  });

  test('whose dump was restored is a restored one, beside it and in its own place', async () => {
    const { connection } = await aDatabase();
    const bin = clientFolder();
    if (!bin) throw new Error('pg_dump is needed: install postgresql-client.');
    await lookAt(connection);
    const file = join(await mkdtemp(join(tmpdir(), 'tripoint-dump-')), 'dump');
    await run(join(bin, 'pg_dump'), ['--format=custom', `--file=${file}`, urlOf({ connection })]);
    const beside = await another();
    await run(join(bin, 'pg_restore'), ['--exit-on-error', `--dbname=${urlOf(beside)}`, file]);
    expect((await lookAt(beside.connection)).fault).toBe('moved');
    const inPlace = ['--clean', '--if-exists', '--exit-on-error', `--dbname=${urlOf({ connection })}`, file];
    await run(join(bin, 'pg_restore'), inPlace);
    expect((await lookAt(connection)).fault).toBe('moved');
  }, 60_000);
});

describe('a witness', () => {
  let db: Database;
  let drop: () => Promise<void>;
  let connection: object;
  beforeAll(async () => {
    const database = await testDatabase();
    ({ drop, connection } = database);
    db = databaseOf(database.connection);
    await asTableOwner(
      db,
      sql`INSERT INTO base.audit_entry (collection, action, row_count, shares) VALUES ('zones', 'create', 1, '{0,0,1}')`,
    );
    await auditStore(db).seal();
  });
  afterAll(async () => {
    await db.close();
    await drop();
  });
  const look = (witness?: Head) => installationStore(db, undefined).look(witness);

  test('keeps the newest seal, and finds it again', async () => {
    const { fault, head } = await look();
    expect({ fault, head }).toEqual({
      fault: undefined,
      head: {
        seal: expect.any(String),
        seq: expect.stringMatching(/^\d+$/),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    const file = join(await mkdtemp(join(tmpdir(), 'tripoint-witness-')), 'witness');
    expect(await readWitness(file)).toBeUndefined();
    await writeWitness(file, head!);
    expect(await readWitness(file)).toEqual(head);
    expect((await look(head)).fault).toBeUndefined();
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, 40));
    await expect(readWitness(file)).rejects.toThrow(/cannot be read.*delete it/);
  });

  test('with a head that is not in the database shows that it was set back, to every process', async () => {
    const { head } = await look();
    const lost = { seal: uuidv7(), seq: String(Number(head!.seq) + 5), hash: '1'.repeat(64) };
    expect((await look(lost)).fault).toBe('rewound');
    const readOnly = { ...connection, options: '-c default_transaction_read_only=on' };
    if (process.env.TEST_DATABASE_URL) {
      const other = { ...lost, seal: uuidv7() };
      expect((await lookAt(readOnly, { witness: other })).fault).toBe('rewound');
    }
    // a process whose own witness is older is closed too
    expect((await look(head)).fault).toBe('rewound');
    await asTableOwner(db, sql`SELECT base.open_installation(NULL, 'restored: a test')`);
    expect((await look(lost)).fault).toBeUndefined();
    const [entry] = await asTableOwner(
      db,
      sql`SELECT e.collection, e.detail, e.shares FROM base.audit_entry AS e ORDER BY e.id DESC LIMIT 1`,
    );
    expect(entry).toEqual({ collection: 'restores', detail: 'restored: a test', shares: [1, 1, 1] });
  });

  test('with the right place and another hash is a lost head', async () => {
    const { head } = await look();
    expect((await look({ ...head!, hash: '2'.repeat(64) })).fault).toBe('rewound');
    await asTableOwner(db, sql`SELECT base.open_installation(NULL, 'restored: a test')`);
  });
});
