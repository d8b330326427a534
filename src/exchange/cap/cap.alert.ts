import type { z } from 'zod';
import { type Language, wordOf, wordWithin } from '../../core/vocabulary.ts';
import type { World } from '../../core/world.ts';
import type { CERTAINTIES, SEVERITIES } from '../../features/incidents/incident.vocabulary.ts';
import type { alertProperties } from '../alerts/alert.schema.ts';
import { type CapMessage, capTime, circleOf, expiryOf, inCap, type Nature } from './cap.message.ts';
import { type BorderPlace, KINDS, naturePrefix, placeIn } from './cap.vocabulary.ts';

type Trigger = z.output<typeof alertProperties>['trigger'];

/** An alert as cap.store.ts reads it. */
export interface AlertFacts extends BorderPlace {
  id: string;
  agency: string;
  trigger: Trigger;
  triggers: readonly Trigger[];
  subscriptions: readonly string[];
  incident: string | null;
  notice: string | null;
  at: string;
  nature: Nature;
  kind: keyof typeof KINDS;
  severity: (typeof SEVERITIES)[number] | null;
  certainty: (typeof CERTAINTIES)[number] | null;
  occurredAt: string;
  horizontalAccuracyMetres: number;
  border: string | null;
  segment: string | null;
  incidentCount: number | null;
  dueAt: string | null;
  firstAt: string;
  updatedAt: string;
  revision: number;
}

interface AlertPublisher {
  host: string;
  /** Link to the subject of the alert, if its agency sees it. */
  web: string | undefined;
  /** undefined: the actual world. */
  exercise: World | undefined;
}

/**
 * The service itself sends an alert, to one agency. It shows the state of that time. The reporter and later changes
 * are in the incident, for those who may read it.
 */
export function alertMessage(facts: AlertFacts, { host, web, exercise }: AlertPublisher): CapMessage {
  const { category, responses } = KINDS[facts.kind];
  const sender = `tripoint@${host}`;
  const isFirst = facts.revision === 1;
  const sent = isFirst ? facts.firstAt : facts.updatedAt;
  return {
    identifier: identifierOf(facts, facts.revision),
    sender,
    sent,
    nature: facts.nature,
    exercise,
    msgType: isFirst ? 'Alert' : 'Update',
    references: isFirst ? undefined : `${sender},${identifierOf(facts, 1)},${capTime(facts.firstAt)}`,
    scope: 'Private',
    addresses: facts.agency,
    code: 'TLP:RED',
    incidents: facts.incident ?? undefined,
    kind: facts.kind,
    category,
    responses: isOver(facts) ? ['None'] : responses,
    urgency: urgencyOf(facts),
    severity: inCap(facts.severity),
    certainty: inCap(facts.certainty),
    onset: facts.occurredAt,
    expires: expiryOf(sent, facts.dueAt),
    web,
    parameters: parametersOf(facts),
    circle: circleOf(facts),
    wordingIn: (language) => ({
      event: eventIn(facts, language),
      senderName: 'Tripoint',
      headline: alertHeadline(facts, language),
      description: undefined,
      areaDesc: placeIn(language, facts),
    }),
  };
}

/** Each revision is its own message. */
const identifierOf = ({ id }: AlertFacts, revision: number): string => `tripoint.alert.${id}.${revision}`;

const isOver = ({ triggers }: AlertFacts): boolean => triggers.includes('closed');

function urgencyOf(facts: AlertFacts): CapMessage['urgency'] {
  if (isOver(facts)) return 'Past';
  const { trigger, kind, severity } = facts;
  const isGrave = severity === 'extreme' || severity === 'severe';
  return isGrave || kind === 'distress' || trigger.endsWith('overdue') ? 'Immediate' : 'Expected';
}

const DUE_NAMES: Partial<Record<Trigger, string>> = {
  overdue: 'acknowledgementDueAt',
  'reaction-overdue': 'reactionDueAt',
};

const parametersOf = (facts: AlertFacts): CapMessage['parameters'] => ({
  trigger: facts.triggers.join(' '),
  subscription: facts.subscriptions.join(' ') || null,
  notice: facts.notice,
  border: facts.border,
  borderKm: facts.borderKm,
  segment: facts.segment,
  horizontalAccuracyMetres: facts.horizontalAccuracyMetres,
  incidentCount: facts.incidentCount,
  [DUE_NAMES[facts.trigger] ?? 'assistanceDueAt']: facts.dueAt,
});

/** Alerts about levels of impact have no incident. */
const isOfLevel = ({ trigger }: AlertFacts): boolean =>
  trigger === 'impact' || trigger === 'reaction-overdue';

const eventIn = (facts: AlertFacts, language: Language): string =>
  isOfLevel(facts)
    ? wordOf('trigger', facts.trigger, language)
    : wordOf('incidentKind', facts.kind, language);

const LISTED: Record<Language, string> = { en: ', ', fr: ', ', ar: '، ' };

export function alertHeadline(facts: AlertFacts, language: Language): string {
  const severity = facts.severity ? ` (${wordWithin('severity', facts.severity, language)})` : '';
  const parts = [
    naturePrefix(facts.nature, language),
    facts.triggers.map((trigger) => wordOf('trigger', trigger, language)).join(LISTED[language]),
    isOfLevel(facts) ? undefined : wordOf('incidentKind', facts.kind, language) + severity,
    placeIn(language, facts),
  ];
  return parts.filter((part) => part !== undefined).join(' – ');
}
