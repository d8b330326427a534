import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { alertCollection } from '../../src/exchange/alerts/alert.collection.sql.ts';
import { deliveryStore } from '../../src/exchange/webhooks/delivery.store.ts';
import type { Job } from '../../src/jobs/recurring.job.ts';
import { asTableOwner } from '../support/audit.ts';
import { callerOf } from '../support/callers.ts';
import { eventually } from '../support/eventually.ts';
import { startService, type TestService } from '../support/service.ts';
import { type Behaviour, openReceiver, type Receiver } from '../support/webhook.receiver.ts';
import {
  addHook,
  addIncident,
  courierFor,
  deliveriesOf,
  type Hook,
  hookOf,
  LOCAL,
  OWNER,
  tell,
} from '../support/webhooks.ts';

let service: TestService;
let api: TestService['api'];
let incident: string;
let receiver: Receiver;
let courier: Job | undefined;
beforeAll(async () => {
  service = await startService({ webhookTargets: LOCAL });
  api = service.api;
  incident = await addIncident(service);
});
afterAll(() => service.stop());

let hook: Hook;
const begin = async (conduct: Parameters<typeof openReceiver>[0], pace = {}, settings = {}) => {
  receiver = await openReceiver(conduct);
  hook = await addHook(service, receiver.url);
  courier = courierFor(service, pace, settings);
};
afterEach(async () => {
  await courier?.stop();
  await receiver?.close();
  if (hook) await api.delete(`/v1/webhooks/${hook.id}`).set(OWNER.headers);
});

const claimed = async (): Promise<number> => {
  const [row] = await asTableOwner<{ count: number }>(
    service.db,
    sql`SELECT count(d.claimed_until)::int AS count FROM base.delivery AS d WHERE d.webhook = ${hook.id}`,
  );
  return row!.count;
};
const statesOf = async () => (await deliveriesOf(service, hook.id, 'limit=1000')).map(({ state }) => state);
const allAre = (state: string) => eventually(async () => (await statesOf()).every((one) => one === state));

const STRANGER = callerOf('DZA', 'coordinator');

/** As long as it takes until the receiver of another agency has what it waits for. */
async function anotherIsServed(): Promise<void> {
  const quick = await openReceiver();
  const other = await addHook(service, quick.url, { as: STRANGER });
  await tell(service, incident, { agency: STRANGER.agency! });
  await quick.until(() => quick.received.length === 1);
  await api.delete(`/v1/webhooks/${other.id}`).set(STRANGER.headers).expect(204);
  await quick.close();
}

