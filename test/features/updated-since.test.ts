import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const reporter = as(keyOf('TUN', 'reporter'));
const create = async (change = {}): Promise<{ id: string; updatedAt: string }> => {
  const sent = anIncident({ tlp: 'GREEN', ...change });
  const { body } = await service.api.post('/v1/incidents').set(reporter).send(sent).expect(201);
  return { id: body.id, updatedAt: body.properties.updatedAt };
};
const since = async (at: string, headers = reporter, path = 'incidents'): Promise<string[]> => {
  const address = `/v1/${path}?updatedSince=${encodeURIComponent(at)}`;
  const { body } = await service.api.get(address).set(headers).expect(200);
  return body.features.map(({ id }: { id: string }) => id).sort();
};
/** The same time in microseconds, one earlier or later. */
const shifted = async (at: string, microseconds: number): Promise<string> => {
  const [row] = await asTableOwner<{ at: string }>(
    service.db,
    sql`SELECT tripoint.utc(${at}::timestamptz + ${microseconds}::int * interval '1 microsecond') AS at`,
  );
  return row!.at;
};

test('incidents that changed at the time or later are listed, to the microsecond', async () => {
  const [first, second] = [await create(), await create({ occurredAt: '2026-01-01T00:00:00Z' })];
  expect(await since(first.updatedAt)).toEqual([first.id, second.id].sort());
  expect(await since(await shifted(first.updatedAt, 1))).toEqual([second.id]);
  expect(await since(await shifted(second.updatedAt, 1))).toEqual([]);
  expect(await since(second.updatedAt, reporter, 'collections/incidents/items')).toEqual([second.id]);

  await service.api
    .post(`/v1/incidents/${first.id}/reports`)
    .set(reporter)
    .send({ severity: 'severe' })
    .expect(201);
  expect(await since(await shifted(second.updatedAt, 1))).toEqual([first.id]);
});

test('only those that the caller sees: a change of a hidden incident shows to nobody else', async () => {
  const hidden = await create({ tlp: 'AMBER+STRICT' });
  expect(await since(hidden.updatedAt)).toEqual([hidden.id]);
  expect(await since(hidden.updatedAt, as(keyOf('LBY', 'reader')))).toEqual([]);
  // a report with a label of its own does not touch what others see of the incident
  const open = await create();
  const after = await shifted(open.updatedAt, 1);
  const strict = { text: 'Seen again.', tlp: 'AMBER+STRICT' };
  await service.api.post(`/v1/incidents/${open.id}/reports`).set(reporter).send(strict).expect(201);
  expect(await since(after, as(keyOf('DZA', 'reader')))).toEqual([]);
});

test.each(['yesterday', '2026-13-01T00:00:00Z', '2026-01-01T00:00:00'])('%s is refused', async (at) => {
  const { body } = await service.api.get(`/v1/incidents?updatedSince=${at}`).expect(400);
  expect(body.errors[0]).toMatchObject({ in: 'query', path: 'updatedSince' });
});
