import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { reactionStore } from '../../src/features/impact/reaction.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { agreeCritical, assess, listReactions, openReaction } from '../support/impact.ts';
import { decideJoint } from '../support/proposals.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

interface Listed {
  id: string;
  kind: string;
  country: string;
  state: string;
  dueAt: string;
  overdue: boolean;
}
const HOUR_MS = 3_600_000;
const of = (segment: string, country: 'DZA' | 'LBY' | 'TUN' = 'DZA', query = ''): Promise<Listed[]> =>
  listReactions(service, country, `segment=${segment}&${query}`);
const kinds = (reactions: Listed[]) => reactions.map(({ kind }) => kind).sort();
const complete = (id: string, headers = as(keyOf('DZA', 'reporter')), body: object = {}) =>
  service.api.post(`/v1/reactions/${id}/completion`).set(headers).send(body);

const LOW = ['regular_control', 'resources_ready'];
const MEDIUM = ['centre_notified', 'control_measures', 'neighbour_contacted', ...LOW].sort();

describe('a level', () => {
  test('asks its side for what the rules say, lower levels included, with due times', async () => {
    const segment = 'DZA-TUN-01';
    await assess(service, 'DZA', segment, { tlp: 'GREEN' });
    const asked = await of(segment);
    expect(kinds(asked)).toEqual(MEDIUM);
    const { body } = await service.api.get('/v1/reactions/rules').expect(200);
    for (const { kind, dueAt } of asked) {
      const rule = body.rules.find((one: { kind: string }) => one.kind === kind);
      expect(rule.source).toMatch(/2019\/1896, article 35/);
      const hours = (Date.parse(dueAt) - Date.now()) / HOUR_MS;
      expect(hours).toBeGreaterThan(rule.dueWithinHours - 1);
      expect(hours).toBeLessThanOrEqual(rule.dueWithinHours);
    }
    // what a side has to do is for itself, also where all see its level
    expect(await of(segment, 'TUN')).toEqual([]);
  });

  test('that follows another one cancels what was open, and keeps its due times', async () => {
    const segment = 'DZA-TUN-02';
    await assess(service, 'DZA', segment);
    const before = await of(segment);
    await complete(before[0]!.id).expect(200);
    await assess(service, 'DZA', segment, { level: 'low' });
    const open = await of(segment, 'DZA', 'state=open');
    expect(kinds(open)).toEqual(LOW);
    const due = (list: Listed[], kind: string) => list.find((one) => one.kind === kind)!.dueAt;
    for (const kind of LOW) expect(due(open, kind)).toBe(due(before, kind));
    expect(await of(segment, 'DZA', 'state=cancelled')).toHaveLength(4);
    expect(await of(segment, 'DZA', 'state=done')).toHaveLength(1);
  });

  test('that is critical asks both sides, until it ends', async () => {
    const segment = 'DZA-TUN-03';
    await assess(service, 'TUN', segment, { level: 'low' });
    const id = await agreeCritical(service, segment);
    const critical = await of(segment, 'DZA', `assessment=${id}`);
    expect(new Set(critical.map(({ country }) => country))).toEqual(new Set(['DZA', 'TUN']));
    expect(critical).toHaveLength(16);
    expect(await of(segment, 'TUN', `assessment=${id}`)).toHaveLength(16);
    expect(await of(segment, 'LBY')).toEqual([]);
    await decideJoint(service, id, 'TUN', { decision: 'withdraw' }).expect(201);
    expect(await of(segment, 'DZA', 'state=open')).toEqual([]);
    expect(kinds(await of(segment, 'TUN', 'state=open'))).toEqual(LOW);
  });
});

describe('a reaction', () => {
  test('is done once, by an agency of its side', async () => {
    const segment = 'DZA-TUN-04';
    await agreeCritical(service, segment);
    const id = await openReaction(service, 'DZA', segment);
    await complete(id, as(keyOf('LBY', 'operator'))).expect(404);
    const other = await complete(id, as(keyOf('TUN', 'operator'))).expect(403);
    expect(other.body.code).toBe('reaction-of-other-side');
    await complete(id, as(keyOf('DZA', 'reader'))).expect(403);
    await complete(id, undefined, { note: 'Call +216 98 123 456.' }).expect(422);
    const { body } = await complete(id, undefined, { note: 'Two more patrols.' }).expect(200);
    const agency = agencyOf(keyOf('DZA', 'reporter'));
    expect(body).toMatchObject({ state: 'done', doneBy: agency, note: 'Two more patrols.', overdue: false });
    const again = await complete(id).expect(409);
    expect(again.body.code).toBe('reaction-settled');
  });

  test('past its due time is overdue, and listed as such', async () => {
    const segment = 'DZA-TUN-05';
    await assess(service, 'DZA', segment);
    const id = await openReaction(service, 'DZA', segment);
    expect(await of(segment, 'DZA', 'overdue=true')).toEqual([]);
    await makeDue(id);
    expect((await of(segment, 'DZA', 'overdue=true')).map((one) => one.id)).toEqual([id]);
    await reactionStore(service.db).watch();
    const [row] = await asTableOwner<{ told: boolean }>(
      service.db,
      sql`SELECT alerted_at IS NOT NULL AS told FROM base.reaction WHERE id = ${id}`,
    );
    expect(row!.told).toBe(true);
    await complete(id).expect(200);
    expect(await of(segment, 'DZA', 'overdue=true')).toEqual([]);
  });
});

/** As if its time had come. */
const makeDue = (id: string) =>
  asTableOwner(
    service.db,
    sql`WITH quiet AS MATERIALIZED (SELECT set_config('session_replication_role', 'replica', true))
        UPDATE base.reaction SET due_at = now() - interval '1 minute' FROM quiet WHERE id = ${id}`,
  );
