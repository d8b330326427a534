import type { consents as english } from '../en/consents.ts';

const STANDS = {
  proposed: 'attend des accords',
  agreed: 'a été convenue ; retirez plutôt votre accord',
  refused: 'a été refusée ; proposez-la de nouveau',
  withdrawn: 'a été retirée ; proposez-la de nouveau',
  expired: 'a expiré ; proposez-la de nouveau',
};

export const consents: typeof english = {
  'refusal-without-reason': () => 'un refus doit être motivé',
  'approval-not-given': ({ id }) =>
    `Votre pays n’a pas donné son accord à la proposition ${id} ; il n’y a donc pas d’accord à retirer. Refusez-la plutôt.`,
  'proposal-not-open': ({ id, state }) => `La proposition ${id} ${STANDS[state]}.`,
};
