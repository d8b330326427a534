import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { RESPONSE_KINDS } from '../../src/features/coordination/response.schema.ts';
import { asTableOwner } from '../support/audit.ts';
import { readPages } from '../support/builders.pages.ts';
import { anIncident } from '../support/builders.ts';
import { releaseSteps } from '../support/release.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

type Headers = Record<string, string>;

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
beforeAll(async () => {
  service = await startService();
  steps = releaseSteps(service);
});
afterAll(() => service.stop());

const reporter = as(keyOf('TUN', 'reporter'));
const algeria = as(keyOf('DZA', 'operator'));
const libya = as(keyOf('LBY', 'operator'));
const create = (more: Record<string, unknown> = {}) =>
  steps.create('/incidents', anIncident({ tlp: 'GREEN', ...more }));
const add = (id: string, body: object, headers: Headers = reporter) =>
  service.api.post(`/v1/incidents/${id}/responses`).set(headers).send(body);
const move = (id: string, response: string, state: string, headers: Headers = reporter) =>
  service.api.patch(`/v1/incidents/${id}/responses/${response}`).set(headers).send({ state });
const listed = async (id: string, headers: Headers = reporter) =>
  (await service.api.get(`/v1/incidents/${id}/responses`).set(headers).expect(200)).body.responses;

describe('a response', () => {
  test('is one of a closed list of kinds, none of which turns people back', async () => {
    const id = await create();
    for (const kind of RESPONSE_KINDS) await add(id, { kind }).expect(201);
    expect((await listed(id)).map(({ kind }: { kind: string }) => kind)).toEqual(RESPONSE_KINDS);
    for (const kind of ['pushback', 'return', 'expulsion', 'interception', 'Patrol', ''])
      await add(id, { kind }).expect(400);
    expect(RESPONSE_KINDS.join()).not.toMatch(/push|return|expel|deport|refus|turn/);
  });

  test('is planned by default, and its states go forward only', async () => {
    const id = await create();
    const { body } = await add(id, { kind: 'patrol', text: 'Two vehicles along km 330' }).expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      agency: agencyOf(keyOf('TUN', 'reporter')),
      kind: 'patrol',
      state: 'planned',
      text: 'Two vehicles along km 330',
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
      states: [{ state: 'planned', at: body.updatedAt }],
    });
    const moved = await move(id, body.id, 'in_progress').expect(200);
    expect(Date.parse(moved.body.updatedAt)).toBeGreaterThanOrEqual(Date.parse(body.updatedAt));
    const again = await move(id, body.id, 'in_progress').expect(200);
    expect(again.body).toEqual(moved.body);
    const back = await move(id, body.id, 'planned').expect(409);
    expect(back.body).toMatchObject({ type: '/problems/state-not-allowed' });
    expect(back.body.detail).toContain('Allowed: done');
    await move(id, body.id, 'done').expect(200);
    await move(id, body.id, 'in_progress').expect(409);
    expect(await listed(id)).toMatchObject([{ id: body.id, state: 'done' }]);
  });

  test('keeps every state that it was in, with its time', async () => {
    const id = await create();
    const { body: planned } = await add(id, { kind: 'patrol' }).expect(201);
    const { body: begun } = await move(id, planned.id, 'in_progress').expect(200);
    const { body: done } = await move(id, planned.id, 'done').expect(200);
    const states = [
      { state: 'planned', at: planned.updatedAt },
      { state: 'in_progress', at: begun.updatedAt },
      { state: 'done', at: done.updatedAt },
    ];
    expect(done.states).toEqual(states);
    // one that was never planned
    const { body: rescue } = await add(id, { kind: 'rescue', state: 'done' }).expect(201);
    expect(rescue.states).toEqual([{ state: 'done', at: rescue.updatedAt }]);
    expect((await listed(id, algeria)).map((one: { states: object[] }) => one.states)).toEqual([
      states,
      rescue.states,
    ]);
  });

  test('is changed by its agency only', async () => {
    const id = await create();
    const { body } = await add(id, { kind: 'medical' }).expect(201);
    for (const headers of [algeria, as(keyOf('TUN', 'reporter', { second: true }))]) {
      const refused = await move(id, body.id, 'done', headers).expect(403);
      expect(refused.body.detail).toContain(agencyOf(keyOf('TUN', 'reporter')));
    }
    await move(await create(), body.id, 'done').expect(404);
    await move(id, body.id, 'cancelled').expect(400);
  });

  test('comes from agencies with a mandate at the place, on both sides', async () => {
    const id = await create();
    await add(id, { kind: 'joint_patrol' }, algeria).expect(201);
    await add(id, { kind: 'joint_patrol' }, libya).expect(403);
    await add(id, { kind: 'patrol' }, as(keyOf('TUN', 'reader'))).expect(403);
  });

  test('accepts nothing about a person', async () => {
    const id = await create();
    await add(id, { kind: 'medical', text: 'Call +216 20 123 456' }).expect(422);
    await add(id, { kind: 'medical', patient: 'x' }).expect(400);
    await add(id, { kind: 'medical', text: 'x'.repeat(301) }).expect(400);
  });

  test('is also an acknowledgement', async () => {
    const id = await create();
    const isWaitedFor = async () =>
      (await asTableOwner(service.db, sql`SELECT 1 FROM base.incident_due AS d WHERE d.incident = ${id}`))
        .length;
    expect(await isWaitedFor()).toBe(1);
    await add(id, { kind: 'patrol' }).expect(201);
    expect(await isWaitedFor()).toBe(0);
  });
});

describe('responses are visible', () => {
  test('to agencies that see the incident, also after label changes', async () => {
    const id = await create({ tlp: 'AMBER+STRICT' });
    await add(id, { kind: 'rescue' }).expect(201);
    const path = `/v1/incidents/${id}/responses`;
    await service.api.get(path).set(algeria).expect(404);
    await steps.release(id, { tlp: 'CLEAR' });
    for (const headers of [algeria, libya, reporter]) expect(await listed(id, headers)).toHaveLength(1);
    await service.api.get(path).expect(401);
    await steps.release(id, { tlp: 'RED' });
    await service.api
      .get(path)
      .set(as(keyOf('TUN', 'reporter', { second: true })))
      .expect(404);
    expect(await listed(id)).toHaveLength(1);
  });

  test('of another country only to those who saw the incident then', async () => {
    const id = await create({ tlp: 'AMBER', releasableTo: ['DZA'] });
    await add(id, { kind: 'patrol' }, algeria).expect(201);
    await steps.release(id, { tlp: 'GREEN' });
    expect(await listed(id)).toHaveLength(1);
    expect(await listed(id, algeria)).toHaveLength(1);
    expect(await listed(id, libya)).toHaveLength(0);
  });

  test('page by page', async () => {
    const id = await create();
    for (let n = 0; n < 5; n++) await add(id, { kind: 'patrol', text: `Watch ${n}` }).expect(201);
    const pages = await readPages(service.api, `/v1/incidents/${id}/responses?limit=2`, reporter);
    const found = pages.flatMap(({ responses }) => responses);
    expect(found).toEqual(await listed(id));
    expect(found).toHaveLength(5);
  });
});
