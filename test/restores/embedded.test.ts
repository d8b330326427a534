import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DemoKey } from '../../src/access/demo-key.store.ts';
import { restoreFolder } from '../../src/db/embedded/embedded.backup.ts';
import { anIncident } from '../support/builders.ts';
import { openProcesses, type Processes, type Running } from '../support/processes.ts';

// The commands as an operator runs them, on folders of the embedded database.
const onEmbedded = process.env.TEST_DATABASE_URL ? describe.skip : describe;

let processes: Processes;
let copy: string;
let file: string;
let witness: string;
beforeAll(async () => {
  processes = await openProcesses();
  const at = (name: string) => join(processes.folder, name);
  [copy, file, witness] = [at('copy'), at('backup.tar.gz'), at('witness')];
});
afterAll(() => processes.end());

const demoKey = (role: string): string =>
  (JSON.parse(readFileSync(processes.demoKeysFile, 'utf8')) as DemoKey[]).find(
    (key) => key.country === 'TUN' && key.role === role,
  )!.key;

const ask = (path: string, key: string, method = 'GET', body?: object) =>
  fetch(path, {
    method,
    headers: { 'X-API-Key': key, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
const idOf = (n: number) => `0199e0c4-6d00-7c1e-9f5e-${String(n).padStart(12, '0')}`;
const put = ({ url }: Running, n: number) =>
  fetch(`${url}/v1/incidents/${idOf(n)}`, {
    method: 'PUT',
    headers: { 'X-API-Key': demoKey('reporter'), 'Content-Type': 'application/geo+json' },
    body: JSON.stringify(anIncident({ tlp: 'CLEAR' })),
  });

async function stop({ child }: Running): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'close');
}

onEmbedded('a backup of the embedded database', () => {
  let reader: { id: string; key: string };
  const acknowledged: number[] = [];

  test('is made while the service writes, and has everything acknowledged before', async () => {
    const running = await processes.start({ TRIPOINT_WITNESS: witness });
    const made = await ask(`${running.url}/v1/keys`, demoKey('admin'), 'POST', {
      agency: 'tun-douane',
      roles: ['reader'],
    });
    reader = await made.json();
    let isOver = false;
    let last = 0;
    const writing = (async () => {
      while (!isOver) {
        last += 1;
        expect((await put(running, last)).status).toBe(201);
        if (!isOver) acknowledged.push(last);
      }
    })();
    while (last < 5) await put(running, 1000);
    const before = [...acknowledged];
    const backup = processes.run(['backup', file]);
    const { code, output } = await backup;
    isOver = true;
    await writing;
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^Backed up .* \d+ bytes/) });
    // writes went on meanwhile
    expect(acknowledged.length).toBeGreaterThan(before.length);
    acknowledged.splice(before.length);
    expect((await ask(`${running.url}/v1/keys/${reader.id}`, demoKey('admin'), 'DELETE')).status).toBe(204);
    await stop(running);
    expect(existsSync(witness)).toBe(true);
  }, 120_000);

  test('is restored into a new folder only, and starts closed', async () => {
    await expect(restoreFolder(file, processes.folder)).rejects.toThrow(/is not empty/);
    const env = { TRIPOINT_DATA: copy };
    expect(await processes.run(['restore', file], env)).toEqual({
      code: 0,
      output: expect.stringMatching(/starts closed/),
    });
    const closed = await processes.start(env, '/healthz');
    const answer = await ask(`${closed.url}/v1/borders`, reader.key);
    expect({ status: answer.status, ...(await answer.json()) }).toMatchObject({
      status: 503,
      code: 'restored',
    });
    expect(closed.output()).toMatch(/TRIPOINT_WITNESS is not set.*cannot be noticed/);
    await stop(closed);
  }, 120_000);

  test('opens once the log of the original is replayed', async () => {
    const exported = join(processes.folder, 'export.jsonl');
    await writeFile(exported, (await processes.run(['audit', 'export'])).output);
    const env = { TRIPOINT_DATA: copy };
    const { code, output } = await processes.run(['restored', '--replay', exported], env);
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining('keys revoked or limited: 1'),
    });
    const running = await processes.start(env);
    expect((await ask(`${running.url}/v1/borders`, reader.key)).status).toBe(401);
    for (const n of acknowledged)
      expect((await ask(`${running.url}/v1/incidents/${idOf(n)}`, demoKey('reporter'))).status).toBe(200);
    await stop(running);
  }, 120_000);

  test('that is cut off is refused', async () => {
    const cut = join(processes.folder, 'cut.tar.gz');
    const whole = readFileSync(file);
    await writeFile(cut, whole.subarray(0, whole.length / 2));
    await expect(restoreFolder(cut, join(processes.folder, 'cut'))).rejects.toThrow(/is not a whole backup/);
  });
});
