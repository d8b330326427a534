import { type Caller, COUNTRY_CODES, type CountryCode } from '../../src/access/caller.ts';
import { agencyOf, keyOf } from './service.ts';

/** Who may see what, as the Traffic Light Protocol says it; knows nothing of bits and views. */
export interface Labelled {
  owner: CountryCode;
  agency: string | null;
  tlp: string;
  releasableTo: readonly string[];
}

export function maySee(caller: Caller, { owner, agency, tlp, releasableTo }: Labelled): boolean {
  if (tlp === 'CLEAR') return true;
  if (!caller.country) return false;
  if (tlp === 'GREEN') return true;
  if (tlp === 'AMBER') return caller.country === owner || releasableTo.includes(caller.country);
  if (tlp === 'AMBER+STRICT') return caller.country === owner;
  return caller.agency === agency;
}

/** Participants see a joint zone whatever its label; RED it is nobody's but the agency's. */
export const maySeeZone = (
  caller: Caller,
  { participants, ...zone }: Labelled & { participants: readonly string[] },
): boolean =>
  maySee(caller, zone) ||
  (zone.tlp !== 'RED' && caller.country !== undefined && participants.includes(caller.country));

export interface KnownCaller extends Caller {
  agency: string;
  country: CountryCode;
  key: string;
}

/** A reporter of the main agency and one of the second agency of each country: together they see everything. */
export const everyone: readonly KnownCaller[] = COUNTRY_CODES.flatMap((country) =>
  [false, true].map((second): KnownCaller => {
    const key = keyOf(country, 'reporter', { second });
    return { key, agency: agencyOf(key), country, roles: ['reporter'] };
  }),
);
