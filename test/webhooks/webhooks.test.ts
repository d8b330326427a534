import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { sql } from '../../src/db/sql.ts';
import { targetGuard } from '../../src/exchange/webhooks/target.guard.ts';
import type { Job } from '../../src/jobs/recurring.job.ts';
import { asTableOwner } from '../support/audit.ts';
import { callerOf } from '../support/callers.ts';
import { eventually } from '../support/eventually.ts';
import { startService, type TestService } from '../support/service.ts';
import { openReceiver, type Received, type Receiver } from '../support/webhook.receiver.ts';
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
  receiver = await openReceiver();
});
afterEach(async () => {
  await courier?.stop();
  courier = undefined;
  const all = (await api.get('/v1/webhooks').set(OWNER.headers)).body.webhooks as Hook[];
  for (const { id } of all) await api.delete(`/v1/webhooks/${id}`).set(OWNER.headers).expect(204);
  receiver.conduct(() => ({}));
  receiver.refuseChallenges(false);
  receiver.received.length = 0;
});
afterAll(async () => {
  await receiver.close();
  await service.stop();
});

const isSignedBy = (secret: string, { text, headers }: Received): boolean => {
  try {
    new Webhook(secret).verify(text, headers);
    return true;
  } catch {
    return false;
  }
};

describe('a webhook', () => {
  test('shows its secret once, and belongs to one agency', async () => {
    const hook = await addHook(service, receiver.url, { triggers: ['distress', 'enter', 'enter'] });
    expect(hook).toMatchObject({
      url: receiver.url,
      triggers: ['distress', 'enter'],
      enabled: true,
      verifiedAt: expect.any(String),
      circuit: 'closed',
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    });
    const { secret: _, ...shown } = hook;
    expect(await hookOf(service, hook.id)).toEqual(shown);
    for (const other of [callerOf('TUN', 'admin'), callerOf('LBY', 'coordinator')]) {
      const isOwn = other.agency === OWNER.agency;
      await api
        .get(`/v1/webhooks/${hook.id}`)
        .set(other.headers)
        .expect(isOwn ? 200 : 404);
      await api
        .get(`/v1/webhooks/${hook.id}/deliveries`)
        .set(other.headers)
        .expect(isOwn ? 200 : 404);
    }
    await api.get('/v1/webhooks').set(callerOf('TUN', 'operator').headers).expect(403);
  });

  test('delivers nothing before its receiver has answered a repeatable challenge', async () => {
    receiver.refuseChallenges(true);
    const hook = await addHook(service, receiver.url);
    expect(hook).toMatchObject({ verifiedAt: null, lastError: 'answered with 403' });
    courier = courierFor(service);
    await tell(service, incident);
    const path = `/v1/webhooks/${hook.id}/verification`;
    await api.post(path).set(OWNER.headers).expect(422);
    receiver.refuseChallenges(false);
    await api.post(path).set(OWNER.headers).expect(200);
    expect(isSignedBy(hook.secret, receiver.challenges.at(-1)!)).toBe(true);
    const [alert] = await tell(service, incident);
    await receiver.until(() => receiver.received.length > 0);
    expect(receiver.alerts()).toEqual([alert]);
  });

  test('with a new address is challenged again, and waits for the answer', async () => {
    const other = await openReceiver();
    other.refuseChallenges(true);
    const hook = await addHook(service, receiver.url);
    const change = { url: other.url };
    const { body } = await api.patch(`/v1/webhooks/${hook.id}`).set(OWNER.headers).send(change).expect(200);
    expect(body).toMatchObject({ url: other.url, verifiedAt: null });
    await api.patch(`/v1/webhooks/${hook.id}`).set(OWNER.headers).send({ url: receiver.url }).expect(200);
    expect((await hookOf(service, hook.id)).verifiedAt).not.toBeNull();
    await other.close();
  });

  test('goes to allowed targets only: a refused address and a bad name are reported', async () => {
    const strict = service.apiWith({ webhookTargets: { guard: targetGuard(), timeoutSeconds: 2 } });
    const make = (url: string) => strict.post('/v1/webhooks').set(OWNER.headers).send({ url });
    for (const url of ['http://example.org/', 'https://[::1]/', 'https://169.254.169.254/latest'])
      expect((await make(url).expect(422)).body).toMatchObject({
        type: '/problems/webhook-refused',
        errors: [{ path: 'url' }],
      });
    const { body } = await make('https://localhost:8443/hook').expect(201);
    expect(body).toMatchObject({
      verifiedAt: null,
      lastError: 'leads to an address that is not allowed',
    });
    await strict.post('/v1/webhooks').set(OWNER.headers).send({ triggers: null }).expect(400);
  });

  test('is limited to twenty per agency', async () => {
    receiver.refuseChallenges(true);
    for (let n = 0; n < 20; n++) await addHook(service, receiver.url);
    await api.post('/v1/webhooks').set(OWNER.headers).send({ url: receiver.url }).expect(422);
  });
});

