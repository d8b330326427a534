import type { Caller } from '../../core/caller.ts';
import { forbidden, notFound } from '../../core/problem.ts';
import type { IncidentAccess } from './incident.access.sql.ts';

/** Permits agencies with any mandate at the place of the incident. */
export function permitFollowUp(
  { agency }: Caller,
  incident: string,
  access: IncidentAccess | undefined,
): asserts access is IncidentAccess {
  if (!access) throw notFound('incident', incident);
  if (access.holdsMandate) return;
  throw forbidden('no-mandate-here', { agency });
}