describe('a receiver that', () => {
  const TROUBLES: [string, Behaviour, object][] = [
    ['answers with an error', { status: 500 }, { status: 500, error: null }],
    ['asks for less', { status: 429, headers: { 'Retry-After': '0' } }, { status: 429, error: null }],
    [
      'sends elsewhere',
      { status: 307, headers: { Location: 'http://127.0.0.1:1/elsewhere' } },
      { status: 307, error: null },
    ],
    ['resets the connection', { breaks: 'reset' }, { status: null, error: 'broke the connection' }],
    ['takes it and dies', { breaks: 'die' }, { status: null, error: 'broke the connection' }],
    ['never answers', { breaks: 'hang' }, { status: null, error: 'did not answer in time' }],
    ['answers too late', { afterMs: 1500 }, { status: null, error: 'did not answer in time' }],
  ];
  test.each(TROUBLES)('%s gets a retry with the same webhook-id', async (_, trouble, logged) => {
    await begin((_one, times) => (times < 3 ? trouble : {}), {}, { timeoutSeconds: 0.3 });
    const alerts = await tell(service, incident, { times: 3 });
    await allAre('delivered');
    expect(receiver.alerts()).toEqual(alerts);
    const log = await deliveriesOf(service, hook.id);
    const deliveries = alerts.map((id) => log.find(({ alert }) => alert === id)!);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual(deliveries.flatMap(({ id }) => [id, id, id]));
    for (const { attempts } of deliveries)
      expect(attempts).toMatchObject([logged, logged, { status: 204, error: null }]);
  });

  test('answers 410 gets nothing until it is enabled again', async () => {
    await begin(() => ({ status: 410 }));
    await tell(service, incident, { times: 2 });
    await eventually(async () => !(await hookOf(service, hook.id)).enabled);
    expect((await statesOf()).toSorted()).toEqual(['dead', 'pending']);
    await anotherIsServed();
    expect(receiver.received).toHaveLength(1);
    receiver.conduct(() => ({}));
    await api.patch(`/v1/webhooks/${hook.id}`).set(OWNER.headers).send({ enabled: true }).expect(200);
    await eventually(async () => (await statesOf()).includes('delivered'));
  });

  test('sends Retry-After is left alone until then', async () => {
    await begin((_one, times) => (times < 2 ? { status: 503, headers: { 'Retry-After': '600' } } : {}), {
      schedule: { firstSeconds: 0.01, factor: 1, mostSeconds: 3600 },
    });
    await tell(service, incident);
    const first = async () => (await deliveriesOf(service, hook.id))[0]!;
    await eventually(async () => (await first()).attempts.length > 0);
    const { attempts, nextAttemptAt } = await first();
    expect(Date.parse(nextAttemptAt!)).toBeGreaterThanOrEqual(Date.parse(attempts[0]!.at) + 600_000);
    await anotherIsServed();
    expect(receiver.received).toHaveLength(1);
    await asTableOwner(service.db, sql`UPDATE base.delivery SET next_at = now() WHERE webhook = ${hook.id}`);
    await receiver.until(() => receiver.received.length === 2);
  });

  test('is down for long gets rare single attempts, and then everything', async () => {
    await begin(() => ({ status: 500 }), {
      schedule: { firstSeconds: 0.01, factor: 1, mostSeconds: 0.01 },
      circuit: { opensAfter: 4, opensForSeconds: 3600, opensAtMostSeconds: 3600 },
    });
    const alerts = [];
    for (let n = 0; n < 4; n++)
      alerts.push(...(await tell(service, await addIncident(service), { times: 2 })));
    await eventually(async () => (await hookOf(service, hook.id)).circuit === 'open');
    const openTime = async () => {
      await eventually(async () => (await claimed()) === 0);
      const [row] = await asTableOwner<{ seconds: number }>(
        service.db,
        sql`SELECT extract(epoch FROM w.open_until - now())::float AS seconds FROM base.webhook AS w WHERE w.id = ${hook.id}`,
      );
      return row!.seconds;
    };
    const timePasses = () =>
      asTableOwner(service.db, sql`UPDATE base.webhook SET open_until = now() WHERE id = ${hook.id}`);
    for (let probe = 1; probe <= 3; probe++) {
      expect(await openTime()).toBeGreaterThan(3000);
      const before = receiver.received.length;
      await anotherIsServed();
      expect(receiver.received).toHaveLength(before);
      await timePasses();
      await receiver.until(() => receiver.received.length === before + 1);
    }
    expect(await openTime()).toBeGreaterThan(3000);
    receiver.conduct(() => ({}));
    await timePasses();
    await allAre('delivered');
    expect(receiver.alerts().toSorted()).toEqual(alerts.toSorted());
    expect(await hookOf(service, hook.id)).toMatchObject({ circuit: 'closed', failures: 0, lastError: null });
  });
});