describe('a delivery', () => {
  test('comes to a webhook that takes only a trigger that the alert gets later, once', async () => {
    const hook = await addHook(service, receiver.url, { triggers: ['created'] });
    const [alert] = await tell(service, incident, { trigger: 'distress' });
    expect(await deliveriesOf(service, hook.id)).toEqual([]);
    const add = (trigger: string) =>
      asTableOwner(
        service.db,
        sql`UPDATE base.alert SET triggers = triggers || ${trigger}::text, subscriptions = subscriptions || NULL::uuid
          WHERE id = ${alert}`,
      );
    for (const trigger of ['created', 'enter']) await add(trigger);
    courier = courierFor(service);
    const [delivery, ...more] = await settledDeliveries(hook.id, 1);
    expect([delivery!.alert, more]).toEqual([alert, []]);
    const { type, data } = receiver.received[0]!.body;
    expect([type, data.properties.triggers]).toEqual(['distress', ['distress', 'created', 'enter']]);
  });

  test('has the documented headers, the body of its alert and a signature of Standard Webhooks', async () => {
    const hook = await addHook(service, receiver.url);
    courier = courierFor(service);
    const [alert] = await tell(service, incident, { trigger: 'distress' });
    await receiver.until(() => receiver.received.length > 0);
    const [{ rawHeaders, headers, body, text }] = receiver.received as [Received];
    expect(rawHeaders.filter((_, n) => n % 2 === 0)).toEqual([
      'Content-Type',
      'Content-Length',
      'User-Agent',
      'webhook-id',
      'webhook-timestamp',
      'webhook-signature',
      'Host',
      'Connection',
    ]);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Tripoint',
      'content-length': String(Buffer.byteLength(text)),
    });
    expect(new Webhook(hook.secret).verify(text, headers)).toEqual(body);
    expect(() => new Webhook(hook.secret).verify(text.replace('{', '{ '), headers)).toThrow();
    expect(body).toMatchObject({
      type: 'distress',
      timestamp: body.data.properties.at,
      data: {
        type: 'Feature',
        id: alert,
        geometry: { type: 'Point' },
        properties: { trigger: 'distress', incident },
      },
    });
    const [delivery] = await settledDeliveries(hook.id, 1);
    expect(delivery).toMatchObject({ id: headers['webhook-id'], alert, state: 'delivered' });
    expect(delivery!.attempts).toMatchObject([{ status: 204, error: null }]);
  });

  test('is created for the triggers of the webhook, while it is enabled', async () => {
    const hook = await addHook(service, receiver.url, { triggers: ['distress'] });
    courier = courierFor(service);
    await tell(service, incident, { trigger: 'enter' });
    const [alert] = await tell(service, incident, { trigger: 'distress' });
    const change = (body: object) => api.patch(`/v1/webhooks/${hook.id}`).set(OWNER.headers).send(body);
    await receiver.until(() => receiver.received.length > 0);
    await change({ enabled: false }).expect(200);
    await tell(service, incident, { trigger: 'distress' });
    await change({ enabled: true, triggers: null }).expect(200);
    const [last] = await tell(service, incident, { trigger: 'enter' });
    await receiver.until(() => receiver.received.length > 1);
    expect(receiver.alerts()).toEqual([alert, last]);
  });

  test('goes to the webhooks of its agency only', async () => {
    const foreign = await openReceiver();
    const LBY = callerOf('LBY', 'coordinator');
    const { id } = await addHook(service, foreign.url, { as: LBY });
    await addHook(service, receiver.url);
    courier = courierFor(service);
    await tell(service, incident);
    await receiver.until(() => receiver.received.length > 0);
    expect(foreign.received).toEqual([]);
    await api.delete(`/v1/webhooks/${id}`).set(LBY.headers).expect(204);
    await foreign.close();
  });

  test('of a hidden alert is not sent, unless the agency regains access', async () => {
    const hook = await addHook(service, receiver.url);
    const [alert] = await tell(service, incident);
    await asTableOwner(service.db, sql`UPDATE base.alert SET is_withdrawn = true WHERE id = ${alert}`);
    courier = courierFor(service);
    const [delivery] = await settledDeliveries(hook.id, 1);
    expect(delivery).toMatchObject({ state: 'withdrawn', attempts: [] });
    expect(receiver.received).toEqual([]);
    await asTableOwner(service.db, sql`UPDATE base.alert SET is_withdrawn = false WHERE id = ${alert}`);
    await receiver.until(() => receiver.received.length > 0);
    expect(receiver.alerts()).toEqual([alert]);
  });

  test('is logged as read by the agency', async () => {
    const hook = await addHook(service, receiver.url);
    courier = courierFor(service);
    await tell(service, incident);
    await receiver.until(() => receiver.received.length > 0);
    const entries = await asTableOwner(
      service.db,
      sql`SELECT e.agency, e.country, e.operation, e.action, e.row_count FROM base.audit_entry AS e WHERE e.request_id = ${hook.id}`,
    );
    expect(entries).toEqual([
      { agency: OWNER.agency, country: 'TUN', operation: 'deliverAlerts', action: 'read', row_count: 1 },
    ]);
  });

  test('leaves at once when the courier is idle', async () => {
    await addHook(service, receiver.url);
    // so that nothing but the write itself can be what wakes it
    courier = courierFor(service, { beatMs: 60_000 });
    for (let n = 1; n <= 20; n++) {
      await tell(service, incident);
      await receiver.until(() => receiver.received.length === n);
      expect(receiver.received).toHaveLength(n);
    }
  });
});

