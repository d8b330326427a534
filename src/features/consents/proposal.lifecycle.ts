import type { CountryCode } from '../../core/caller.ts';

// The rules about joint proposals other than zones. The database enforces the same, whoever writes.

// Twin: tripoint.proposal_state in schema/consents/proposal_state.function.sql, compared by test/consents/lifecycle.test.ts.
export const PROPOSAL_STATES = ['proposed', 'agreed', 'refused', 'withdrawn', 'expired'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

export const JOINT_DECISIONS = ['approve', 'refuse', 'withdraw'] as const;
export type JointDecision = (typeof JOINT_DECISIONS)[number];

/** The last decision of the deciding country. */
export interface ProposalFacts {
  state: ProposalState;
  decided: JointDecision | undefined;
}

export type ConsentVerdict = 'record' | 'repeat' | { refused: 'reason' | 'unapproved' | 'state' };

// A repeated decision changes nothing in these states.
const STANDS: Record<JointDecision, readonly ProposalState[]> = {
  approve: ['proposed', 'agreed'],
  refuse: ['refused'],
  withdraw: ['withdrawn'],
};

/** Twin: base.check_consent in schema/consents/joint_consent.triggers.sql, compared by test/consents/lifecycle.test.ts. */
export function judgeConsent(
  decision: JointDecision,
  { state, decided }: ProposalFacts,
  reason?: string | null,
): ConsentVerdict {
  if (decision === 'refuse' && !reason) return { refused: 'reason' };
  if (decided === decision && STANDS[decision].includes(state)) return 'repeat';
  if (decision !== 'withdraw') return state === 'proposed' ? 'record' : { refused: 'state' };
  if (state !== 'proposed' && state !== 'agreed') return { refused: 'state' };
  return decided === 'approve' ? 'record' : { refused: 'unapproved' };
}

/** The facts of a proposal that the rules need. */
export interface StoredProposal extends ProposalFacts {
  participants: CountryCode[];
}
