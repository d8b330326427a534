import type { Noun } from '../message.params.ts';
import { list, nouns } from './words.ts';

/** Agencies, mandates, crossings. */
export const agencies = {
  'agency-form': () =>
    'must be Feature: send { "type": "Feature", "geometry": null, "properties": { … } }, as GET answers it',
  'agency-of-other-country': ({
    agency,
    country,
    yours,
  }: {
    agency: string;
    country: string;
    yours: string | undefined;
  }) => `${agency} is an agency of ${country}; your key is for the agencies of ${yours}.`,
  'agency-for-other-country': ({ country, yours }: { country: string; yours: string | undefined }) =>
    `The body is for an agency of ${country}; your key is for the agencies of ${yours}.`,
  'telephone-form': ({ digits }: { digits: number }) =>
    `must be a telephone number such as +216 71 000 000 or 198, with at most ${digits} digits`,
  'slug-form': () => 'must be lower-case words joined by hyphens',

  'segment-id-form': () => 'must look like DZA-TUN-07',
  'mandate-id-form': () => 'must look like m-001',
  'mandate-of-other-country': ({
    agency,
    country,
    yours,
  }: {
    agency: string;
    country: string;
    yours: string | undefined;
  }) => `${agency} is an agency of ${country}; your key is for the mandates of ${yours}.`,
  'mandate-overlaps': ({ mandate }: { mandate: string }) =>
    `Mandate ${mandate} gives the same agency the same function and scope in part of this period. Change that mandate, or choose a period that does not overlap.`,
  'scope-of-other-country': ({
    given,
    agency,
    country,
  }: {
    given: string;
    agency: string;
    country: string;
  }) => `${given} is not the country of ${agency}, which is ${country}`,
  'scope-elsewhere': ({
    id,
    countries,
    country,
  }: {
    id: string | undefined;
    countries: readonly string[];
    country: string;
  }) => `${id} concerns ${countries.join(' and ')}, not ${country}`,
  'period-backwards': ({ from, to }: { from: string; to: string }) =>
    `the end (${to}) must lie after the beginning (${from})`,
  'one-place-needed': ({ given }: { given: readonly string[] }) =>
    `exactly one of zone, segment and crossing is needed, ${given.length === 0 ? 'but none was given' : `given are ${given.join(' and ')}`}`,

  'side-of-other-country': ({ country, yours }: { country: string; yours: string | undefined }) =>
    `Your key speaks for the sides of ${yours}, not for ${country}.`,
  'side-missing': ({ crossing, yours }: { crossing: string; yours: string | undefined }) =>
    `Your key speaks for the sides of ${yours}, and ${crossing} has no side of ${yours}.`,
  'entering-elsewhere': ({ crossing, countries }: { crossing: string; countries: readonly string[] }) =>
    `must be a country of ${crossing}: ${countries.join(' or ')}`,
  'state-or-hours': () => 'give either state or hours',
  'period-unbounded': ({ days }: { days: number }) =>
    `must be a period with both ends, at most ${days} days long, such as 2026-11-01/2026-11-30`,
  'clock-form': () => 'must be a time such as 07:00',
  'exception-too-long': ({ days }: { days: number }) => `an exception lasts at most ${days} days`,
  'exceptions-overlap': ({ from }: { from: string }) =>
    `begins on ${from}, which another exception covers already`,
  'withdrawal-reason-missing': () => 'must say what was wrong',
  'statement-withdrawn': ({ at }: { at: string }) => `The statement was withdrawn already, at ${at}.`,
  'figure-missing': () => 'needs a figure: passengers, vehicles, trucks or medianWaitingMinutes',
  'counted-by-others': ({ agency, yours }: { agency: string; yours: string | undefined }) =>
    `${agency} is not an agency of ${yours}`,
  'day-form': () => 'must be a date such as 2026-11-01',
  'not-after-from': ({ from }: { from: string }) => `is not after from (${from})`,

  'no-mandate-here': ({ agency }: { agency: string | undefined }) =>
    `${agency} has no mandate at the place of this incident. Add a report to the incident, or record a mandate there first.`,
  'offer-of-other-agency': ({ agency }: { agency: string }) =>
    `Only ${agency} changes its offer. A coordinator of its country may change the label.`,
  'response-of-other-agency': ({ agency }: { agency: string }) =>
    `Only ${agency} changes the state of its response.`,
  'recipient-unknown': ({ id }: { id: string }) => `${id} is neither an agency nor a country`,
  'recipient-yourself': () => 'is your own agency',
  'recipient-blind': ({
    noun,
    recipients,
    tlp,
    owner,
  }: {
    noun: Noun;
    recipients: readonly string[];
    tlp: string;
    owner: string;
  }) =>
    `${list(recipients)} cannot see this ${nouns[noun]}, which is ${tlp}. A coordinator of ${owner} may release it to more; then ask.`,
  'request-not-yours': ({ agency }: { agency: string }) =>
    `Only ${agency}, which asked, may withdraw this request.`,
  'request-not-for-you': ({ to }: { to: readonly string[] }) =>
    `Only ${list(to)} may answer this request. Whoever asked may withdraw it.`,
  'answer-with-withdrawal': () => 'is allowed with an answer only, not with a withdrawal',
  'request-text-missing': () => 'must describe the request',
  'needs-missing': () => 'must name what is needed',
  'due-past': ({ value }: { value: string }) => `${value} is over`,

  'assistance-not-yours': () =>
    'Only rescue bodies at that border and the agency of the incident say what was done. Add a report to the incident instead.',
  'outcome-needed': ({ outcomes }: { outcomes: readonly string[] }) => `is missing: ${list(outcomes)}`,
  'outcome-too-early': () => 'is allowed with the state given only',
};
