import type { CountryCode, Role } from '../../core/caller.ts';
import type { IMPACT_LEVELS } from '../borders/border.schema.ts';

// Who may do what to an assessment of impact, and when. Consents to critical levels are decided about as joint proposals.

// Twin: tripoint.impact_state in schema/impact/impact_state.function.sql, compared by test/impact/lifecycle.test.ts.
export const IMPACT_STATES = ['proposed', 'declined', 'assessed', 'waiting', 'ended', 'expired'] as const;
export type ImpactState = (typeof IMPACT_STATES)[number];
export type ImpactLevel = (typeof IMPACT_LEVELS)[number];

export const ASPECTS = ['irregularMigration', 'crossBorderCrime', 'savingLives'] as const;

export const IMPACT_DECISIONS = ['assess', 'decline'] as const;

/** Operators propose, coordinators assess. */
export const ASSESSING_ROLES: readonly Role[] = ['operator', 'coordinator'];
export const DECIDING_ROLES: readonly Role[] = ['coordinator'];

export const mayAssess = (roles: readonly Role[]): boolean => roles.includes('coordinator');

export const LONGEST_CRITICAL_DAYS = 14;

/**
 * A proposal of an operator is decided about once.
 * Twin: base.keep_assessment in schema/impact/impact_assessment.triggers.sql, compared by test/impact/impact.test.ts.
 */
export const mayDecide = (state: ImpactState): boolean => state === 'proposed';

export const REACTION_STATES = ['open', 'done', 'cancelled'] as const;
export type ReactionState = (typeof REACTION_STATES)[number];

/** What the service knows about the segment of an assessment. */
export interface AssessedSegment {
  countries: CountryCode[];
}

/** An assessment, as far as a decision about it needs it. */
export interface StoredAssessment {
  country: CountryCode;
  level: ImpactLevel;
  state: ImpactState;
  segment: string;
}
