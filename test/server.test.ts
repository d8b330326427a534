import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DemoKey } from '../src/access/demo-key.store.ts';
import { anIncident } from './support/builders.ts';
import { openProcesses, type Processes, type Running } from './support/processes.ts';

// The process as `npm start` runs it, on the embedded database. Where a server is tested, this is not run again.
const onEmbedded = process.env.TEST_DATABASE_URL ? describe.skip : describe;

let processes: Processes;
beforeAll(async () => {
  processes = await openProcesses();
});
afterAll(() => processes.end());

const reporterKey = () =>
  (JSON.parse(readFileSync(processes.demoKeysFile, 'utf8')) as DemoKey[]).find(
    ({ country, role }) => country === 'TUN' && role === 'reporter',
  )!.key;

const put = (url: string, n: number) =>
  fetch(`${url}/v1/incidents/0199e0c4-6d00-7c1e-9f5e-${String(n).padStart(12, '0')}`, {
    method: 'PUT',
    headers: { 'X-API-Key': reporterKey(), 'Content-Type': 'application/geo+json' },
    body: JSON.stringify(anIncident({ tlp: 'CLEAR' })),
  });

onEmbedded('the service on its embedded database', () => {
  let running: Running;

  test('starts from nothing, seeded, with a demo scenario and demo keys that only their owner can read', async () => {
    running = await processes.start({ PROCESSES: '2' });
    expect(running.output()).toContain('one process serves');
    expect(running.output()).toContain('demo. Exercise Demo: nothing here is real.');
    expect(running.output()).toMatch(/docs.*\n.*curl.*\n.*demo-keys\.json/);
    expect(statSync(processes.demoKeysFile).mode & 0o777).toBe(0o600);
    const keys: DemoKey[] = JSON.parse(readFileSync(processes.demoKeysFile, 'utf8'));
    expect(keys).toHaveLength(21);
    const zones = await (
      await fetch(`${running.url}/v1/zones?kind=exercise`, { headers: { 'X-API-Key': reporterKey() } })
    ).json();
    expect(zones.features.length).toBeGreaterThanOrEqual(2);
    const incidents = await (await fetch(`${running.url}/v1/incidents?limit=1000`)).json();
    expect(incidents.features.length).toBeGreaterThan(30);
    expect(
      new Set(incidents.features.map((f: { properties: { nature: string } }) => f.properties.nature)),
    ).toEqual(new Set(['exercise']));
  }, 120_000);

  test('refuses a second process and commands with a sentence that names the first', async () => {
    for (const args of [['serve'], ['keys', 'list'], ['seed']]) {
      const { code, output } = await processes.run(args);
      expect(code).toBe(1);
      expect(output).toContain(`process ${running.child.pid}`);
      expect(output).not.toMatch(/\n\s+at /);
    }
  }, 120_000);

  test('keeps every acknowledged write through a kill -9', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => put(running.url, n)));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(201));
    running.child.kill('SIGKILL');
    await once(running.child, 'close');
    running = await processes.start();
    const again = await Promise.all([1, 2, 3, 4, 5].map((n) => put(running.url, n)));
    expect(again.map(({ status }) => status)).toEqual(Array(5).fill(200));
  }, 120_000);

  test('ends at SIGTERM after the requests in flight, with the folder unlocked', async () => {
    const inFlight = Array.from({ length: 20 }, (_, n) => put(running.url, 100 + n));
    await Promise.race(inFlight);
    running.child.kill('SIGTERM');
    const statuses = (await Promise.allSettled(inFlight)).map((one) =>
      one.status === 'fulfilled' ? one.value.status : 'refused',
    );
    expect(statuses.filter((status) => status !== 201 && status !== 'refused')).toEqual([]);
    const [code] =
      running.child.exitCode === null ? await once(running.child, 'close') : [running.child.exitCode];
    expect(code).toBe(0);
    const { code: listed, output } = await processes.run(['keys', 'list', '--json']);
    expect({ listed, count: JSON.parse(output).length }).toEqual({ listed: 0, count: 21 });
  }, 120_000);

  test('a key created by the command works until it is revoked', async () => {
    const made = await processes.run([
      'keys',
      'create',
      '--agency',
      'tun-douane',
      '--role',
      'reporter',
      '--json',
    ]);
    const { id, key } = JSON.parse(made.output);
    expect((await processes.run(['keys', 'revoke', id])).code).toBe(0);
    running = await processes.start();
    const answer = await fetch(`${running.url}/v1/borders`, { headers: { 'X-API-Key': key } });
    expect(answer.status).toBe(401);
    running.child.kill('SIGTERM');
    await once(running.child, 'close');
  }, 120_000);
});

test('an invalid port stops the start with a sentence', async () => {
  const { child, output } = processes.tripoint(['serve'], { PORT: 'http' });
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  expect(output()).toMatch(/PORT=http/);
}, 60_000);
