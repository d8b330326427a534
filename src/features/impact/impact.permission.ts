import type { Caller, CountryCode } from '../../core/caller.ts';
import { conflict, forbidden, inBody, invalidInput, notFound, unprocessable } from '../../core/problem.ts';
import { type AssessedSegment, mayDecide, type StoredAssessment } from './impact.lifecycle.ts';
import type { ImpactDecision, NewAssessment } from './impact.schema.ts';
import type { SideLabel } from './impact.store.ts';
import type { StoredReaction } from './reaction.store.ts';

/** The label of an assessment that may be made, with its defaults. */
export function permitAssessment(
  { country }: Caller,
  segment: string,
  { level, tlp, releasableTo }: NewAssessment,
  found: AssessedSegment | undefined,
): SideLabel {
  if (!found) throw notFound('segment', segment);
  const { countries } = found;
  if (!countries.includes(country!)) throw forbidden('impact-of-other-side', { segment, countries });
  const others = countries.filter((one) => one !== country);
  if (level !== 'critical') return { tlp: tlp ?? 'AMBER+STRICT', releasableTo: releasableTo ?? [] };
  const label = tlp ? { tlp, releasableTo: releasableTo ?? [] } : { tlp: 'AMBER', releasableTo: others };
  if (!others.every((other) => reaches(label, other)))
    throw unprocessable('rule-broken', 'critical-hidden', { others });
  return label;
}

const reaches = ({ tlp, releasableTo }: SideLabel, other: CountryCode): boolean =>
  tlp === 'CLEAR' || tlp === 'GREEN' || (tlp === 'AMBER' && releasableTo.includes(other));

export function permitDecision(
  { country }: Caller,
  id: string,
  { decision, reason }: ImpactDecision,
  stored: StoredAssessment | undefined,
): void {
  if (!stored) throw notFound('assessment', id);
  if (stored.country !== country)
    throw forbidden('impact-of-other-side', { segment: stored.segment, countries: [stored.country] });
  if (decision === 'decline' && !reason)
    throw invalidInput([inBody('reason', 'refusal-without-reason')], 422);
  if (!mayDecide(stored.state))
    throw conflict('state-not-allowed', 'assessment-decided', { id, state: stored.state });
}

export function permitCompletion({ country }: Caller, id: string, stored: StoredReaction | undefined): void {
  if (!stored) throw notFound('reaction', id);
  if (stored.country !== country) throw forbidden('reaction-of-other-side', { country: stored.country });
  if (stored.state !== 'open')
    throw conflict('state-not-allowed', 'reaction-settled', { id, state: stored.state });
}
