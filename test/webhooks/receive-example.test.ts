import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Job } from '../../src/jobs/recurring.job.ts';
import { eventually } from '../support/eventually.ts';
import { startService, type TestService } from '../support/service.ts';
import {
  addHook,
  addIncident,
  courierFor,
  deliveriesOf,
  type Hook,
  LOCAL,
  OWNER,
  tell,
} from '../support/webhooks.ts';

let service: TestService;
let courier: Job;
let folder: string;
let child: ChildProcess;
beforeAll(async () => {
  service = await startService({ webhookTargets: LOCAL });
  courier = courierFor(service);
  folder = mkdtempSync(join(tmpdir(), 'receive-'));
});
afterAll(async () => {
  child.kill('SIGKILL');
  await courier.stop();
  await service.stop();
  rmSync(folder, { recursive: true });
});

const inbox = () => join(folder, 'inbox.jsonl');

/** As docs/exchange.md says; answers its port. */
async function receive(port: string, secret?: string): Promise<string> {
  child = spawn(process.execPath, ['docs/examples/receive.mjs', inbox()], {
    env: { ...process.env, NODE_OPTIONS: '', PORT: port, ...(secret && { WEBHOOK_SECRET: secret }) },
  });
  const [text] = await once(child.stdout!, 'data');
  return /port (\d+)/.exec(String(text))![1]!;
}

async function end(): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const kept = (): { data: { id: string } }[] =>
  (existsSync(inbox()) ? readFileSync(inbox(), 'utf8').split('\n') : [])
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** Until an attempt to deliver an alert has failed. */
const wasTried = (hook: Hook, alert: string) =>
  eventually(async () => {
    const deliveries = await deliveriesOf(service, hook.id);
    return deliveries.some((one) => one.alert === alert && one.attempts.length > 0);
  });

async function arrive(alerts: readonly string[]): Promise<void> {
  await eventually(() => kept().length >= alerts.length);
  expect(kept().map(({ data }) => data.id)).toEqual(alerts);
}

test('receive.mjs receives the deliveries, through restarts and a secret rotation', async () => {
  const incident = await addIncident(service);
  const port = await receive('0');
  const hook: Hook = await addHook(service, `http://127.0.0.1:${port}/`);
  expect(hook.verifiedAt).not.toBeNull();

  // what comes before it knows the secret is refused, and comes again
  const alerts = await tell(service, incident, { times: 3 });
  await wasTried(hook, alerts[0]!);
  expect(kept()).toEqual([]);
  await end();
  await receive(port, hook.secret);
  await arrive(alerts);
  const { body } = await service.api.get(`/v1/alerts/${alerts[0]}`).set(OWNER.headers).expect(200);
  expect(kept()[0]!.data).toEqual(body);

  // away for a while
  await end();
  alerts.push(...(await tell(service, incident, { times: 2 })));
  await wasTried(hook, alerts.at(-2)!);
  await receive(port, hook.secret);
  await arrive(alerts);

  // both secrets sign while the new one is brought there
  const path = `/v1/webhooks/${hook.id}/secret`;
  const { body: rotated } = await service.api.post(path).set(OWNER.headers).expect(200);
  alerts.push(...(await tell(service, incident)));
  await arrive(alerts);
  await end();
  await receive(port, rotated.secret);
  alerts.push(...(await tell(service, incident)));
  await arrive(alerts);
}, 90_000);
