import { type Caller, COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';
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

type Zone = Labelled & { participants: readonly string[] };

/** Before a revision of a zone is agreed, its label counts for nobody: the participants see it, RED the agency alone. */
export const mayTakePart = (caller: Caller, { participants, ...zone }: Zone): boolean =>
  zone.tlp === 'RED'
    ? maySee(caller, zone)
    : caller.country === zone.owner ||
      (caller.country !== undefined && participants.includes(caller.country));

/** A draft is for the country that made it. */
export const mayDraft = (caller: Caller, zone: Labelled): boolean =>
  mayTakePart(caller, { ...zone, participants: [] });

/** Participants see a joint zone whatever its label; RED it is nobody's but the agency's. */
export const maySeeZone = (caller: Caller, zone: Zone): boolean =>
  maySee(caller, zone) || mayTakePart(caller, zone);

interface LabelledReport extends Omit<Labelled, 'tlp'> {
  /** null: that of its incident. */
  ownTlp: string | null;
  incident: Labelled;
}

/** Who sees both; the owner country of the incident sees what others report about it, but for RED. */
export const maySeeReport = (caller: Caller, { ownTlp, incident, ...report }: LabelledReport): boolean =>
  maySee(caller, incident) &&
  (ownTlp === null ||
    maySee(caller, { ...report, tlp: ownTlp }) ||
    (ownTlp !== 'RED' && caller.country === incident.owner));

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
