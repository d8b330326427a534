import type { Caller } from '../../core/caller.ts';
import { conflict, forbidden, notFound } from '../../core/problem.ts';
import { defineProblemTypes } from '../../core/problem.types.ts';
import { mayFollow, statesAfter } from './incident.lifecycle.ts';
import type { NewReport } from './report.schema.ts';
import type { StoredIncident } from './report.store.ts';

defineProblemTypes({
  'state-not-allowed': {
    title: 'State not allowed',
    meaning: 'This cannot follow the state that it is in; `detail` says what can.',
  },
});

/** Checks a report against the current incident and the caller's rights. */
export function permitReport(
  caller: Caller,
  incidentId: string,
  { at: _, text: __, tlp: ___, releasableTo: ____, ...changes }: NewReport,
  current?: StoredIncident,
): asserts current is StoredIncident {
  if (!current) throw notFound('incident', incidentId);
  const changesSomething = Object.values(changes).some((value) => value !== undefined);
  if (changesSomething && current.owner !== caller.country) {
    throw forbidden(
      `Only agencies of ${current.owner} change this incident. Send your report with text alone.`,
    );
  }
  if (changes.state && !mayFollow(current.state, changes.state)) {
    const allowed = statesAfter(current.state).join(', ') || 'nothing';
    throw conflict(
      'state-not-allowed',
      `${changes.state} cannot follow ${current.state}. Allowed: ${allowed}.`,
    );
  }
}
