import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { auditChain } from '../../src/audit/audit.chain.store.ts';
import { backup, restore } from '../../src/commands/backup.command.ts';
import { restored } from '../../src/commands/restored.command.ts';
import { loadConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/db/database.ts';
import { openEmbedded } from '../../src/db/embedded/embedded.ts';
import { openSource } from '../../src/db/start.ts';
import { anIncident } from '../support/builders.ts';
import { type Guarded, serveGuarded } from '../support/guarded.ts';
import { agencyOf, keyOf } from '../support/service.ts';

const onEmbedded = process.env.TEST_DATABASE_URL ? describe.skip : describe;

let root: string;
const at = (name: string) => join(root, name);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tripoint-backup-'));
});
afterAll(() => rm(root, { recursive: true }));

const configOf = (folder: string) => loadConfig({ TRIPOINT_DATA: folder, DATABASE_URL: '' });

const key = keyOf('TUN', 'reporter');
const idOf = (n: number) => `0199e0c4-6d00-7c1e-9f5e-${String(n).padStart(12, '0')}`;
const put = ({ ask }: Guarded, n: number) =>
  ask(`/v1/incidents/${idOf(n)}`, { key, method: 'PUT', body: anIncident({ tlp: 'CLEAR' }) });

/** An export of the whole log of a folder that no service uses. */
async function exportLog(folder: string, file: string): Promise<void> {
  const source = await openSource(
    { TRIPOINT_DATA: folder, DATABASE_POOL_SIZE: 1, STATEMENT_TIMEOUT_SECONDS: 60 },
    () => {},
  );
  const db = openDatabase({ connection: source.ownerConnection, poolSize: 1, statementTimeoutSeconds: 60 });
  let text = '';
  await auditChain(db).export(async (lines) => {
    text += lines;
  });
  await writeFile(file, text);
  await db.close();
  await source.close();
}

onEmbedded('a backup of the embedded database', () => {
  let original: string;
  let copy: string;
  let file: string;
  let reader: { id: string; key: string };
  let acknowledged: number[] = [];
  beforeAll(async () => {
    [original, copy, file] = [at('original'), at('copy'), at('backup.tar.gz')];
    const image = join(process.env.TRIPOINT_TEST_FOLDER!, 'image');
    await (await openEmbedded({ folder: original, image })).close();
  }, 60_000);

  test('is made while the service writes, and has everything acknowledged before', async () => {
    const service = await serveGuarded({ TRIPOINT_DATA: original, TRIPOINT_WITNESS: at('witness') });
    const admin = keyOf('TUN', 'admin');
    const { body } = await service.ask('/v1/keys', {
      key: admin,
      method: 'POST',
      body: { agency: agencyOf(admin), roles: ['reader'] },
    });
    reader = body as typeof reader;
    let isOver = false;
    const written: number[] = [];
    const writing = (async () => {
      for (let n = 1; !isOver; n++) {
        expect((await put(service, n)).status).toBe(201);
        written.push(n);
      }
    })();
    while (written.length < 5) await put(service, 1000);
    acknowledged = [...written];
    const backedUp = () => backup(file, configOf(original));
    await backedUp();
    isOver = true;
    await writing;
    expect(written.length).toBeGreaterThan(acknowledged.length);
    await expect(backedUp()).rejects.toThrow(/exists already/);
    expect((await service.ask(`/v1/keys/${reader.id}`, { key: admin, method: 'DELETE' })).status).toBe(204);
    await service.stop();
    expect(JSON.parse(readFileSync(at('witness'), 'utf8'))).toMatchObject({ hash: expect.any(String) });
  }, 120_000);

  test('is restored into a new folder only, and starts closed', async () => {
    const restoring = (folder: string) => restore(file, configOf(folder));
    await expect(restoring(original)).rejects.toThrow(/is not empty/);
    await restoring(copy);
    const closed = await serveGuarded({ TRIPOINT_DATA: copy });
    const { status, body } = await closed.ask('/v1/borders', { key: reader.key });
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'restored' });
    const said = closed.log.map(({ msg }) => msg).join();
    expect(said).toMatch(/TRIPOINT_WITNESS is not set.*cannot be noticed/);
    expect(said).toMatch(/restored: the database is not where it was started before/);
    await closed.stop();
  }, 120_000);

  test('opens once the log of the original is replayed', async () => {
    await exportLog(original, at('export.jsonl'));
    await restored({ replay: at('export.jsonl') }, configOf(copy));
    const service = await serveGuarded({ TRIPOINT_DATA: copy });
    expect((await service.ask('/v1/borders', { key: reader.key })).status).toBe(401);
    for (const n of acknowledged) expect((await service.ask(`/v1/incidents/${idOf(n)}`)).status).toBe(200);
    await service.stop();
  }, 120_000);

  test('of a folder without a database is refused, and makes none', async () => {
    const missing = at('missing');
    await expect(backup(at('missing.tar.gz'), configOf(missing))).rejects.toThrow('There is no database in');
    expect(existsSync(missing)).toBe(false);
    expect(existsSync(at('missing.tar.gz'))).toBe(false);
  });

  test('that is cut off is refused', async () => {
    const whole = readFileSync(file);
    await writeFile(at('cut.tar.gz'), whole.subarray(0, whole.length / 2));
    const restoring = restore(at('cut.tar.gz'), configOf(at('cut')));
    await expect(restoring).rejects.toThrow(/is not a whole backup/);
  });
});
