import { list } from './words.ts';

type SpokenImpactState = 'proposed' | 'declined' | 'assessed' | 'waiting' | 'ended' | 'expired';

const DECIDED: Record<SpokenImpactState, string> = {
  proposed: 'waits for a coordinator',
  declined: 'was declined',
  assessed: 'was assessed',
  waiting: 'waits for both sides, who decide about its joint proposal',
  ended: 'has ended',
  expired: 'has expired',
};

/** Impact levels of segments, and reactions to them. */
export const impact = {
  'rationale-missing': () => 'must say why',
  'days-of-critical': () => 'only a critical level lasts for days; another one counts until a newer one does',
  'impact-of-other-side': ({ segment, countries }: { segment: string; countries: readonly string[] }) =>
    `Each side of ${segment} assesses its own: ${list(countries)}.`,
  'critical-hidden': ({ others }: { others: readonly string[] }) =>
    `Both sides agree a critical level, so its label must let ${list(others)} see it: GREEN, or AMBER with releasableTo.`,
  'assessment-decided': ({ id, state }: { id: string; state: SpokenImpactState }) =>
    `The assessment ${id} ${DECIDED[state]}. Assess the segment again.`,
  'reaction-of-other-side': ({ country }: { country: string }) =>
    `Agencies of ${country} do this reaction, and say so.`,
  'reaction-settled': ({ id, state }: { id: string; state: 'open' | 'done' | 'cancelled' }) =>
    `The reaction ${id} is ${state}.`,
};
