import type { Caller } from '../../core/caller.ts';
import { conflict, forbidden, notFound } from '../../core/problem.ts';
import { mayFollow, statesAfter } from './incident.lifecycle.ts';
import type { NewReport } from './report.schema.ts';
import type { StoredIncident } from './report.store.ts';

/** Checks a report against the current incident and the caller's rights. */
export function permitReport(
  caller: Caller,
  incidentId: string,
  { at: _, text: __, tlp: ___, releasableTo: ____, ...changes }: NewReport,
  current?: StoredIncident,
): asserts current is StoredIncident {
  if (!current) throw notFound('incident', incidentId);
  const changesSomething = Object.values(changes).some((value) => value !== undefined);
  if (changesSomething && current.owner !== caller.country)
    throw forbidden('incident-of-others', { owner: current.owner });
  if (changes.state && !mayFollow(current.state, changes.state)) {
    const allowed = statesAfter(current.state);
    throw conflict('state-not-allowed', 'state-not-allowed', {
      from: current.state,
      to: changes.state,
      allowed,
    });
  }
}
