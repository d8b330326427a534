import type { Caller } from '../../core/caller.ts';
import { forbidden, notFound } from '../../core/problem.ts';
import type { Standing } from './standing.sql.ts';

/** For agencies that hold a mandate, of whatever function, at the place of the incident. */
export function permitAnswer(
  { agency }: Caller,
  incident: string,
  standing: Standing | undefined,
): asserts standing is Standing {
  if (!standing) throw notFound('incident', incident);
  if (standing.holdsMandate) return;
  throw forbidden(
    `${agency} holds no mandate at the place of this incident. Add a report to it, or have a mandate recorded (POST /v1/mandates).`,
  );
}
