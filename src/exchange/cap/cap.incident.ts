import { COUNTRY_CODES } from '../../core/caller.ts';
import { type InLanguages, type Language, wordOf, wordWithin } from '../../core/vocabulary.ts';
import type { World } from '../../core/world.ts';
import { isOver } from '../../features/incidents/incident.lifecycle.ts';
import type { CERTAINTIES, IncidentState, SEVERITIES } from '../../features/incidents/incident.vocabulary.ts';
import { type CapMessage, capTime, circleOf, expiryOf, inCap, type Nature } from './cap.message.ts';
import { type BorderPlace, KINDS, named, naturePrefix, placeIn } from './cap.vocabulary.ts';

/** An incident as cap.store.ts reads it. */
export interface IncidentFacts extends BorderPlace {
  id: string;
  revision: number;
  kind: keyof typeof KINDS;
  severity: (typeof SEVERITIES)[number];
  certainty: (typeof CERTAINTIES)[number];
  nature: Nature;
  state: IncidentState;
  occurredAt: string;
  occurredUntil: string | null;
  reportedAt: string;
  updatedAt: string;
  horizontalAccuracyMetres: number;
  placeText: string | null;
  description: string | null;
  countsBest: number | null;
  countsLow: number | null;
  countsHigh: number | null;
  owner: string;
  agency: string;
  agencyNames: Partial<InLanguages>;
  tlp: 'CLEAR' | 'GREEN' | 'AMBER' | 'AMBER+STRICT' | 'RED';
  releasableTo: readonly string[];
  country: string | null;
  border: string | null;
  segment: string | null;
  distanceToBorderMetres: number | null;
  accessNote: string | null;
}

interface IncidentPublisher {
  /** The part after the agency in `sender`. */
  host: string;
  web: string;
  /** undefined: the actual world. */
  exercise: World | undefined;
}

/** Each revision is its own message. */
const identifierOf = ({ id }: IncidentFacts, revision: number): string =>
  `tripoint.incident.${id}.${revision}`;

/** When this revision was made; the first one at the time of the report. */
const sentAt = ({ revision, reportedAt, updatedAt }: IncidentFacts): string =>
  revision === 1 ? reportedAt : updatedAt;

export function incidentMessage(
  facts: IncidentFacts,
  { host, web, exercise }: IncidentPublisher,
): CapMessage {
  const sent = sentAt(facts);
  const sender = `${facts.agency}@${host}`;
  const { category, responses } = KINDS[facts.kind];
  return {
    identifier: identifierOf(facts, facts.revision),
    sender,
    sent,
    ...handlingOf(facts),
    references: facts.revision > 1 ? firstMessage(facts, sender) : undefined,
    incidents: facts.id,
    kind: facts.kind,
    nature: facts.nature,
    exercise,
    category,
    responses: isOver(facts.state) ? ['None'] : responses,
    urgency: urgencyOf(facts),
    severity: inCap(facts.severity),
    certainty: inCap(facts.certainty),
    onset: facts.occurredAt,
    expires: expiryOf(sent, facts.occurredUntil),
    web,
    parameters: parametersOf(facts),
    circle: circleOf(facts),
    geocode: isCountry(facts.country) ? facts.country : undefined,
    wordingIn: (language) => wordingOf(facts, language),
  };
}

function handlingOf({ tlp, owner, agency, releasableTo, state, revision }: IncidentFacts) {
  const msgType = state === 'cancelled' ? 'Cancel' : revision > 1 ? 'Update' : 'Alert';
  const code = `TLP:${tlp}`;
  const handling = { msgType, code } as const;
  if (tlp === 'CLEAR') return { ...handling, scope: 'Public' } as const;
  if (tlp === 'RED') return { ...handling, scope: 'Private', addresses: agency } as const;
  const countries = tlp === 'GREEN' ? COUNTRY_CODES : [...new Set([owner, ...releasableTo])].sort();
  return { ...handling, scope: 'Restricted', restriction: `${code} ${countries.join(' ')}` } as const;
}

// The times of revisions between are not stored; `incidents` groups all of them.
const firstMessage = (facts: IncidentFacts, sender: string): string =>
  `${sender},${identifierOf(facts, 1)},${capTime(facts.reportedAt)}`;

function urgencyOf(facts: IncidentFacts): CapMessage['urgency'] {
  if (isOver(facts.state)) return 'Past';
  const { kind, severity } = facts;
  return kind === 'distress' || severity === 'extreme' || severity === 'severe' ? 'Immediate' : 'Expected';
}

const isCountry = (country: string | null): country is string =>
  (COUNTRY_CODES as readonly (string | null)[]).includes(country);

const parametersOf = (facts: IncidentFacts): CapMessage['parameters'] => ({
  state: facts.state,
  owner: facts.owner,
  country: facts.country,
  border: facts.border,
  borderKm: facts.borderKm,
  segment: facts.segment,
  distanceToBorderMetres: facts.distanceToBorderMetres,
  horizontalAccuracyMetres: facts.horizontalAccuracyMetres,
  countsBest: facts.countsBest,
  countsLow: facts.countsLow,
  countsHigh: facts.countsHigh,
  accessNote: facts.accessNote,
});

function wordingOf(facts: IncidentFacts, language: Language) {
  return {
    event: wordOf('incidentKind', facts.kind, language),
    senderName: named(facts.agencyNames, language),
    headline: headlineOf(facts, language),
    description: textOf(facts),
    areaDesc: placeIn(language, facts),
  };
}

/** As written, in any language. */
export const textOf = ({ description, placeText }: IncidentFacts): string | undefined =>
  description || placeText || undefined;

export function headlineOf(facts: IncidentFacts, language: Language): string {
  const nature = naturePrefix(facts.nature, language);
  const what = `${wordOf('incidentKind', facts.kind, language)} (${wordWithin('severity', facts.severity, language)})`;
  return [nature, what, placeIn(language, facts)].filter((part) => part !== undefined).join(' – ');
}
