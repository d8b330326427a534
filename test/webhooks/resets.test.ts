import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { sql } from '../../src/db/sql.ts';
import { watchForLoss } from '../../src/exchange/feed/feed.loss.ts';
import { feedUpkeep } from '../../src/exchange/feed/feed.upkeep.store.ts';
import type { Job } from '../../src/jobs/recurring.job.ts';
import { asTableOwner } from '../support/audit.ts';
import { eventually } from '../support/eventually.ts';
import { settled } from '../support/feed.ts';
import { startService, type TestService } from '../support/service.ts';
import { openReceiver, type Receiver } from '../support/webhook.receiver.ts';
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
let incidents: string[];
let receiver: Receiver;
let hook: Hook;
let courier: Job | undefined;
beforeAll(async () => {
  service = await startService({ webhookTargets: LOCAL });
  incidents = [await addIncident(service), await addIncident(service), await addIncident(service)];
});
afterAll(() => service.stop());
beforeEach(async () => {
  receiver = await openReceiver();
  hook = await addHook(service, receiver.url);
});
afterEach(async () => {
  await courier?.stop();
  await receiver.close();
  await service.api.delete(`/v1/webhooks/${hook.id}`).set(OWNER.headers).expect(204);
});

const announce = async (): Promise<number> =>
  (await asTableOwner<{ queued: number }>(service.db, sql`SELECT base.announce_reset() AS queued`))[0]!
    .queued;
/** Three alerts, each in a lane of its own. */
const tellAll = async () => {
  for (const incident of incidents) await tell(service, incident);
};
const types = () => receiver.received.map(({ body }) => body.type);
const waiting = async () => (await deliveriesOf(service, hook.id, 'state=pending&limit=100')).length;

test('a reset goes to each webhook once, behind what was queued before and before what came later', async () => {
  await tellAll();
  expect(await announce()).toBe(1);
  expect(await announce()).toBe(0); // one is waiting already
  await tellAll();
  courier = courierFor(service);
  await receiver.until(() => receiver.received.length === 7);
  expect(types()).toEqual(['alert', 'alert', 'alert', 'reset', 'alert', 'alert', 'alert']);
  expect(receiver.received[3]!.body).toEqual({
    type: 'reset',
    timestamp: expect.stringMatching(/Z$/),
    data: {},
  });
  await eventually(async () => (await waiting()) === 0);
  const log = await deliveriesOf(service, hook.id, 'limit=100');
  expect(log.filter(({ alert }) => alert === null)).toMatchObject([{ state: 'delivered' }]);
});

test('later alerts wait while a reset fails, but not forever', async () => {
  await announce();
  await tellAll();
  receiver.conduct(({ body }, times) => (body.type === 'reset' && times < 5 ? { status: 500 } : {}));
  courier = courierFor(service);
  await receiver.until(() => receiver.received.length === 8);
  expect(types().slice(0, 3)).toEqual(['reset', 'reset', 'reset']);
  expect(types().filter((type) => type === 'alert')).toHaveLength(3);
});

test('a reset waits while what was queued before it fails, but not forever', async () => {
  await tell(service, incidents[0]!);
  await announce();
  receiver.conduct(({ body }, times) => (body.type === 'alert' && times < 5 ? { status: 500 } : {}));
  courier = courierFor(service);
  await receiver.until(() => receiver.received.length === 6);
  expect(types().slice(0, 3)).toEqual(['alert', 'alert', 'alert']);
  expect(types().filter((type) => type === 'reset')).toHaveLength(1);
});

test('nothing is sent while the service may be closed after a restore', async () => {
  let isClosed = true;
  let asked = 0;
  courier = courierFor(
    service,
    {},
    {
      isClosed: () => {
        asked++;
        return isClosed;
      },
    },
  );
  await tellAll();
  const before = asked;
  await eventually(() => asked > before + 3);
  expect(receiver.received).toEqual([]);
  isClosed = false;
  await receiver.until(() => receiver.received.length === 3);
});

test('processes that find their newest row gone queue one reset together', async () => {
  const logger = pino({ level: 'silent' });
  const upkeep = feedUpkeep(service.db);
  await upkeep.begin();
  const watches = [1, 2, 3].map(() => watchForLoss(upkeep, logger));
  const lookAll = async () => {
    for (const watch of watches) await watch();
  };
  const lose = () => asTableOwner(service.db, sql`UPDATE base.change SET nonce = gen_random_uuid()`);
  await settled(service);
  await lookAll();
  await lookAll();
  expect(await waiting()).toBe(0);
  await lose();
  await lookAll();
  expect(await waiting()).toBe(1);
  courier = courierFor(service);
  await receiver.until(() => receiver.received.length === 1);
  await lookAll();
  await lose();
  await lookAll();
  await receiver.until(() => receiver.received.length === 2);
  expect(types()).toEqual(['reset', 'reset']);
});
