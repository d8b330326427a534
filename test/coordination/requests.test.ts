import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { ask, asTableOwner } from '../support/audit.ts';
import { readPages } from '../support/builders.pages.ts';
import { anIncident } from '../support/builders.ts';
import { releaseSteps } from '../support/release.ts';
import { keyFor, RESCUE_AGENCY } from '../support/rescue.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

type Headers = Record<string, string>;

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
let rescuer: Headers;
beforeAll(async () => {
  service = await startService();
  steps = releaseSteps(service);
  rescuer = await keyFor(service, 'TUN', RESCUE_AGENCY.TUN, ['operator']);
});
afterAll(() => service.stop());

const reporter = as(keyOf('TUN', 'reporter'));
const own = agencyOf(keyOf('TUN', 'reporter'));
const algeria = as(keyOf('DZA', 'operator'));
const libya = as(keyOf('LBY', 'operator'));
const create = (more: Record<string, unknown> = {}) =>
  steps.create('/incidents', anIncident({ tlp: 'GREEN', ...more }));
const aRequest = (more: object = {}) => ({
  kind: 'support',
  needs: ['drones', 'interpreters'],
  to: ['DZA'],
  dueAt: '2099-01-01T12:00:00Z',
  text: 'One drone for the night.',
  ...more,
});
const send = (incident: string, more: object = {}, headers: Headers = reporter) =>
  service.api.post(`/v1/incidents/${incident}/requests`).set(headers).send(aRequest(more));
const made = async (incident: string, more: object = {}, headers: Headers = reporter): Promise<string> =>
  (await send(incident, more, headers).expect(201)).body.id;
const answer = (id: string, body: object, headers: Headers = algeria) =>
  service.api.patch(`/v1/requests/${id}`).set(headers).send(body);
const listed = async (query = '', headers: Headers = reporter) => {
  const { body } = await service.api.get(`/v1/requests?limit=1000&${query}`).set(headers).expect(200);
  return body.requests;
};
const ids = async (query = '', headers: Headers = reporter) =>
  (await listed(query, headers)).map(({ id }: { id: string }) => id);

