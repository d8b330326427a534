import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';
import {
  JOINT_DECISIONS,
  type JointDecision,
  type ProposalState,
} from '../../src/features/consents/proposal.lifecycle.ts';
import { randomNumbers } from '../support/geodesy.points.ts';
import { decideJoint, proposeJoint } from '../support/proposals.ts';
import { countRuns, samples } from '../support/runs.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const random = randomNumbers(20261130);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** What is said of a proposal, from the decisions that counted. */
function stateAfter(participants: readonly CountryCode[], said: Map<CountryCode, JointDecision>) {
  const decisions = [...said.values()];
  if (decisions.includes('withdraw')) return 'withdrawn';
  if (decisions.includes('refuse')) return 'refused';
  return participants.every((country) => said.get(country) === 'approve') ? 'agreed' : 'proposed';
}

const mayCount = (decision: JointDecision, before: JointDecision | undefined, state: ProposalState) =>
  decision === 'withdraw'
    ? before === 'approve' && (state === 'proposed' || state === 'agreed')
    : state === 'proposed';

test('a joint proposal is agreed exactly while every participant approves it, whoever decides when', async () => {
  for (let n = 0; n < samples(60, 12); n++) {
    countRuns();
    const owner = pick(COUNTRY_CODES);
    const participants = COUNTRY_CODES.filter((country) => country === owner || random() < 0.6);
    const id = await proposeJoint(service, owner, participants);
    const said = new Map<CountryCode, JointDecision>();
    for (let turn = 0; turn < 8; turn++) {
      const country = pick(COUNTRY_CODES);
      // mostly approvals, or nothing would ever be agreed
      const decision = random() < 0.7 ? 'approve' : pick(JOINT_DECISIONS);
      const before = stateAfter(participants, said);
      const { status } = await decideJoint(service, id, country, { decision, reason: 'By chance.' });
      const counts = participants.includes(country) && mayCount(decision, said.get(country), before);
      if (counts) said.set(country, decision);
      expect({ decision, accepted: status < 300 }).toEqual({
        decision,
        accepted:
          counts ||
          (participants.includes(country) && said.get(country) === decision && isRepeat(decision, before)),
      });
      const { body } = await service.api.get(`/v1/proposals/${id}`).set(as(keyOf(owner, 'reader')));
      expect(body.state).toBe(stateAfter(participants, said));
      expect(body.agreedAt === null).toBe(!hasAgreed(body.decisions, participants));
    }
  }
});

const isRepeat = (decision: JointDecision, state: ProposalState): boolean =>
  ({ approve: ['proposed', 'agreed'], refuse: ['refused'], withdraw: ['withdrawn'] })[decision].includes(
    state,
  );

/** Whether there was a moment with an approval of each. */
const hasAgreed = (decisions: { country: string; decision: string }[], participants: readonly string[]) =>
  participants.every((country) =>
    decisions.some((one) => one.country === country && one.decision === 'approve'),
  );
