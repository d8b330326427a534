import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Sql, sql } from '../../src/db/sql.ts';
import {
  JOINT_DECISIONS,
  type JointDecision,
  judgeConsent,
  PROPOSAL_STATES,
  type ProposalState,
} from '../../src/features/consents/proposal.lifecycle.ts';
import { asTableOwner } from '../support/audit.ts';
import { decideJoint, proposeJoint } from '../support/proposals.ts';
import { agencyOf, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** Ways into each state, with the last decision of Algeria in it. */
const WAYS: Record<ProposalState, [decided: JointDecision | undefined, make: () => Promise<string>][]> = {
  proposed: [
    [undefined, () => joint()],
    ['approve', () => joint(['DZA', 'approve'])],
  ],
  agreed: [['approve', () => joint(['DZA', 'approve'], ['TUN', 'approve'])]],
  refused: [
    [undefined, () => joint(['TUN', 'refuse'])],
    ['approve', () => joint(['DZA', 'approve'], ['TUN', 'refuse'])],
    ['refuse', () => joint(['DZA', 'refuse'])],
  ],
  withdrawn: [
    ['approve', () => joint(['DZA', 'approve'], ['TUN', 'approve'], ['TUN', 'withdraw'])],
    ['withdraw', () => joint(['DZA', 'approve'], ['DZA', 'withdraw'])],
  ],
  expired: [
    [undefined, () => expired(joint())],
    ['approve', () => expired(joint(['DZA', 'approve']))],
  ],
};

async function joint(...said: [country: 'DZA' | 'TUN', decision: JointDecision][]): Promise<string> {
  const id = await proposeJoint(service, 'DZA', ['DZA', 'TUN']);
  for (const [country, decision] of said)
    await decideJoint(service, id, country, { decision, reason: 'For a test.' }).expect(201);
  return id;
}

async function expired(made: Promise<string>): Promise<string> {
  const id = await made;
  await asTableOwner(
    service.db,
    sql`WITH quiet AS MATERIALIZED (SELECT set_config('session_replication_role', 'replica', true))
        UPDATE base.joint_proposal SET proposed_at = now() - interval '2 hours', open_until = now() - interval '1 hour'
        FROM quiet WHERE id = ${id}`,
  );
  return id;
}

/** What the service answers, and what the database says to the same decision without the service. */
async function outcomes(id: string, decision: JointDecision) {
  const insert = service.db.transaction(
    { country: 'DZA', agency: agencyOf(keyOf('DZA', 'coordinator')), roles: ['coordinator'] },
    async (tx) => {
      await tx.query(
        new Sql(
          [
            `INSERT INTO joint_consent (id, proposal, country, agency, decision, reason)
             VALUES (gen_random_uuid(), `,
            `, 'DZA', '${agencyOf(keyOf('DZA', 'coordinator'))}', '${decision}', 'For a test.')`,
          ],
          [id],
        ),
      );
      throw new Error('accepted');
    },
  );
  const said = await insert.catch((error: Error) => error.message);
  const { status } = await decideJoint(service, id, 'DZA', { decision, reason: 'For a test.' });
  return { status, isAccepted: said === 'accepted' };
}

const STATUS = { record: 201, repeat: 200 };

test.each(PROPOSAL_STATES)('what a participant may do about a proposal that is %s', async (state) => {
  for (const [decided, make] of WAYS[state])
    for (const decision of JOINT_DECISIONS) {
      const verdict = judgeConsent(decision, { state, decided }, 'For a test.');
      const status = typeof verdict === 'string' ? STATUS[verdict] : 409;
      const tried = await outcomes(await make(), decision);
      // the service writes no repeated decision; the database takes a repeated approval, which changes nothing
      const isAccepted = verdict === 'record' || (verdict === 'repeat' && tried.isAccepted);
      expect({ state, decided, decision, ...tried }).toEqual({
        state,
        decided,
        decision,
        status,
        isAccepted,
      });
    }
});

test('the states have the same names in the database', async () => {
  const states = new Set<string>();
  for (const ways of Object.values(WAYS))
    for (const [, make] of ways) {
      const id = await make();
      const [row] = await asTableOwner<{ state: string }>(
        service.db,
        sql`SELECT tripoint.proposal_state(p.agreed_at, p.ended_at, p.ended_as, p.open_until, now()) AS state
            FROM base.joint_proposal AS p WHERE p.id = ${id}`,
      );
      states.add(row!.state);
    }
  expect([...states].sort()).toEqual([...PROPOSAL_STATES].sort());
});
