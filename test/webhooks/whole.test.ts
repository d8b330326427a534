import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DemoKey } from '../../src/access/demo-key.store.ts';
import { anIncident } from '../support/builders.ts';
import { openProcesses, type Processes, type Running } from '../support/processes.ts';
import { openReceiver, type Receiver } from '../support/webhook.receiver.ts';

// The process as `npm start` runs it, on the embedded database, killed with it; test/webhooks/processes.test.ts has the server.
const onEmbedded = process.env.TEST_DATABASE_URL ? describe.skip : describe;
const ENV = { WEBHOOK_ALLOW: '127.0.0.1', WEBHOOK_TIMEOUT_SECONDS: '1' };

onEmbedded('from an incident to a webhook', () => {
  let processes: Processes;
  let running: Running;
  let receiver: Receiver;
  beforeAll(async () => {
    processes = await openProcesses();
    receiver = await openReceiver();
    running = await processes.start(ENV);
    await post('coordinator', '/webhooks', { url: receiver.url });
    const triggers = ['created'];
    await post('operator', '/subscriptions', { triggers, natures: ['actual', 'exercise', 'test'] });
  }, 120_000);
  afterAll(async () => {
    await processes.end();
    await receiver.close();
  });

  async function post(role: string, path: string, body: object): Promise<string> {
    const keys: DemoKey[] = JSON.parse(readFileSync(processes.demoKeysFile, 'utf8'));
    const { key } = keys.find((one) => one.country === 'TUN' && one.role === role)!;
    const answer = await fetch(`${running.url}/v1${path}`, {
      method: 'POST',
      headers: { 'X-API-Key': key, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { id, detail } = await answer.json();
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${detail}`);
    return id;
  }
  // of what is long over nobody is told
  const report = () => post('reporter', '/incidents', anIncident({ occurredAt: new Date().toISOString() }));
  /** Incidents in the order in which alerts about them came first. */
  const incidents = () => [
    ...new Set(receiver.received.map(({ body }) => body.data.properties.incident as string)),
  ];

  test('each alert arrives before the next report', async () => {
    const told: string[] = [];
    for (let n = 1; n <= 40; n++) {
      told.push(await report());
      await receiver.until(() => incidents().includes(told.at(-1)!));
    }
    expect(incidents()).toEqual(told);
  }, 60_000);

  test('a kill -9 during deliveries loses nothing', async () => {
    receiver.received.length = 0;
    receiver.conduct(() => ({ afterMs: 150 }));
    const told: string[] = [];
    for (let n = 0; n < 25; n++) told.push(await report());
    await receiver.until(() => receiver.received.length > 3);
    expect(incidents().length).toBeLessThan(told.length);
    running.child.kill('SIGKILL');
    running = await processes.start(ENV);
    await receiver.until(() => told.every((id) => incidents().includes(id)), 60_000);
    // each incident is a lane of its own: those that were under way come again later
    expect(incidents().toSorted()).toEqual(told.toSorted());
  }, 180_000);
});
