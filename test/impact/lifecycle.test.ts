import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROLES, type Role } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { JOINT_DECISIONS } from '../../src/features/consents/proposal.lifecycle.ts';
import {
  IMPACT_DECISIONS,
  IMPACT_STATES,
  type ImpactState,
  mayDecide,
} from '../../src/features/impact/impact.lifecycle.ts';
import { asTableOwner } from '../support/audit.ts';
import { agreeCritical, assess } from '../support/impact.ts';
import { decideJoint } from '../support/proposals.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const SEGMENT = 'DZA-TUN-05';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const reason = 'For a test.';
const post = (path: string, role: Role, body: object) =>
  service.api
    .post(`/v1${path}`)
    .set(as(keyOf('DZA', role)))
    .send(body);

/** As if time had passed. */
async function age(id: string): Promise<string> {
  await asTableOwner(
    service.db,
    sql`WITH quiet AS MATERIALIZED (SELECT set_config('session_replication_role', 'replica', true)),
        a AS (UPDATE base.impact_assessment SET open_until = now() - interval '1 hour',
          valid_to = CASE WHEN agreed_at IS NOT NULL THEN now() - interval '1 hour' END FROM quiet WHERE id = ${id})
        UPDATE base.joint_proposal SET proposed_at = now() - interval '2 hours', open_until = now() - interval '1 hour'
        FROM quiet WHERE id = ${id}`,
  );
  return id;
}

const proposed = () => assess(service, 'DZA', SEGMENT, {}, 'operator');
const critical = () => assess(service, 'DZA', SEGMENT, { level: 'critical' });

/** A way into a state, and what a coordinator of the own side gets for approve, refuse and withdraw there. */
interface Way {
  make: () => Promise<string>;
  joint: [approve: number, refuse: number, withdraw: number];
}
const NONE: Way['joint'] = [404, 404, 404]; // there is no joint proposal
const OVER: Way['joint'] = [409, 409, 409];

const WAYS: Record<ImpactState, Way[]> = {
  proposed: [
    { make: proposed, joint: NONE },
    { make: () => assess(service, 'DZA', SEGMENT, { level: 'critical' }, 'operator'), joint: NONE },
  ],
  declined: [
    {
      async make() {
        const id = await proposed();
        await post(`/assessments/${id}/decision`, 'coordinator', { decision: 'decline', reason }).expect(200);
        return id;
      },
      joint: NONE,
    },
  ],
  assessed: [
    { make: () => assess(service, 'DZA', SEGMENT), joint: NONE },
    { make: () => agreeCritical(service, SEGMENT), joint: [200, 409, 201] },
  ],
  waiting: [{ make: critical, joint: [201, 201, 409] }],
  ended: [
    {
      async make() {
        const id = await critical();
        await decideJoint(service, id, 'TUN', { decision: 'refuse', reason }).expect(201);
        return id;
      },
      joint: OVER,
    },
    {
      async make() {
        const id = await agreeCritical(service, SEGMENT);
        await decideJoint(service, id, 'TUN', { decision: 'withdraw' }).expect(201);
        return id;
      },
      joint: OVER,
    },
  ],
  expired: [
    { make: async () => age(await critical()), joint: OVER },
    // the agreement stands, its days are over
    { make: async () => age(await agreeCritical(service, SEGMENT)), joint: [200, 409, 201] },
  ],
};

const stateOf = async (id: string) => {
  const { body } = await service.api
    .get(`/v1/assessments/${id}`)
    .set(as(keyOf('DZA', 'reader')))
    .expect(200);
  return body.state;
};

test.each(IMPACT_STATES)('what each role may do about a level that is %s', async (state) => {
  for (const { make, joint } of WAYS[state]) {
    const made = await make();
    expect(await stateOf(made)).toBe(state);
    for (const role of ROLES.filter((one) => one !== 'coordinator'))
      for (const [event, path] of eventsOf(made)) {
        const { status } = await post(path, role, { decision: event, reason });
        expect({ state, role, event, status }).toEqual({ state, role, event, status: 403 });
      }
    const decided = mayDecide(state) ? 200 : 409;
    for (const [n, expected] of [decided, decided, ...joint].entries()) {
      const [event, path] = eventsOf(n === 0 ? made : await make())[n]!;
      const { status } = await post(path, 'coordinator', { decision: event, reason });
      expect({ state, event, status }).toEqual({ state, event, status: expected });
    }
  }
});

const eventsOf = (id: string): [event: string, path: string][] => [
  ...IMPACT_DECISIONS.map((event): [string, string] => [event, `/assessments/${id}/decision`]),
  ...JOINT_DECISIONS.map((event): [string, string] => [event, `/proposals/${id}/consents`]),
];

test('a level that a coordinator declines says why, and needs a reason', async () => {
  const id = await proposed();
  await post(`/assessments/${id}/decision`, 'coordinator', { decision: 'decline' }).expect(422);
  const { body } = await post(`/assessments/${id}/decision`, 'coordinator', { decision: 'decline', reason });
  expect(body).toMatchObject({ state: 'declined', declineReason: reason, assessedAt: null });
});
