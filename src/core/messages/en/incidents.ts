import { list } from './words.ts';

/** Incidents and their reports. */
export const incidents = {
  'id-taken': ({ id }: { id: string }) =>
    `The id ${id} is taken by other content. Use a new UUIDv7, or add a report to your incident.`,
  'id-not-uuid-7': () => 'must be a UUID of version 7 (RFC 9562)',
  'counts-order': () => 'must be in order: low ≤ best ≤ high',
  'time-ahead': ({ value }: { value: string }) => `${value} is in the future`,
  'before-occurred-at': ({ from }: { from: string }) => `is before occurredAt (${from})`,
  'external-id-form': () => 'may hold letters, digits and . : / # _ - only, 120 at most',
  'report-empty': () =>
    'must say something: text, severity, certainty, counts, state, geometry or horizontalAccuracyMetres',
  'incident-of-others': ({ owner }: { owner: string }) =>
    `Only agencies of ${owner} change this incident. Send a report with text alone.`,
  'pair-of-others': ({ owners }: { owners: readonly string[] }) =>
    `Only agencies of ${owners.join(' and ')}, the owners of the two incidents, decide whether they are the same event.`,
  'intervals-too-many': ({ count, most }: { count: number; most: number }) =>
    `would be ${count} intervals, and at most ${most} are answered: ask for longer intervals or a shorter period`,
  'period-too-full': ({ most }: { most: number }) =>
    `More than ${most} incidents began in this period. Ask for a shorter one, or filter.`,
  'fold-without-key': () =>
    'fold needs a key: without one no links are visible. Leave it out, or send a key.',
  'state-not-allowed': ({ from, to, allowed }: { from: string; to: string; allowed: readonly string[] }) =>
    `${to} cannot follow ${from}. Allowed: ${list(allowed, 'nothing')}.`,
  'outcome-missing': ({ notice }: { notice: string | undefined }) =>
    `Nobody has said what became of the people in distress. First add assistance with state given and an outcome to ${notice ? `the distress notice ${notice}` : 'its distress notice'}, or cancel the incident if it never happened.`,
  'nature-of-other-world': ({ nature, world }: { nature: string; world: string }) =>
    world === 'actual'
      ? `"nature" is ${nature}, and this is the actual world, which takes actual and test. Leave "nature" out, or write to the exercise at its own address.`
      : `"nature" is ${nature}, and this is the exercise ${world}, which takes only exercise. Leave "nature" out, or write to the actual world.`,
  'world-ended': ({ world, at }: { world: string; at: string }) =>
    `The exercise ${world} ended at ${at} and is read-only. Write to the actual world at its own address, or to a new exercise.`,
  'new-is-open': () => 'a new incident is open; change it afterwards',
  'label-by-release': () => 'the label changes by a release, and not by an edit',
  'said-once': () => 'does not change; cancel the incident and report another one, or add a report with text',
  'hold-not-yours': ({ owner }: { owner: string }) =>
    `Only a coordinator or admin of ${owner}, the owner of the incident, decides about its legal hold.`,
  'hold-reason-missing': () => 'must say why it is kept',
};