describe('a request', () => {
  test('is answered by its addressee', async () => {
    const incident = await create();
    const sent = await send(incident, { to: ['DZA', RESCUE_AGENCY.TUN] }).expect(201);
    expect(sent.headers.location).toBe(`/v1/requests/${sent.body.id}`);
    expect(sent.body).toEqual({
      ...aRequest({ to: ['DZA', RESCUE_AGENCY.TUN] }),
      id: expect.any(String),
      incident,
      ...{ zone: null, segment: null, crossing: null, place: null },
      agency: own,
      overdue: false,
      state: 'open',
      answer: null,
      answeredBy: null,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
    expect(await listed(`incident=${incident}`, algeria)).toEqual([sent.body]);
    const { id } = sent.body;
    await answer(id, { state: 'declined', answer: 'All are busy.' }).expect(200);
    const { body } = await answer(id, { state: 'accepted', answer: 'Ours comes.' }, rescuer).expect(200);
    expect(body).toMatchObject({ state: 'accepted', answer: 'Ours comes.', answeredBy: RESCUE_AGENCY.TUN });
    await answer(id, { state: 'fulfilled' }, rescuer).expect(200);
    const late = await answer(id, { state: 'declined' }).expect(409);
    expect(late.body).toMatchObject({ type: '/problems/state-not-allowed' });
    await answer(id, { state: 'withdrawn' }, reporter).expect(409);
  });

  test('is withdrawn by its sender only', async () => {
    const id = await made(await create());
    const refused = await answer(id, { state: 'withdrawn' }).expect(403);
    expect(refused.body.detail).toContain(own);
    const other = await answer(id, { state: 'accepted' }, reporter).expect(403);
    expect(other.body.detail).toContain('DZA');
    await answer(id, { state: 'withdrawn', answer: 'x' }, reporter).expect(422);
    const { body } = await answer(id, { state: 'withdrawn' }, reporter).expect(200);
    expect(body).toMatchObject({ state: 'withdrawn', answeredBy: null });
    await answer(id, { state: 'accepted' }).expect(409);
  });

  test('to an agency is answered by that agency, not by others of its country', async () => {
    const id = await made(await create(), { to: [agencyOf(keyOf('DZA', 'reporter', { second: true }))] });
    await answer(id, { state: 'accepted' }).expect(403);
    await answer(id, { state: 'accepted' }, as(keyOf('DZA', 'reporter', { second: true }))).expect(200);
  });

  test.each([
    ['support without needs', { needs: [] }, 422],
    ['an unknown need', { needs: ['weapons'] }, 400],
    ['an unknown kind', { kind: 'arrest' }, 400],
    ['a time in the past', { dueAt: '2020-01-01' }, 422],
    ['without a word', { text: ' ' }, 400],
    ['with a phone number', { text: 'Call +216 20 123 456' }, 422],
    ['nobody', { to: [] }, 400],
    ['an unknown agency', { to: ['tun-nowhere'] }, 422],
    ['its own agency', { to: [own] }, 422],
    ['with a name', { person: 'x' }, 400],
  ])('of %s is refused', async (_, more, status) => {
    await send(await create(), more).expect(status);
  });

  test('for information requires no list of needs', async () => {
    await send(await create(), { kind: 'information', needs: undefined }).expect(201);
  });

  test('may come from an agency of another country that sees the incident', async () => {
    const incident = await create();
    await send(incident, { to: [own] }, libya).expect(201);
    await send(await create({ tlp: 'AMBER+STRICT' }), { to: [own] }, libya).expect(404);
    await send(incident, {}, as(keyOf('TUN', 'reader'))).expect(403);
  });
});

describe('the addressee must see the incident', () => {
  test.each([
    ['a country', { tlp: 'AMBER', releasableTo: ['DZA'] }, ['DZA', 'LBY'], 'LBY'],
    ['an agency', { tlp: 'AMBER+STRICT' }, ['dza-douanes'], 'dza-douanes'],
    ['anybody of a RED one', { tlp: 'RED' }, ['tun-douane'], 'tun-douane'],
  ])('%s', async (_, label, to, named) => {
    const { body } = await send(await create(label), { to }).expect(422);
    expect(body.type).toBe('/problems/addressee-out-of-reach');
    expect(body.detail).toContain(`${named} cannot see this incident`);
    expect(body.detail).toContain('A coordinator of TUN may release it to more');
  });

  test('and then the request succeeds', async () => {
    const incident = await create({ tlp: 'AMBER+STRICT' });
    await send(incident, { to: ['LBY'] }).expect(422);
    await steps.release(incident, { tlp: 'AMBER', releasableTo: ['LBY'] });
    const id = await made(incident, { to: ['LBY'] });
    expect(await ids('', libya)).toContain(id);
    await steps.release(incident, { tlp: 'AMBER+STRICT' });
    expect(await ids('', libya)).not.toContain(id);
    await answer(id, { state: 'accepted' }, libya).expect(404);
    expect(await ids()).toContain(id);
  });
});

describe('requests are visible', () => {
  test('to both ends only, even if everybody sees the incident', async () => {
    const id = await made(await create({ tlp: 'CLEAR' }), { to: ['dza-douanes'] });
    for (const headers of [reporter, as(keyOf('TUN', 'reader')), algeria, rescuer])
      expect(await ids('', headers)).toContain(id);
    expect(await ids('', libya)).not.toContain(id);
    await answer(id, { state: 'accepted' }, libya).expect(404);
    await service.api.get('/v1/requests').expect(401);
  });

  test('to the auditors of both ends', async () => {
    const { entries } = await ask(service, {
      path: `/incidents/${await create()}/requests`,
      method: 'post',
      headers: reporter,
      body: aRequest(),
    });
    expect(entries.filter(({ action }) => action === 'create')).toMatchObject([
      { collection: 'requests', shares: [1, 0, 1] },
    ]);
  });
});

describe('the list of requests', () => {
  test('comes in order of deadline, page by page, with filters', async () => {
    const incident = await create();
    const late = await made(incident, { dueAt: '2098-01-02' });
    const first = await made(incident, { dueAt: '2098-01-01', to: ['LBY'] });
    const other = await made(incident, { to: ['tun-douane'] }, algeria);
    const here = `incident=${incident}`;
    expect(await ids(here)).toEqual([first, late, other]);
    const pages = await readPages(service.api, `/v1/requests?${here}&limit=1`, reporter);
    expect(pages.flatMap(({ requests }) => requests)).toEqual(await listed(here));
    await answer(late, { state: 'accepted' }).expect(200);
    expect(await ids(`${here}&state=open`)).toEqual([first, other]);
    expect(await ids(`${here}&state=accepted,declined`)).toEqual([late]);
    expect(await ids(`${here}&to=LBY`)).toEqual([first]);
    expect(await ids(`${here}&to=tun-douane`)).toEqual([other]);
    expect(await ids(`${here}&from=DZA`)).toEqual([other]);
    expect(await ids(`${here}&from=${own}`)).toEqual([first, late]);
    await service.api.get('/v1/requests?state=lost').set(reporter).expect(400);
  });

  test('shows overdue requests', async () => {
    const incident = await create();
    const [open, accepted, declined] = [await made(incident), await made(incident), await made(incident)];
    const fresh = await made(incident);
    await answer(accepted, { state: 'accepted' }).expect(200);
    await answer(declined, { state: 'declined' }).expect(200);
    await asTableOwner(
      service.db,
      sql`UPDATE base.incident_request SET due_at = now() - interval '1 hour' WHERE id = ANY (${[open, accepted, declined]})`,
    );
    const here = `incident=${incident}`;
    expect((await ids(`${here}&overdue=true`)).sort()).toEqual([open, accepted].sort());
    expect((await ids(`${here}&overdue=false`)).sort()).toEqual([declined, fresh].sort());
    const [one] = await listed(`${here}&overdue=true`, algeria);
    expect(one.overdue).toBe(true);
  });
});