describe('a secret', () => {
  test('is replaced with an overlap, in which both sign', async () => {
    const hook = await addHook(service, receiver.url);
    courier = courierFor(service);
    const rotate = async (overlapSeconds: number) =>
      (
        await api
          .post(`/v1/webhooks/${hook.id}/secret?overlapSeconds=${overlapSeconds}`)
          .set(OWNER.headers)
          .expect(200)
          .expect('Cache-Control', /no-store/)
      ).body as Hook;
    const next = await rotate(3600);
    expect(next.secret).not.toBe(hook.secret);
    await tell(service, incident);
    await receiver.until(() => receiver.received.length === 1);
    const [both] = receiver.received as [Received];
    expect(both.headers['webhook-signature']!.split(' ')).toHaveLength(2);
    expect([hook.secret, next.secret].map((secret) => isSignedBy(secret, both))).toEqual([true, true]);
    const last = await rotate(0);
    await tell(service, incident);
    await receiver.until(() => receiver.received.length === 2);
    const one = receiver.received[1]!;
    expect([hook.secret, next.secret, last.secret].map((secret) => isSignedBy(secret, one))).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('cannot be read by any query of the service', async () => {
    await addHook(service, receiver.url);
    await expect(service.db.query(OWNER, sql`SELECT w.secret FROM webhook AS w`)).rejects.toThrow(
      /permission denied/,
    );
  });
});

/** The log, once so many of it are settled. */
async function settledDeliveries(id: string, count: number, query = '') {
  const read = () => deliveriesOf(service, id, query);
  await eventually(async () => (await read()).filter(({ state }) => state !== 'pending').length >= count);
  return read();
}
