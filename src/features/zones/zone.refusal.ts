import type { Caller } from '../../core/caller.ts';
import type { Code, Values } from '../../core/catalogue.ts';
import { conflict, forbidden, inBody, invalidInput, type Problem } from '../../core/problem.ts';
import type { StoredRevision } from './revision.facts.sql.ts';
import { DECISIONS, type Decision, type Refusal, type ZoneEvent } from './zone.lifecycle.ts';

interface RefusedEvent {
  id: string;
  refused: Refusal;
  event: ZoneEvent;
  facts: StoredRevision;
  caller: Caller;
}

/** The reason of a refusal, and the remedy. */
export function refusal({ id, refused, event, facts, caller }: RefusedEvent): Problem {
  switch (refused) {
    case 'role':
      return forbidden('zone-role-missing', { yours: caller.roles });
    case 'country':
      return notYours(event, facts);
    case 'reason':
      return invalidInput([inBody('reason', 'rejection-without-reason')], 422);
    case 'unapproved':
      return stateNotAllowed('consent-not-given', { country: caller.country, revision: facts.revision });
    default:
      return ofStage(id, event, facts);
  }
}

const notYours = (event: ZoneEvent, { owner, participants, revision }: StoredRevision): Problem =>
  isDecision(event)
    ? forbidden('decision-not-yours', { participants, revision })
    : forbidden('zone-not-yours', { owner });

const isDecision = (event: ZoneEvent): event is Decision => DECISIONS.some((decision) => decision === event);

function ofStage(id: string, event: ZoneEvent, { revision, stage, awaiting }: StoredRevision): Problem {
  if (stage === 'withdrawn') return stateNotAllowed('zone-withdrawn', { id });
  if (event === 'propose')
    return stage === 'waiting'
      ? stateNotAllowed('already-proposed', { revision, awaiting })
      : stateNotAllowed('already-agreed', { id });
  if (stage === 'replaced') return staleRevision(id, revision);
  return stateNotAllowed('decision-not-allowed', { revision, stage, decision: event as Decision });
}

const stateNotAllowed = <C extends Code>(code: C, ...values: Values<C>): Problem =>
  conflict('state-not-allowed', code, ...values);

/** Also for a missing revision: the caller means another one. */
export const staleRevision = (id: string, revision: number, newest?: number): Problem =>
  conflict('stale-revision', 'stale-revision', { id, revision, newest });
