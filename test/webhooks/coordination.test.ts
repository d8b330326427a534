import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import type { Job } from '../../src/jobs/recurring.job.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { callerOf, type NamedCaller } from '../support/callers.ts';
import { eventually } from '../support/eventually.ts';
import { releaseSteps } from '../support/release.ts';
import { keyFor, RESCUE_AGENCY } from '../support/rescue.ts';
import { startService, type TestService } from '../support/service.ts';
import { openReceiver, type Receiver } from '../support/webhook.receiver.ts';
import { addHook, courierFor, deliveriesOf, hookOf, LOCAL } from '../support/webhooks.ts';

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
let receivers: Record<'TUN' | 'DZA' | 'LBY' | 'rescue', Receiver>;
let courier: Job | undefined;
let hook: string;
beforeAll(async () => {
  service = await startService({ webhookTargets: LOCAL });
  steps = releaseSteps(service);
  const headers = await keyFor(service, 'LBY', RESCUE_AGENCY.LBY, ['coordinator']);
  const open = async (as: Pick<NamedCaller, 'headers'>, more: object = {}) => {
    const receiver = await openReceiver();
    const { id } = await addHook(service, receiver.url, { as: as as NamedCaller, ...more });
    hook ??= id;
    return receiver;
  };
  receivers = {
    TUN: await open(callerOf('TUN', 'coordinator')),
    DZA: await open(callerOf('DZA', 'coordinator')),
    LBY: await open(callerOf('LBY', 'coordinator'), { coordination: ['responses', 'assistance'] }),
    rescue: await open({ headers }, { triggers: ['overdue'] }),
  };
});
afterEach(async () => {
  await courier?.stop();
  courier = undefined;
  for (const { received } of Object.values(receivers)) received.length = 0;
});
afterAll(async () => {
  for (const receiver of Object.values(receivers)) await receiver.close();
  await service.stop();
});

const TUN = callerOf('TUN', 'reporter').headers;
const DZA = callerOf('DZA', 'operator').headers;
const create = (more: object = {}) =>
  steps.create('/incidents', anIncident({ at: [11.2, 33.1], tlp: 'GREEN', ...more }));
const post = async (path: string, body: object, headers = TUN) =>
  (await service.api.post(`/v1${path}`).set(headers).send(body).expect(201)).body;
const isDone = async () => {
  const waiting = await asTableOwner(
    service.db,
    sql`SELECT d.id FROM base.delivery AS d WHERE d.state = 'pending'`,
  );
  return waiting.length === 0;
};
const deliver = async () => {
  courier = courierFor(service);
  await eventually(isDone);
  await courier.stop();
};
const came = (of: keyof typeof receivers) => receivers[of].received.map(({ body }) => body.type);
const wanted = { kind: 'information', dueAt: '2099-01-01T00:00:00Z', text: 'Which road?' };

test('coordination goes to the webhooks of those who may see it, and to nobody else', async () => {
  const incident = await create();
  await deliver();
  const { id } = await post(`/incidents/${incident}/requests`, { ...wanted, to: ['DZA'] });
  await deliver();
  await service.api.patch(`/v1/requests/${id}`).set(DZA).send({ state: 'accepted' }).expect(200);
  await post(`/incidents/${incident}/responses`, { kind: 'patrol' });
  await deliver();
  const acts = ['request', 'request', 'response'];
  expect([came('TUN').sort(), came('DZA').sort()]).toEqual([acts.sort(), acts.sort()]);
  // Libya is at no end of the request, and this webhook takes no acknowledgements
  expect([came('LBY'), came('rescue')]).toEqual([['response'], ['response']]);
  const [first, second] = receivers.DZA.received.map(({ body }) => body);
  expect(first).toMatchObject({
    type: 'request',
    data: { id, geometry: null, properties: { state: 'open' } },
  });
  expect(second).toMatchObject({ data: { id, properties: { state: 'accepted', incident } } });
  expect(first.timestamp).toBe(first.data.properties.updatedAt);
  const subjects = (await deliveriesOf(service, hook)).map(({ alert, collection, subject }) => [
    alert,
    collection,
    subject,
  ]);
  expect(subjects).toContainEqual([null, 'requests', id]);
});

test('what was withdrawn before it was sent is not sent, and a release sends it to those who see it for the first time', async () => {
  const incident = await create({ tlp: 'AMBER', releasableTo: ['DZA'] });
  await post(`/incidents/${incident}/acknowledgements`, {});
  await steps.release(incident, { tlp: 'AMBER', releasableTo: ['LBY'] });
  await deliver();
  // the agencies of the owner saw it all along
  expect([came('TUN'), came('DZA'), came('rescue')]).toEqual([['acknowledgement'], [], ['acknowledgement']]);
});

test('assistance for people in distress goes to rescue bodies, whatever the label, and leaves an entry in the audit log', async () => {
  const incident = await create({ kind: 'distress', tlp: 'RED' });
  const [notice] = await asTableOwner<{ id: string }>(
    service.db,
    sql`SELECT n.id FROM base.distress_notice AS n WHERE n.incident = ${incident}`,
  );
  await post(`/distress/${notice!.id}/assistance`, { state: 'under_way' });
  await deliver();
  expect([came('TUN'), came('DZA'), came('LBY'), came('rescue')]).toEqual([
    ['assistance'],
    [],
    [],
    ['assistance'],
  ]);
  const [, entry] = await asTableOwner<Record<string, unknown>>(
    service.db,
    sql`SELECT e.operation, e.collection, e.agency, e.row_count FROM base.audit_entry AS e
      WHERE e.operation = 'deliverCoordination' AND e.collection = 'assistance' ORDER BY e.agency DESC`,
  );
  expect(entry).toEqual({
    operation: 'deliverCoordination',
    collection: 'assistance',
    agency: RESCUE_AGENCY.LBY,
    row_count: 1,
  });
});

test('a webhook chooses what it takes', async () => {
  const change = (body: object) =>
    service.api.patch(`/v1/webhooks/${hook}`).set(callerOf('TUN', 'coordinator').headers).send(body);
  expect(await hookOf(service, hook)).toMatchObject({ coordination: null });
  await change({ coordination: ['alerts'] }).expect(400);
  await change({ coordination: [] }).expect(200);
  const incident = await create();
  await post(`/incidents/${incident}/acknowledgements`, {});
  await deliver();
  expect([came('TUN'), came('DZA')]).toEqual([[], ['acknowledgement']]);
  await change({ coordination: null }).expect(200);
  expect(await hookOf(service, hook)).toMatchObject({ coordination: null });
});
