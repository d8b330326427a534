import { list } from './words.ts';

type SpokenStage = 'draft' | 'waiting' | 'coming' | 'inForce' | 'expired' | 'suspended';
type SpokenDecision = 'approve' | 'reject' | 'withdraw';

const DECIDED: Record<SpokenDecision, string> = {
  approve: 'be approved',
  reject: 'be rejected',
  withdraw: 'have a consent withdrawn',
};
const STANDS: Record<SpokenStage, string> = {
  draft: 'is a draft, which cannot',
  waiting: 'waits for consent and cannot',
  coming: 'has been approved by every participant and cannot',
  inForce: 'is in force and cannot',
  expired: 'has expired and cannot',
  suspended: 'is suspended and cannot',
};
const WAY_OUT: Record<SpokenStage, string> = {
  draft: 'Its operators propose it first.',
  waiting: 'Approve or reject it.',
  coming: 'Withdraw your consent instead.',
  inForce: 'Withdraw your consent instead.',
  expired: 'Its operators can propose a revision with another validTo.',
  suspended: 'Its operators can propose it again.',
};

/** Zones, their revisions and consents. */
export const zones = {
  'zone-role-missing': ({ yours }: { yours: readonly string[] }) =>
    `Your key has ${list(yours, 'no role')}, which is not enough for this.`,
  'zone-not-yours': ({ owner }: { owner: string }) => `Only operators of ${owner} change this zone.`,
  'decision-not-yours': ({ participants, revision }: { participants: readonly string[]; revision: number }) =>
    `Only coordinators of ${list(participants)}, the participants of revision ${revision}, decide about it.`,
  'rejection-without-reason': () => 'a rejection needs a reason',
  'consent-not-given': ({ country, revision }: { country: string | undefined; revision: number }) =>
    `${country} has not approved revision ${revision}, so there is no consent to withdraw. Reject it instead.`,
  'zone-withdrawn': ({ id }: { id: string }) => `The zone ${id} has been withdrawn. Make a new one.`,
  'already-proposed': ({ revision, awaiting }: { revision: number; awaiting: readonly string[] }) =>
    `Revision ${revision} is proposed already; it waits for ${list(awaiting)}.`,
  'already-agreed': ({ id }: { id: string }) =>
    `The zone ${id} has been agreed. Change it with PATCH: that proposes the next revision.`,
  'decision-not-allowed': ({
    revision,
    stage,
    decision,
  }: {
    revision: number;
    stage: SpokenStage;
    decision: SpokenDecision;
  }) => `Revision ${revision} ${STANDS[stage]} ${DECIDED[decision]}. ${WAY_OUT[stage]}`,
  'stale-revision': ({
    id,
    revision,
    newest,
  }: {
    id: string;
    revision: number;
    newest: number | undefined;
  }) =>
    `Revision ${revision} of the zone ${id} is not open for decision. ${
      newest === undefined ? 'A newer one has replaced it' : `The newest that you see is ${newest}`
    }: read it with ?revision=latest.`,
  'never-in-force': ({ id, at }: { id: string; at: string }) =>
    `No agreed revision of the zone ${id} was in force at ${at}. Its revisions list when each one was.`,

  'red-hides-zone': () => 'RED would hide the zone from the other participants',
  'country-must-participate': ({ country }: { country: string }) =>
    `your own country ${country} must take part`,
  'participants-repeat': () => 'must name each country once',
  'purpose-empty': () => 'must say something',
  'ends-before-start': ({ validFrom }: { validFrom: string | undefined }) =>
    `must lie after validFrom (${validFrom ?? 'now'})`,
  'geometry-or-rule': () => 'needs either a geometry or a rule in derivedFrom, and not both',
  'at-or-revision': () => 'give at or revision, not both',
  'side-not-of-line': ({ side, line }: { side: string; line: string }) => `${side} is not a side of ${line}`,
  'side-not-participant': ({ side }: { side: string }) => `${side} does not participate`,
  'stretch-backwards': ({ fromKm, toKm }: { fromKm: number; toKm: number }) =>
    `${toKm} must be greater than fromKm ${fromKm}`,
  'empty-area': () =>
    'The rule yields no area: the border, segment or crossing does not exist, the stretch lies beyond its end, or none of it lies in the territory of the participants.',
};
