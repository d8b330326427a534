import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { anAgency } from '../support/builders.agencies.ts';
import { anIncident, aZone } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const OPERATOR = as(keyOf('TUN', 'operator'));

describe('If-Match', () => {
  const patchZone = (id: string, ifMatch: string, purpose: string) =>
    service.api
      .patch(`/v1/zones/${id}`)
      .set({ ...OPERATOR, 'If-Match': ifMatch })
      .send({ properties: { purpose } });
  const tagOf = async (path: string, headers: Record<string, string> = OPERATOR) =>
    (await service.api.get(`/v1${path}`).set(headers).expect(200)).headers.etag!;

  test('is honoured for zones, and compared with their newest revision', async () => {
    const { id } = await agreeZone(service.api, 'TUN');
    const agreed = await tagOf(`/zones/${id}`);
    await patchZone(id, agreed, 'One').expect(200);
    const { body } = await patchZone(id, agreed, 'Two').expect(412);
    expect(body.type).toBe('/problems/precondition-failed');
    expect(body.detail).toContain('?revision=latest');
    const answered = await patchZone(id, await tagOf(`/zones/${id}?revision=latest`), 'Two').expect(200);
    expect(answered.headers.etag).toBe(await tagOf(`/zones/${id}?revision=latest`));
    const remove = (ifMatch: string) =>
      service.api.delete(`/v1/zones/${id}`).set({ ...OPERATOR, 'If-Match': ifMatch });
    await remove(agreed).expect(412);
    await remove(answered.headers.etag!).expect(204);
  });

  test('is checked after all other refusals', async () => {
    const { id } = await agreeZone(service.api, 'TUN');
    const foreign = { ...as(keyOf('DZA', 'operator')), 'If-Match': '"0"' };
    const patch = (one: string) =>
      service.api
        .patch(`/v1/zones/${one}`)
        .set(foreign)
        .send({ properties: { purpose: 'Mine' } });
    await patch(id).expect(403);
    await patch('nowhere').expect(404);
  });

  test('is honoured for the proposal of a draft', async () => {
    const made = await service.api.post('/v1/zones').set(OPERATOR).send(aZone()).expect(201);
    const { id } = made.body;
    const tag = await tagOf(`/zones/${id}`);
    expect(made.headers.etag).toBe(tag);
    await patchZone(id, tag, 'Another').expect(200);
    const propose = (ifMatch: string) =>
      service.api.post(`/v1/zones/${id}/proposal`).set({ ...OPERATOR, 'If-Match': ifMatch });
    await propose(tag).expect(412);
    await propose(await tagOf(`/zones/${id}`)).expect(200);
  });

  test('is honoured for incidents and their reports', async () => {
    const id = uuidv7();
    const put = (headers: Record<string, string>) =>
      service.api
        .put(`/v1/incidents/${id}`)
        .set({ ...OPERATOR, ...headers })
        .send(anIncident());
    await put({ 'If-Match': '*' }).expect(412);
    const { headers } = await put({ 'If-None-Match': '*' }).expect(201);
    await put({ 'If-None-Match': '*' }).expect(412);
    await put({ 'If-Match': headers.etag! }).expect(200);
    const report = (ifMatch: string) =>
      service.api
        .post(`/v1/incidents/${id}/reports`)
        .set({ ...OPERATOR, 'If-Match': ifMatch })
        .send({ severity: 'extreme' });
    await report(headers.etag!).expect(201);
    await report(headers.etag!).expect(412);
    await put({ 'If-Match': headers.etag! }).expect(412);
    await put({}).expect(200);
  });

  test('is honoured for agencies and mandates', async () => {
    const admin = as(keyOf('TUN', 'admin'));
    const put = (name: string, headers: Record<string, string>) =>
      service.api
        .put('/v1/agencies/tun-desk-of-locks')
        .set({ ...admin, ...headers })
        .send(anAgency({ country: 'TUN', names: { en: name } }));
    await put('One', { 'If-Match': '*' }).expect(412);
    const made = await put('One', { 'If-None-Match': '*' }).expect(201);
    await put('Two', { 'If-Match': made.headers.etag! }).expect(200);
    await put('Three', { 'If-Match': made.headers.etag! }).expect(412);
    await put('Three', { 'If-None-Match': '*' }).expect(412);

    const { body, headers } = await service.api
      .post('/v1/mandates')
      .set(admin)
      .send({
        agency: agencyOf(keyOf('TUN', 'admin')),
        function: 'health_control',
        scope: { type: 'country-border' },
        source: 'x',
      })
      .expect(201);
    const patch = (rank: string, ifMatch: string) =>
      service.api
        .patch(`/v1/mandates/${body.id}`)
        .set({ ...admin, 'If-Match': ifMatch })
        .send({ rank });
    await patch('supporting', headers.etag!).expect(200);
    await patch('disputed', headers.etag!).expect(412);
    await patch('disputed', await tagOf(`/mandates/${body.id}`, admin)).expect(200);
  });
});
