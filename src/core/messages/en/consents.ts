type SpokenState = 'proposed' | 'agreed' | 'refused' | 'withdrawn' | 'expired';

const STANDS: Record<SpokenState, string> = {
  proposed: 'waits for approvals',
  agreed: 'was agreed; withdraw your approval instead',
  refused: 'was refused; propose it again',
  withdrawn: 'was withdrawn; propose it again',
  expired: 'has expired; propose it again',
};

/** Joint proposals other than zones. */
export const consents = {
  'refusal-without-reason': () => 'a refusal needs a reason',
  'approval-not-given': ({ id }: { id: string }) =>
    `Your country has not approved the proposal ${id}, so there is no approval to withdraw. Refuse it instead.`,
  'proposal-not-open': ({ id, state }: { id: string; state: SpokenState }) =>
    `The proposal ${id} ${STANDS[state]}.`,
};
