import type { CountryCode, Role } from '../../core/caller.ts';

// All rules about who may do what to a zone, when, and with what effect. The database handles time: an agreed revision
// takes effect at its validFrom, a newer one then replaces it, validity ends.

// Twin: tripoint.zone_state in schema/zones/zone_state.functions.sql, compared by test/database/twins.test.ts.
export const ZONE_STATES = ['draft', 'proposed', 'active', 'suspended', 'expired', 'withdrawn'] as const;
export type ZoneState = (typeof ZONE_STATES)[number];

export const DECISIONS = ['approve', 'reject', 'withdraw'] as const;
export type Decision = (typeof DECISIONS)[number];

export const ZONE_EVENTS = ['change', 'relabel', 'propose', 'remove', ...DECISIONS] as const;
export type ZoneEvent = (typeof ZONE_EVENTS)[number];

/** Stages of a revision: `waiting` for consents, `coming` once it has them all, `replaced` by a newer one. */
export const STAGES = [
  'draft',
  'waiting',
  'coming',
  'inForce',
  'expired',
  'suspended',
  'withdrawn',
  'replaced',
] as const;
export type Stage = (typeof STAGES)[number];

/** The effect of an event. */
export type ZoneStep =
  | 'edit' // the draft changes in place
  | 'revise' // a new revision is proposed
  | 'relabel' // only the label of the zone changes
  | 'propose'
  | 'renew' // the same content is proposed again, as a new revision
  | 'erase'
  | 'end' // the zone is withdrawn permanently
  | 'record' // only the decision is stored
  | 'agree' // the last consent: it takes effect now or at its validFrom
  | 'reopen' // a consent is withdrawn before the revision takes effect: it waits again
  | 'suspend' // a consent is withdrawn while the revision is in force: that ends at once
  | 'repeat'; // nothing changes

const ROLE_OF: Record<ZoneEvent, Role> = {
  change: 'operator',
  relabel: 'operator',
  propose: 'operator',
  remove: 'operator',
  approve: 'coordinator',
  reject: 'coordinator',
  withdraw: 'coordinator',
};
export const rolesFor = (event: ZoneEvent): readonly Role[] => [ROLE_OF[event]];

// The owner country acts on the newest revision, a decision on the revision that it names.
const STEPS: Record<ZoneEvent, Partial<Record<Stage, ZoneStep>>> = {
  change: {
    draft: 'edit',
    waiting: 'revise',
    coming: 'revise',
    inForce: 'revise',
    expired: 'revise',
    suspended: 'revise',
  },
  relabel: {
    draft: 'relabel',
    waiting: 'relabel',
    coming: 'relabel',
    inForce: 'relabel',
    expired: 'relabel',
    suspended: 'relabel',
  },
  propose: { draft: 'propose', suspended: 'renew' },
  remove: { draft: 'erase', waiting: 'end', coming: 'end', inForce: 'end', expired: 'end', suspended: 'end' },
  approve: { waiting: 'record' },
  reject: { waiting: 'record' },
  withdraw: { waiting: 'record', coming: 'reopen', inForce: 'suspend' },
};

export interface StatedDecision {
  decision: Decision;
  reason?: string | null | undefined;
}

export interface RevisionFacts {
  /** The country that created the zone. */
  owner: CountryCode;
  stage: Stage;
  participants: readonly CountryCode[];
  /** The latest valid decision of each country about this revision. */
  decisions: Partial<Record<CountryCode, StatedDecision>>;
}

export interface Actor {
  country?: CountryCode | undefined;
  roles: readonly Role[];
}

/** `unapproved`: withdrawal of a consent that was not given. */
export type Refusal = 'role' | 'country' | 'reason' | 'unapproved' | 'stage';
export type ZoneVerdict = { step: ZoneStep } | { refused: Refusal };

const isDecision = (event: ZoneEvent): event is Decision => (DECISIONS as readonly string[]).includes(event);

export function judge(
  event: ZoneEvent,
  facts: RevisionFacts,
  actor: Actor,
  reason?: string | null,
): ZoneVerdict {
  if (!actor.roles.includes(ROLE_OF[event])) return { refused: 'role' };
  const parties = isDecision(event) ? facts.participants : [facts.owner];
  if (!actor.country || !parties.includes(actor.country)) return { refused: 'country' };
  if (isDecision(event)) return judgeDecision({ decision: event, reason }, facts, actor.country);
  const step = STEPS[event][facts.stage];
  return step ? { step } : { refused: 'stage' };
}

function judgeDecision(
  said: StatedDecision,
  { stage, participants, decisions }: RevisionFacts,
  country: CountryCode,
): ZoneVerdict {
  const { decision } = said;
  const before = decisions[country];
  if (needsReason(decision) && !said.reason) return { refused: 'reason' };
  if (isSame(said, before) && STANDS[decision].includes(stage)) return { step: 'repeat' };
  const step = STEPS[decision][stage];
  if (!step) return { refused: 'stage' };
  // a zone in force may have been agreed before consents were stored here
  if (decision === 'withdraw' && stage === 'waiting' && before?.decision !== 'approve')
    return { refused: 'unapproved' };
  const others = participants.filter((other) => other !== country);
  // Twin: base.settle_revision in schema/zones/zone_revision.triggers.sql, compared by test/zones/net.test.ts
  const isLast = decision === 'approve' && others.every((other) => decisions[other]?.decision === 'approve');
  return { step: isLast ? 'agree' : step };
}

/**
 * The reason tells the others what to change.
 * Twin: rejection_has_a_reason in migrations/0006_zones.sql, compared by test/database/twins.test.ts.
 */
export const needsReason = (decision: Decision): boolean => decision === 'reject';

// Stages in which a repeated decision changes nothing.
const STANDS: Record<Decision, readonly Stage[]> = {
  approve: ['waiting', 'coming', 'inForce'],
  reject: ['waiting'],
  withdraw: ['waiting', 'suspended'],
};

// A rejection with a different reason is a new decision.
const isSame = ({ decision, reason }: StatedDecision, before: StatedDecision | undefined): boolean =>
  before?.decision === decision && (!needsReason(decision) || reason === before.reason);

/** `isReplaced`: a newer revision has replaced it. */
export function stageOf(revision: { state: ZoneState; agreed: boolean; isReplaced: boolean }): Stage {
  if (revision.state === 'active') return 'inForce';
  if (revision.isReplaced) return 'replaced';
  if (revision.state !== 'proposed') return revision.state;
  return revision.agreed ? 'coming' : 'waiting';
}
