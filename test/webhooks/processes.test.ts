import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { eventually } from '../support/eventually.ts';
import { startService, type TestService } from '../support/service.ts';
import { openReceiver, type Receiver } from '../support/webhook.receiver.ts';
import { addHook, addIncident, deliveriesOf, LOCAL, tell } from '../support/webhooks.ts';

// Of the embedded database there is one process.
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;
const LEASE_MS = 11_000; // with a timeout of one second

interface Running {
  child: ChildProcess;
  delivered(): Promise<number>;
}

onServer('two processes', () => {
  let service: TestService;
  let receiver: Receiver;
  let hook: string;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    service = await startService({ webhookTargets: LOCAL });
    receiver = await openReceiver();
    hook = (await addHook(service, receiver.url)).id;
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await receiver.close();
    await service.stop();
  });

  async function start(): Promise<Running> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        DATABASE_URL: (service.connection as { connectionString: string }).connectionString,
        PORT: '0',
        LOG_LEVEL: 'error',
        WEBHOOK_ALLOW: '127.0.0.1',
        WEBHOOK_TIMEOUT_SECONDS: '1',
      },
    });
    children.push(child);
    let greeting = '';
    for await (const piece of child.stdout!.iterator({ destroyOnReturn: false })) {
      greeting += piece;
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(greeting) ?? [];
      if (!url) continue;
      const delivered = async () => {
        const text = await (await fetch(`${url}/metrics`)).text();
        return Number(/^webhook_deliveries_delivered (\d+)/m.exec(text)![1]);
      };
      return { child, delivered };
    }
    throw new Error('The service did not start.');
  }

  const tellMany = async (lanes: number, times: number): Promise<Map<string, string[]>> => {
    const told = new Map<string, string[]>();
    for (let n = 0; n < lanes; n++) {
      const lane = await addIncident(service);
      told.set(lane, await tell(service, lane, { times }));
    }
    return told;
  };
  const orderOf = (lane: string) => [
    ...new Set(
      receiver.received
        .filter(({ body }) => body.data.properties.incident === lane)
        .map(({ body }) => body.data.id as string),
    ),
  ];
  /** Until so many deliveries are known to have arrived. */
  const settled = (count: number) =>
    eventually(async () => (await deliveriesOf(service, hook, 'state=delivered&limit=1000')).length >= count);
  const isAllThere = (told: Map<string, string[]>) => () => {
    const came = new Set(receiver.alerts());
    return [...told.values()].flat().every((alert) => came.has(alert));
  };

  test('share the work, and send nothing twice', async () => {
    const running = [await start(), await start()];
    receiver.conduct(() => ({ afterMs: 10 }));
    const told = await tellMany(60, 5);
    await receiver.until(isAllThere(told), 60_000);
    await settled(300);
    const shares = await Promise.all(running.map(({ delivered }) => delivered()));
    process.stdout.write(`shares: ${shares.join(' and ')}\n`);
    expect(shares.reduce((sum, share) => sum + share)).toBe(300);
    expect(Math.min(...shares)).toBeGreaterThan(0);
    expect(receiver.received).toHaveLength(300);
    for (const [lane, alerts] of told) expect(orderOf(lane)).toEqual(alerts);
    for (const { child } of running) child.kill('SIGTERM');
    const ended = await Promise.all(running.map(({ child }) => once(child, 'exit')));
    expect(ended.map(([code]) => code)).toEqual([0, 0]);
  }, 120_000);

  test('lose nothing when the database repeatedly drops all connections', async () => {
    const running = [await start(), await start()];
    receiver.received.length = 0;
    receiver.conduct(() => ({ afterMs: 20 }));
    const told = await tellMany(20, 20);
    const owner = new pg.Client(service.connection);
    await owner.connect();
    for (let n = 0; n < 8; n++) {
      const had = receiver.received.length;
      await owner.query(`SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity AS a
        WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()`);
      // in between, some are delivered
      await receiver.until(() => receiver.received.length > had || isAllThere(told)(), 60_000);
    }
    await owner.end();
    await receiver.until(isAllThere(told), 60_000);
    for (const [lane, alerts] of told) expect(orderOf(lane)).toEqual(alerts);
    for (const { child } of running) child.kill('SIGTERM');
    await Promise.all(running.map(({ child }) => once(child, 'exit')));
  }, 120_000);

  test('lose nothing when one of them is killed during a delivery', async () => {
    const [victim] = [await start(), await start()];
    receiver.received.length = 0;
    receiver.conduct(() => ({ afterMs: 100 }));
    const told = await tellMany(30, 4);
    await receiver.until(() => receiver.received.length > 20);
    victim!.child.kill('SIGKILL');
    // the lease of the victim ends, and then others take its work
    await receiver.until(isAllThere(told), LEASE_MS + 60_000);
    for (const [lane, alerts] of told) expect(orderOf(lane)).toEqual(alerts);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']!);
    const twice = ids.length - new Set(ids).size;
    // what it was about when it died: one of each lane that it held, of one endpoint eight at most
    expect(twice).toBeLessThanOrEqual(8);
    await settled(820);
    expect(await deliveriesOf(service, hook, 'state=delivered&limit=1000')).toHaveLength(820);
  }, 120_000);
});
