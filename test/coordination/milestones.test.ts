import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anIncident } from '../support/builders.ts';
import { callerOf, type NamedCaller } from '../support/callers.ts';
import { releaseSteps } from '../support/release.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
beforeAll(async () => {
  service = await startService();
  steps = releaseSteps(service);
});
afterAll(() => service.stop());

const TUN = callerOf('TUN', 'reporter');
const DZA = callerOf('DZA', 'operator');
const LBY = callerOf('LBY', 'operator');
const create = (more: object = {}) =>
  steps.create('/incidents', anIncident({ at: [8.42, 35.2], tlp: 'GREEN', ...more }));
const post = async (path: string, body: object, { headers }: NamedCaller = TUN) =>
  (await service.api.post(`/v1${path}`).set(headers).send(body).expect(201)).body;
const report = (id: string, body: object, by = TUN) => post(`/incidents/${id}/reports`, body, by);
const milestones = async (id: string, { headers }: NamedCaller = TUN) =>
  (await service.api.get(`/v1/incidents/${id}/milestones`).set(headers).expect(200)).body;

describe('the milestones of an incident', () => {
  test('are its first acknowledgement, first response and closing, with their times', async () => {
    const id = await create();
    const { reportedAt, ...nothing } = await milestones(id);
    expect(nothing).toEqual({
      incident: id,
      firstAcknowledgement: null,
      firstResponse: null,
      closing: null,
    });
    const acknowledged = await post(`/incidents/${id}/acknowledgements`, {}, DZA);
    await post(`/incidents/${id}/acknowledgements`, {});
    const patrol = await post(`/incidents/${id}/responses`, { kind: 'patrol' });
    await post(`/incidents/${id}/responses`, { kind: 'medical' }, DZA);
    const closed = await report(id, { state: 'closed' });
    for (const caller of [TUN, DZA, LBY])
      expect(await milestones(id, caller)).toEqual({
        incident: id,
        reportedAt,
        firstAcknowledgement: { agency: DZA.agency, country: 'DZA', at: acknowledged.at },
        firstResponse: {
          id: patrol.id,
          kind: 'patrol',
          agency: TUN.agency,
          country: 'TUN',
          at: patrol.createdAt,
        },
        closing: {
          report: closed.id,
          state: 'closed',
          agency: TUN.agency,
          country: 'TUN',
          at: closed.recordedAt,
        },
      });
  });

  test('count a response as an acknowledgement, as the clock does', async () => {
    const id = await create();
    const { createdAt } = await post(`/incidents/${id}/responses`, { kind: 'patrol' }, DZA);
    await post(`/incidents/${id}/acknowledgements`, {});
    expect((await milestones(id)).firstAcknowledgement).toEqual({
      agency: DZA.agency,
      country: 'DZA',
      at: createdAt,
    });
  });

  test('tell the end that holds now: not one before the incident was reopened, and not one that was said again', async () => {
    const id = await create();
    await report(id, { state: 'closed' });
    await report(id, { state: 'ongoing' });
    expect((await milestones(id)).closing).toBeNull();
    const { id: end, recordedAt } = await report(id, { state: 'closed' });
    await report(id, { state: 'closed', text: 'Still closed.' });
    expect((await milestones(id)).closing).toMatchObject({ report: end, at: recordedAt });
    const cancelled = await create();
    await report(cancelled, { state: 'cancelled' });
    expect((await milestones(cancelled)).closing).toMatchObject({ state: 'cancelled' });
  });

  test('are computed from what the reader sees', async () => {
    const id = await create({ tlp: 'AMBER', releasableTo: ['DZA'] });
    await post(`/incidents/${id}/responses`, { kind: 'patrol' }, DZA);
    const later = await post(`/incidents/${id}/responses`, { kind: 'rescue' });
    await report(id, { state: 'closed', tlp: 'AMBER+STRICT' });
    await steps.release(id, { tlp: 'GREEN' });
    // Libya did not see the incident when Algeria responded, and never sees the report
    expect(await milestones(id, LBY)).toMatchObject({
      firstAcknowledgement: { agency: TUN.agency, at: later.createdAt },
      firstResponse: { id: later.id },
      closing: null,
    });
    expect(await milestones(id)).toMatchObject({
      firstAcknowledgement: { agency: DZA.agency },
      firstResponse: { agency: DZA.agency },
      closing: { state: 'closed' },
    });
  });

  test('are not there for who does not see the incident, nor without a key', async () => {
    const path = `/v1/incidents/${await create({ tlp: 'AMBER+STRICT' })}/milestones`;
    await service.api.get(path).set(DZA.headers).expect(404);
    const open = `/v1/incidents/${await create({ tlp: 'CLEAR' })}/milestones`;
    await service.api.get(open).expect(401);
    await service.api.get(open).set(LBY.headers).expect(200);
  });
});
