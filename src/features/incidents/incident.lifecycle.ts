import type { IncidentState } from './incident.vocabulary.ts';

/** Allowed transitions. New information may reopen a closed incident; a cancelled one never happened. */
const NEXT: Record<IncidentState, readonly IncidentState[]> = {
  open: ['ongoing', 'closed', 'cancelled'],
  ongoing: ['closed', 'cancelled'],
  closed: ['ongoing'],
  cancelled: [],
};

/**
 * Whether nobody is expected to act any more.
 * Twin: base.follow_due in schema/coordination/follow_due.function.sql, compared by test/database/twins.test.ts.
 */
export const isOver = (state: string): boolean => state === 'closed' || state === 'cancelled';

export const mayFollow = (from: IncidentState, to: IncidentState): boolean =>
  from === to || NEXT[from].includes(to);

export const statesAfter = (from: IncidentState): readonly IncidentState[] => NEXT[from];
