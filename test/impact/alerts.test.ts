import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CountryCode } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { reactionStore } from '../../src/features/impact/reaction.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { agreeCritical, assess, openReaction } from '../support/impact.ts';
import { decideJoint } from '../support/proposals.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const SEGMENT = 'DZA-TUN-01';
const NATURES = ['actual', 'exercise'];

const subscribe = (country: CountryCode, body: object) =>
  service.api
    .post('/v1/subscriptions')
    .set(as(keyOf(country, 'operator')))
    .send({ natures: NATURES, ...body });

const alerts = async (country: CountryCode, trigger: string) => {
  const { body } = await service.api
    .get(`/v1/alerts?trigger=${trigger}`)
    .set(as(keyOf(country, 'operator')))
    .expect(200);
  // biome-ignore lint/suspicious/noExplicitAny: as answered
  return body.features.map(({ id, geometry, properties }: any) => ({ id, geometry, ...properties }));
};

test('subscribers of a segment are alerted of a level that they see, and of its end', async () => {
  const { body: first } = await subscribe('TUN', { segment: SEGMENT, withinMetres: 0, triggers: ['impact'] });
  const { body: second } = await subscribe('TUN', { triggers: ['impact'] });
  await subscribe('TUN', { segment: 'DZA-TUN-02', withinMetres: 0, triggers: ['impact'] }).expect(201);
  await subscribe('LBY', { triggers: ['impact'] }).expect(201);
  await assess(service, 'DZA', SEGMENT, { level: 'high' });
  expect(await alerts('TUN', 'impact')).toEqual([]);
  const seen = await assess(service, 'DZA', SEGMENT, { tlp: 'AMBER', releasableTo: ['TUN'] });
  const [alert, ...more] = await alerts('TUN', 'impact');
  expect(more).toEqual([]);
  expect(alert).toMatchObject({
    trigger: 'impact',
    segment: SEGMENT,
    assessment: seen,
    reaction: null,
    incident: null,
    border: 'DZA-TUN',
    geometry: { type: 'Point' },
  });
  expect(alert.subscriptions.sort()).toEqual([first.id, second.id].sort());
  expect(await alerts('LBY', 'impact')).toEqual([]);
  const critical = await agreeCritical(service, SEGMENT);
  await decideJoint(service, critical, 'TUN', { decision: 'withdraw' }).expect(201);
  const about = (await alerts('TUN', 'impact')).map((one: { assessment: string }) => one.assessment);
  expect(about).toEqual([critical, critical, seen]);
  const cap = await service.api
    .get(`/v1/alerts/${alert.id}.cap`)
    .set(as(keyOf('TUN', 'operator')))
    .expect(200);
  expect(cap.text ?? cap.body.toString()).toContain('Impact level changed');
});

test('an overdue reaction alerts who assessed, and subscribers of its side, once', async () => {
  await subscribe('TUN', { triggers: ['reaction-overdue'] }).expect(201);
  const segment = 'DZA-TUN-03';
  await assess(service, 'DZA', segment, { tlp: 'GREEN' });
  const id = await openReaction(service, 'DZA', segment);
  await asTableOwner(
    service.db,
    sql`WITH quiet AS MATERIALIZED (SELECT set_config('session_replication_role', 'replica', true))
        UPDATE base.reaction SET due_at = now() - interval '1 minute' FROM quiet WHERE id = ${id}`,
  );
  for (let pass = 0; pass < 2; pass++) await reactionStore(service.db).watch();
  const [alert, ...more] = await alerts('DZA', 'reaction-overdue');
  expect(more).toEqual([]);
  expect(alert).toMatchObject({
    agency: agencyOf(keyOf('DZA', 'coordinator')),
    segment,
    reaction: id,
    subscription: null,
    reactionDueAt: expect.any(String),
  });
  // what a side has to do is for itself
  expect(await alerts('TUN', 'reaction-overdue')).toEqual([]);
});

test('the triggers are for a segment, or for everything', async () => {
  const { body } = await subscribe('TUN', {
    crossing: 'bouchebka',
    withinMetres: 5,
    triggers: ['impact'],
  }).expect(422);
  expect(body.errors[0].code).toBe('trigger-of-segment');
});
