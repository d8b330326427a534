import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DemoKey } from '../src/access/demo-key.store.ts';
import type { Role } from '../src/core/caller.ts';
import { openProcesses, type Processes, type Running } from './support/processes.ts';

// Demo keys are made on the embedded database only.
const onEmbedded = process.env.TEST_DATABASE_URL ? describe.skip : describe;

let processes: Processes;
beforeAll(async () => {
  processes = await openProcesses();
});
afterAll(() => processes.end());

const demoKey = (role: Role): string =>
  (JSON.parse(readFileSync(processes.demoKeysFile, 'utf8')) as DemoKey[]).find((key) => key.role === role)!
    .key;

const statusOf = async ({ url }: Running, key: string) =>
  (await fetch(`${url}/v1/borders`, { headers: { 'X-API-Key': key } })).status;

const makeAdmin = ({ url }: Running, key: string) =>
  fetch(`${url}/v1/keys`, {
    method: 'POST',
    headers: { 'X-API-Key': key, 'Content-Type': 'application/json' },
    body: JSON.stringify({ agency: 'dza-douanes', roles: ['admin'] }),
  });

async function stop({ child }: Running): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'close');
}

onEmbedded('the demo keys of an embedded database', () => {
  let running: Running;
  let reader: string;

  test('cause a loud warning on a public address, but not on loopback', async () => {
    running = await processes.start();
    expect(running.output()).not.toContain('WARNING');
    await stop(running);
    running = await processes.start({ HOST: '0.0.0.0', LOG_LEVEL: 'silent' });
    expect(running.output()).toMatch(/!{40}\n {2}WARNING: HOST=0\.0\.0\.0 .*demo-keys\.json/);
  }, 180_000);

  test('are revoked, and their file is deleted, when the first own admin key is created', async () => {
    const admin = demoKey('admin');
    reader = demoKey('reader');
    expect(await statusOf(running, reader)).toBe(200);
    const answer = await makeAdmin(running, admin);
    expect(answer.status).toBe(201);
    expect(existsSync(processes.demoKeysFile)).toBe(false);
    expect(await statusOf(running, reader)).toBe(401);
    const { key } = (await answer.json()) as { key: string };
    expect(await statusOf(running, key)).toBe(200);
    await stop(running);
  }, 60_000);

  test('are never created again', async () => {
    running = await processes.start({ HOST: '0.0.0.0' });
    expect(running.output()).toContain('none written');
    expect(running.output()).not.toContain('WARNING');
    expect(existsSync(processes.demoKeysFile)).toBe(false);
    expect(await statusOf(running, reader)).toBe(401);
    await stop(running);
  }, 120_000);

  test('are also revoked by an admin key from the command', async () => {
    const others = await openProcesses();
    await stop(await others.start());
    expect(existsSync(others.demoKeysFile)).toBe(true);
    const args = ['keys', 'create', '--agency', 'tun-douane', '--role', 'admin', '--name', 'duty desk'];
    const made = await others.run([...args, '--json']);
    expect(JSON.parse(made.output)).toMatchObject({ name: 'duty desk', roles: ['admin'] });
    expect(existsSync(others.demoKeysFile)).toBe(false);
    const { output } = await others.run(['keys', 'list']);
    expect(output.split('\n').filter((line) => line.endsWith('demo  revoked'))).toHaveLength(21);
    await others.end();
  }, 180_000);
});
