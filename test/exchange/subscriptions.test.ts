import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';
import { subscriptionSteps } from '../support/subscriptions.ts';

let service: TestService;
let steps: ReturnType<typeof subscriptionSteps>;
beforeAll(async () => {
  service = await startService();
  steps = subscriptionSteps(service);
});
afterAll(() => service.stop());

const OPERATOR = as(keyOf('TUN', 'operator'));
const read = (id: string, headers = OPERATOR) => service.api.get(`/v1/subscriptions/${id}`).set(headers);

test('a subscription is returned as created, with its defaults', async () => {
  const wanted = {
    name: 'North desk',
    crossing: 'bouchebka',
    withinMetres: 5000,
    triggers: ['enter', 'leave'],
  };
  const { body, headers } = await steps.send('TUN', wanted).expect(201);
  expect(body).toMatchObject({
    ...wanted,
    agency: agencyOf(keyOf('TUN', 'operator')),
    zone: null,
    segment: null,
    filter: null,
    kinds: null,
    minimumSeverity: null,
    natures: ['actual'],
    threshold: null,
    hysteresisMetres: 250,
    enabled: true,
    revision: 1,
  });
  const found = await read(body.id).expect(200);
  expect(found.body).toEqual(body);
  expect(headers.location).toBe(`/v1/subscriptions/${body.id}`);
  const list = await service.api.get('/v1/subscriptions').set(as(keyOf('TUN', 'reader')));
  expect(list.body.subscriptions).toContainEqual(body);
});

test('it is for its agency only, and written by operators and coordinators', async () => {
  const id = await steps.subscribe('TUN', { triggers: ['created'] });
  for (const headers of [as(keyOf('DZA', 'operator')), as(keyOf('TUN', 'reporter', { second: true }))]) {
    await read(id, headers).expect(404);
    const { body } = await service.api.get('/v1/subscriptions?limit=1000').set(headers).expect(200);
    expect(JSON.stringify(body)).not.toContain(id);
  }
  await steps.change('DZA', id, { enabled: false }).expect(404);
  await steps.remove('DZA', id).expect(404);
  await steps.send('TUN', { triggers: ['created'] }, 'reporter').expect(403);
  await steps.send('TUN', { triggers: ['created'] }, 'coordinator').expect(201);
  await service.api.get('/v1/subscriptions').expect(401);
});

test('a change names only differences, under the ETag of the read', async () => {
  const id = await steps.subscribe('TUN', { crossing: 'bouchebka', withinMetres: 10, triggers: ['enter'] });
  const { headers } = await read(id);
  const { body } = await steps
    .change('TUN', id, { crossing: null, withinMetres: null, kinds: ['fire'] })
    .set('If-Match', headers.etag!)
    .expect(200);
  expect(body).toMatchObject({ crossing: null, kinds: ['fire'], triggers: ['enter'], revision: 2 });
  await steps.change('TUN', id, { enabled: false }).set('If-Match', headers.etag!).expect(412);
  await steps.remove('TUN', id).set('If-Match', headers.etag!).expect(412);
  await steps.remove('TUN', id).expect(204);
  await read(id).expect(404);
});

const triggers = ['created'];
describe('invalid content is refused with the member and the remedy', () => {
  test.each<[body: object, status: number, path: string, says: RegExp]>([
    [{}, 422, 'triggers', /say when/],
    [{ triggers: [] }, 400, 'triggers', /./],
    [{ triggers: ['distress'] }, 400, 'triggers.0', /./],
    [
      { triggers, zone: 'x', crossing: 'bouchebka', withinMetres: 5 },
      422,
      'crossing',
      /cannot be combined with zone/,
    ],
    [{ triggers, crossing: 'bouchebka' }, 422, 'withinMetres', /how far from the crossing/],
    [{ triggers, withinMetres: 5 }, 422, 'withinMetres', /needs a segment or a crossing/],
    [{ triggers, crossing: 'bouchebka', withinMetres: 100_001 }, 400, 'withinMetres', /./],
    [
      { triggers, crossing: 'nowhere', withinMetres: 5 },
      422,
      'crossing',
      /there is no crossing with id nowhere/,
    ],
    [{ triggers, segment: 'DZA-TUN-99', withinMetres: 5 }, 422, 'segment', /there is no segment/],
    [{ triggers, zone: 'nowhere' }, 422, 'zone', /there is no zone/],
    [{ triggers: ['threshold'] }, 422, 'threshold', /how many/],
    [{ triggers, threshold: { incidents: 3, minutes: 60 } }, 422, 'threshold', /needs the trigger threshold/],
    [{ triggers, kinds: ['camels'] }, 400, 'kinds.0', /./],
    [{ triggers, colour: 'red' }, 400, 'colour', /./],
  ])('%j', async (body, status, path, says) => {
    const answer = await steps.send('TUN', body).expect(status);
    expect(answer.body.errors[0]).toMatchObject({ in: 'body', path, message: expect.stringMatching(says) });
  });

  test.each([
    ["camels = 'two'", /camels/],
    ['kind = ', /./],
    ['1 + 1', /must be a condition/],
    [{ op: '=', args: [{ property: 'camels' }, 2] }, /camels/],
  ])('the filter %j', async (filter, says) => {
    const { body } = await steps.send('TUN', { filter, triggers }).expect(400);
    expect(body.detail).toMatch(says);
  });
});

test('an agency has at most a thousand, and twenty with a filter', async () => {
  const agency = agencyOf(keyOf('LBY', 'operator'));
  const fill = (to: number, filter: string | null) =>
    asTableOwner(
      service.db,
      sql`INSERT INTO base.subscription (id, agency, filter, natures, triggers, hysteresis_m, enabled)
          SELECT gen_random_uuid(), ${agency}, to_jsonb(${filter}::text), '{actual}', '{created}', 250, true
          FROM generate_series(1, ${to}::int - (SELECT count(*)::int FROM base.subscription AS s WHERE s.agency = ${agency}))`,
    );
  await fill(20, "kind = 'fire'");
  const refused = await steps.send('LBY', { filter: "kind = 'flood'", triggers }).expect(409);
  expect(refused.body).toMatchObject({
    type: '/problems/too-many-subscriptions',
    detail: expect.stringContaining('20 subscriptions with a filter'),
  });
  await steps.send('LBY', { triggers }).expect(201);
  await fill(1000, null);
  const { body } = await steps.send('LBY', { triggers }).expect(409);
  expect(body.detail).toContain('1000 subscriptions');
});
