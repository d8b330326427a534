import type { IncidentState } from './incident.vocabulary.ts';

/** Allowed transitions. New information may reopen a closed incident; a cancelled one never happened. */
const NEXT: Record<IncidentState, readonly IncidentState[]> = {
  open: ['ongoing', 'closed', 'cancelled'],
  ongoing: ['closed', 'cancelled'],
  closed: ['ongoing'],
  cancelled: [],
};

export const mayFollow = (from: IncidentState, to: IncidentState): boolean =>
  from === to || NEXT[from].includes(to);

export const statesAfter = (from: IncidentState): readonly IncidentState[] => NEXT[from];