describe('order', () => {
  test('of a lane is kept through any failure, and every alert arrives', async () => {
    const lanes = await Promise.all(Array.from({ length: 12 }, () => addIncident(service)));
    const breaks = ['reset', 'die', undefined, undefined] as const;
    await begin(
      () => {
        const luck = Math.random();
        if (luck < 0.6) return { afterMs: Math.random() * 5 };
        const broken = breaks[Math.trunc(luck * 100) % 4];
        return broken ? { breaks: broken } : { status: 500 + Math.trunc(luck * 10) };
      },
      { circuit: { opensAfter: 3, opensForSeconds: 0.05, opensAtMostSeconds: 0.1 } },
    );
    const told = new Map<string, string[]>(lanes.map((lane) => [lane, []]));
    for (let n = 0; n < 5; n++)
      for (const lane of lanes) told.get(lane)!.push(...(await tell(service, lane, { times: 3 })));
    await eventually(async () => !(await statesOf()).includes('pending'), 60_000);
    expect(new Set(await statesOf())).toEqual(new Set(['delivered']));
    // what was taken counts: an alert may come again after its answer was lost, but none behind a later one is new
    for (const [lane, alerts] of told) {
      const came = receiver.received.filter(({ body }) => body.data.properties.incident === lane);
      expect([...new Set(came.map(({ body }) => body.data.id))]).toEqual(alerts);
    }
  }, 90_000);

  test('blocks later deliveries, but dead letters do not', async () => {
    const other = await addIncident(service);
    let bad: string | undefined;
    await begin(({ body }) => ({ status: body.data.id === bad ? 500 : 204 }));
    await courier?.stop();
    const [first, second] = await tell(service, incident, { times: 2 });
    const [elsewhere] = await tell(service, other);
    bad = first;
    courier = courierFor(service);
    await receiver.until(() => receiver.received.filter(({ body }) => body.data.id === first).length > 3);
    expect(receiver.alerts().toSorted()).toEqual([first, elsewhere].toSorted());
    await asTableOwner(service.db, sql`UPDATE base.delivery SET give_up_at = now() WHERE alert = ${first}`);
    await eventually(async () => (await deliveriesOf(service, hook.id, 'state=dead')).length === 1);
    await receiver.until(() => receiver.alerts().includes(second!));
    const [dead] = await deliveriesOf(service, hook.id, 'state=dead');
    expect(dead).toMatchObject({ alert: first, state: 'dead' });

    const replay = (query: string) => api.post(`/v1/webhooks/${hook.id}/replay${query}`).set(OWNER.headers);
    bad = undefined;
    const count = receiver.received.length;
    const { body } = await replay(`?delivery=${dead!.id}`).expect(200);
    expect(body).toEqual({ replayed: 1 });
    await receiver.until(() => receiver.received.length > count);
    expect(receiver.received.at(-1)!.headers['webhook-id']).toBe(dead!.id);
    await allAre('delivered');
    expect((await replay('').expect(200)).body).toEqual({ replayed: 0 });
  });
});

test('all dead letters can be replayed at once, and keep their order', async () => {
  await begin(() => ({ status: 500 }));
  const alerts = await tell(service, incident, { times: 5 });
  await asTableOwner(service.db, sql`UPDATE base.delivery SET give_up_at = now() WHERE webhook = ${hook.id}`);
  await allAre('dead');
  receiver.conduct(() => ({}));
  receiver.received.length = 0;
  const { body } = await api.post(`/v1/webhooks/${hook.id}/replay`).set(OWNER.headers).expect(200);
  expect(body).toEqual({ replayed: 5 });
  await allAre('delivered');
  expect(receiver.alerts()).toEqual(alerts);
});

test('a slow endpoint with many deliveries delays no other', async () => {
  await begin(() => ({ afterMs: 1000 }), {}, { timeoutSeconds: 3 });
  const quick = await openReceiver();
  const other = await addHook(service, quick.url, { triggers: ['distress'] });
  const lanes = await Promise.all(Array.from({ length: 30 }, () => addIncident(service)));
  for (let n = 0; n < 300; n += 30) await Promise.all(lanes.map((lane) => tell(service, lane)));
  await receiver.until(() => receiver.received.length >= 8);
  for (let n = 1; n <= 30; n++) {
    await tell(service, incident, { trigger: 'distress' });
    await quick.until(() => quick.received.length === n);
  }
  // and the slow one has not done half of what it had to do
  expect((await statesOf()).filter((state) => state === 'pending').length).toBeGreaterThan(150);
  await api.delete(`/v1/webhooks/${other.id}`).set(OWNER.headers).expect(204);
  await quick.close();
}, 60_000);

test('a stopping courier leaves nothing claimed, and running deliveries are repeated', async () => {
  await begin(() => ({ breaks: 'hang' }), { graceMs: 100 }, { timeoutSeconds: 3600 });
  const [alert] = await tell(service, incident);
  await receiver.until(() => receiver.received.length === 1);
  // without the hour that the endpoint has
  await courier!.stop();
  receiver.conduct(() => ({}));
  courier = courierFor(service);
  await allAre('delivered');
  expect(receiver.alerts()).toEqual([alert]);
});

test('settled deliveries are deleted after their retention, and old pending ones are given up', async () => {
  await begin(() => ({}));
  await tell(service, incident);
  await allAre('delivered');
  await asTableOwner(
    service.db,
    sql`UPDATE base.delivery SET settled_at = settled_at - interval '31 days' WHERE webhook = ${hook.id}`,
  );
  await courier?.stop();
  await tell(service, incident);
  await asTableOwner(
    service.db,
    sql`UPDATE base.delivery SET give_up_at = now() - interval '1 minute' WHERE webhook = ${hook.id} AND state = 'pending'`,
  );
  expect(await deliveryStore(service.db, alertCollection, []).sweep(30)).toBe(1);
  expect(await statesOf()).toEqual(['dead']);
});
