import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CountryCode } from '../../src/core/caller.ts';
import { Sql, sql } from '../../src/db/sql.ts';
import { reactionStore } from '../../src/features/impact/reaction.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { agreeCritical, anAssessment, assess, readImpact, sendAssessment } from '../support/impact.ts';
import { decideJoint } from '../support/proposals.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const levels = async (country: CountryCode | undefined, segment: string, query = '') => {
  const { level, sides } = await readImpact(service, country, segment, query);
  return [level, ...sides.map((side: { level: string | null }) => side.level)];
};
const segmentLevel = async (segment: string) =>
  (await service.api.get(`/v1/segments/${segment}`).expect(200)).body.properties.impactLevel;

describe('a side assesses its own', () => {
  test('a coordinator states its level, with the label of the side', async () => {
    const segment = 'DZA-TUN-01';
    expect(await levels('DZA', segment)).toEqual([null, null, null]);
    const sent = await sendAssessment(service, 'DZA', segment, { evidence: ['Counts of week 47.'] }).expect(
      201,
    );
    expect(sent.headers.location).toBe(`/v1/assessments/${sent.body.id}`);
    expect(sent.body).toMatchObject({
      ...anAssessment(),
      segment,
      country: 'DZA',
      agency: agencyOf(keyOf('DZA', 'coordinator')),
      evidence: ['Counts of week 47.'],
      tlp: 'AMBER+STRICT',
      state: 'assessed',
      proposal: null,
      validForDays: null,
    });
    expect(await levels('DZA', segment)).toEqual(['medium', 'medium', null]);
    expect(await levels('TUN', segment)).toEqual([null, null, null]);
    await service.api
      .get(`/v1/assessments/${sent.body.id}`)
      .set(as(keyOf('TUN', 'coordinator')))
      .expect(404);
  });

  test('an operator proposes, and a coordinator of the same country assesses', async () => {
    const segment = 'DZA-TUN-02';
    const id = await assess(service, 'TUN', segment, { tlp: 'GREEN', level: 'high' }, 'operator');
    expect(await levels('TUN', segment)).toEqual([null, null, null]);
    await service.api
      .get(`/v1/assessments/${id}`)
      .set(as(keyOf('DZA', 'reader')))
      .expect(404);
    await service.api
      .post(`/v1/assessments/${id}/decision`)
      .set(as(keyOf('TUN', 'coordinator')))
      .send({ decision: 'assess' })
      .expect(200);
    expect(await levels('DZA', segment)).toEqual(['high', null, 'high']);
    expect(await levels(undefined, segment)).toEqual([null, null, null]);
  });

  test('the stricter of both sides counts, and each reader counts what it sees', async () => {
    const segment = 'DZA-TUN-03';
    await assess(service, 'DZA', segment, { level: 'low', tlp: 'CLEAR' });
    await assess(service, 'TUN', segment, { level: 'medium', tlp: 'GREEN' });
    await assess(service, 'DZA', segment, { level: 'high' });
    expect(await levels('DZA', segment)).toEqual(['high', 'high', 'medium']);
    expect(await levels('TUN', segment)).toEqual(['medium', 'low', 'medium']);
    expect(await levels('LBY', segment)).toEqual(['medium', 'low', 'medium']);
    expect(await levels(undefined, segment)).toEqual(['low', 'low', null]);
  });

  test('the segment, its layer and its tiles show CLEAR levels alone', async () => {
    const segment = 'DZA-TUN-04';
    await assess(service, 'DZA', segment, { level: 'high', tlp: 'GREEN' });
    expect(await segmentLevel(segment)).toBeNull();
    await assess(service, 'DZA', segment, { level: 'low', tlp: 'CLEAR' });
    expect(await segmentLevel(segment)).toBe('low');
    await assess(service, 'TUN', segment, { level: 'medium', tlp: 'CLEAR' });
    expect(await segmentLevel(segment)).toBe('medium');
    const { body } = await service.api.get(`/v1/collections/segments/items/${segment}`).expect(200);
    expect(body.properties.impactLevel).toBe('medium');
  });

  test('the history answers for an instant of the past', async () => {
    const segment = 'DZA-TUN-06';
    const first = await sendAssessment(service, 'DZA', segment, { level: 'low' }).expect(201);
    const second = await sendAssessment(service, 'DZA', segment, { level: 'high' }).expect(201);
    const at = (time: string) => levels('DZA', segment, `?at=${time}`);
    expect(await at(first.body.assessedAt)).toEqual(['low', 'low', null]);
    expect(await at(second.body.assessedAt)).toEqual(['high', 'high', null]);
    expect(await at('2026-01-01T00:00:00Z')).toEqual([null, null, null]);
    const { body } = await service.api
      .get(`/v1/assessments?segment=${segment}&country=DZA&state=assessed&limit=1`)
      .set(as(keyOf('DZA', 'reader')));
    expect(body.assessments.map((one: { id: string }) => one.id)).toEqual([second.body.id]);
    expect(body.links.map(({ rel }: { rel: string }) => rel)).toEqual(['self', 'next']);
  });

  test.each([
    ['another side', 'LBY', {}, 403, 'impact-of-other-side'],
    ['days without critical', 'DZA', { validForDays: 3 }, 422, undefined],
    ['more than 14 days', 'DZA', { level: 'critical', validForDays: 15 }, 400, undefined],
    ['a review in the past', 'DZA', { reviewDueAt: '2020-01-01' }, 422, undefined],
    ['no aspect', 'DZA', { aspects: [] }, 400, undefined],
    ['RED', 'DZA', { tlp: 'RED' }, 400, undefined],
    ['a telephone number', 'DZA', { rationale: 'Ask +216 98 123 456.' }, 422, undefined],
    ['a telephone number in the evidence', 'DZA', { evidence: ['Ask +216 98 123 456.'] }, 422, undefined],
    [
      'critical that the other side does not see',
      'DZA',
      { level: 'critical', tlp: 'AMBER' },
      422,
      'critical-hidden',
    ],
  ] as const)('%s is refused', async (_, country, more, status, code) => {
    const { body } = await sendAssessment(service, country, 'DZA-TUN-10', more).expect(status);
    if (code) expect(body.code).toBe(code);
  });
});

