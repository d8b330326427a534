import type { Caller } from '../../core/caller.ts';
import { conflict, forbidden, type Problem, unprocessable } from '../../core/problem.ts';
import { defineProblemTypes } from '../../core/problem.types.ts';
import type { StoredRevision } from './revision.facts.sql.ts';
import type { Decision, Refusal, Stage, ZoneEvent } from './zone.lifecycle.ts';

defineProblemTypes({
  'stale-revision': {
    title: 'Stale revision',
    meaning: 'The decision is about a revision that none is asked for; `detail` says which one waits.',
  },
});

interface Refused {
  id: string;
  refused: Refusal;
  event: ZoneEvent;
  facts: StoredRevision;
  caller: Caller;
}

/** The reason of a refusal, and the remedy. */
export function refusal({ id, refused, event, facts, caller }: Refused): Problem {
  switch (refused) {
    case 'role':
      return forbidden(`Your key has ${caller.roles.join(', ') || 'no role'}, which is not enough for this.`);
    case 'country':
      return forbidden(whoMay(event, facts));
    case 'reason':
      return unprocessable('rule-broken', 'body reason: a rejection needs a reason', [
        { in: 'body', path: 'reason', message: 'a rejection needs a reason' },
      ]);
    case 'unapproved':
      return conflict(
        'state-not-allowed',
        `${caller.country} has not approved revision ${facts.revision}, so there is no consent to withdraw. Reject it instead.`,
      );
    default:
      return ofStage(id, event, facts);
  }
}

const whoMay = (event: ZoneEvent, { owner, participants, revision }: StoredRevision): string =>
  event === 'approve' || event === 'reject' || event === 'withdraw'
    ? `Only coordinators of ${participants.join(', ')}, which take part in revision ${revision}, decide about it.`
    : `Only operators of ${owner} change this zone.`;

const DECIDED: Record<Decision, string> = {
  approve: 'be approved',
  reject: 'be rejected',
  withdraw: 'have a consent withdrawn',
};

function ofStage(id: string, event: ZoneEvent, { revision, stage, awaiting }: StoredRevision): Problem {
  if (stage === 'withdrawn')
    return conflict('state-not-allowed', `The zone ${id} has been withdrawn. Make a new one.`);
  if (event === 'propose')
    return conflict(
      'state-not-allowed',
      stage === 'waiting'
        ? `Revision ${revision} is proposed already; it waits for ${awaiting.join(', ')}.`
        : `The zone ${id} has been agreed. Change it with PATCH: that proposes the next revision.`,
    );
  if (stage === 'replaced') return staleRevision(id, revision);
  return conflict(
    'state-not-allowed',
    `Revision ${revision} ${WHY[stage]}${DECIDED[event as Decision]}. ${WAY_OUT[stage]}`,
  );
}

const WHY: Record<Exclude<Stage, 'withdrawn' | 'replaced'>, string> = {
  draft: 'is a draft, which cannot ',
  waiting: 'waits for consent and cannot ',
  coming: 'has been approved by every participant and cannot ',
  inForce: 'is in force and cannot ',
  expired: 'has expired and cannot ',
  suspended: 'is suspended and cannot ',
};
const WAY_OUT: Record<Exclude<Stage, 'withdrawn' | 'replaced'>, string> = {
  draft: 'Its operators propose it first.',
  waiting: 'Approve or reject it.',
  coming: 'Withdraw your consent instead.',
  inForce: 'Withdraw your consent instead.',
  expired: 'Its operators can propose a revision with another validTo.',
  suspended: 'Its operators can propose it again.',
};

/** Also for a missing revision: the caller means another one. */
export const staleRevision = (id: string, revision: number, newest?: number): Problem =>
  conflict(
    'stale-revision',
    `Revision ${revision} of the zone ${id} is not, or no longer, decided about. ${
      newest === undefined ? 'A newer one stands in its place' : `The newest that you see is ${newest}`
    }: read it with ?revision=latest.`,
  );