describe('a critical level', () => {
  test('takes effect when both sides have approved it, for its days, whatever the sides say', async () => {
    const segment = 'DZA-LBY-01';
    await assess(service, 'LBY', segment, { level: 'low', tlp: 'GREEN' });
    const { body } = await sendAssessment(service, 'DZA', segment, {
      level: 'critical',
      validForDays: 3,
    }).expect(201);
    expect(body).toMatchObject({ state: 'waiting', proposal: body.id, tlp: 'AMBER', releasableTo: ['LBY'] });
    await decideJoint(service, body.id, 'DZA').expect(201);
    expect(await levels('LBY', segment)).toEqual(['low', null, 'low']);
    await decideJoint(service, body.id, 'LBY').expect(201);
    expect(await levels('LBY', segment)).toEqual(['critical', null, 'low']);
    expect(await levels('TUN', segment)).toEqual(['low', null, 'low']);
    const { critical } = await readImpact(service, 'DZA', segment);
    expect(Date.parse(critical.validTo) - Date.parse(critical.agreedAt)).toBe(3 * 86_400_000);
  });

  test('ends when one side withdraws', async () => {
    const segment = 'DZA-LBY-02';
    const id = await agreeCritical(service, segment, { tlp: 'CLEAR' });
    expect(await segmentLevel(segment)).toBe('critical');
    await decideJoint(service, id, 'LBY', { decision: 'withdraw' }).expect(201);
    expect(await levels('DZA', segment)).toEqual([null, null, null]);
    expect(await segmentLevel(segment)).toBeNull();
  });

  test('ends with its days, also at the segment, and is renewed by another one', async () => {
    const segment = 'DZA-LBY-03';
    const id = await agreeCritical(service, segment, { tlp: 'CLEAR' });
    await asTableOwner(
      service.db,
      sql`WITH quiet AS MATERIALIZED (SELECT set_config('session_replication_role', 'replica', true))
          UPDATE base.impact_assessment SET valid_to = now() FROM quiet WHERE id = ${id}`,
    );
    expect(await levels('DZA', segment)).toEqual([null, null, null]);
    await reactionStore(service.db).watch();
    expect(await segmentLevel(segment)).toBeNull();
    await agreeCritical(service, segment, { tlp: 'CLEAR' });
    expect(await levels('DZA', segment)).toEqual(['critical', null, null]);
    expect(await segmentLevel(segment)).toBe('critical');
  });
});

describe('the database, whatever the service sends,', () => {
  const asService = (country: CountryCode, roles: 'operator' | 'coordinator', text: string) =>
    service.db.query(
      { country, agency: agencyOf(keyOf(country, roles)), roles: [roles] },
      new Sql([text], []),
    );
  const insert = (country: CountryCode, level: string, tlp: string, isAssessed: boolean) => `
    INSERT INTO impact_assessment (id, segment, country, agency, level, aspects, rationale, review_due_at, lasts_days, tlp,
      assessed_at, assessed_by)
    VALUES (gen_random_uuid(), 'DZA-TUN-10', '${country}', '${agencyOf(keyOf(country, 'operator'))}', '${level}', '{savingLives}',
      'Why.', now() + interval '1 day', ${level === 'critical' ? 14 : 'NULL'}, '${tlp}',
      ${isAssessed ? `now(), '${agencyOf(keyOf(country, 'operator'))}'` : 'NULL, NULL'})`;

  test('lets operators propose alone, and no third country assess', async () => {
    await asService('DZA', 'operator', insert('DZA', 'low', 'AMBER+STRICT', false));
    await expect(asService('DZA', 'operator', insert('DZA', 'low', 'AMBER+STRICT', true))).rejects.toThrow();
    await expect(asService('LBY', 'coordinator', insert('LBY', 'low', 'GREEN', true))).rejects.toThrow(
      /side assesses its own/,
    );
    await expect(asService('TUN', 'coordinator', insert('DZA', 'low', 'GREEN', true))).rejects.toThrow();
  });

  test('lets no critical level be hidden from a side, nor be in force without both', async () => {
    await expect(
      asService('DZA', 'coordinator', insert('DZA', 'critical', 'AMBER+STRICT', true)),
    ).rejects.toThrow(/both sides see critical/);
    const id = await assess(service, 'DZA', 'DZA-TUN-10', { level: 'critical' });
    const set = (text: string) =>
      asTableOwner(service.db, new Sql([`UPDATE base.impact_assessment SET ${text} WHERE id = `, ''], [id]));
    await expect(set('agreed_at = now()')).rejects.toThrow(/every participant has approved it/);
    await expect(set(`level = 'low', lasts_days = NULL`)).rejects.toThrow(/assessment never changes/);
    await expect(set('assessed_at = now()')).rejects.toThrow(/assessment never changes/);
  });
});
