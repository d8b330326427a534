import { LANGUAGES, type Language } from '../../core/vocabulary.ts';
import { notReal, type World } from '../../core/world.ts';
import type { NATURES } from '../../features/incidents/incident.vocabulary.ts';
import { writeXml, type XmlElement } from '../../http/xml.text.ts';
import { naturePrefix } from './cap.vocabulary.ts';

export type Nature = (typeof NATURES)[number];

type Severity = 'Extreme' | 'Severe' | 'Moderate' | 'Minor' | 'Unknown';
type Certainty = 'Observed' | 'Likely' | 'Possible' | 'Unlikely' | 'Unknown';

/** The texts of a block in one language. */
export interface Wording {
  event: string;
  senderName: string;
  headline: string;
  description: string | undefined;
  areaDesc: string;
}

/** A CAP 1.2 message before it is XML. Times as the database writes them. */
export interface CapMessage {
  identifier: string;
  sender: string;
  sent: string;
  nature: Nature;
  /** The exercise that the note names; undefined: the actual world. */
  exercise: World | undefined;
  msgType: 'Alert' | 'Update' | 'Cancel';
  scope: 'Public' | 'Restricted' | 'Private';
  restriction?: string | undefined;
  addresses?: string | undefined;
  code: string;
  /** The message that an update or a cancellation refers to. */
  references?: string | undefined;
  incidents?: string | undefined;
  kind: string;
  category: string;
  responses: readonly string[];
  urgency: 'Immediate' | 'Expected' | 'Past';
  severity: Severity;
  certainty: Certainty;
  onset: string;
  expires: string;
  web?: string | undefined;
  parameters: Record<string, string | number | null | undefined>;
  circle: string;
  geocode?: string | undefined;
  wordingIn(language: Language): Wording;
}

const STATUS: Record<Nature, string> = { actual: 'Actual', exercise: 'Exercise', test: 'Test' };
const LONGEST_HEADLINE = 160; // characters, CAP 1.2 §3.2.2

/** CAP 1.2: one info block per language, English first. */
export function writeCap(message: CapMessage): string {
  const { identifier, sender, sent, nature, exercise, msgType, scope } = message;
  const { restriction, addresses, code, references, incidents } = message;
  const alert: XmlElement = {
    '@xmlns': 'urn:oasis:names:tc:emergency:cap:1.2',
    identifier,
    sender,
    sent: capTime(sent),
    status: STATUS[nature],
    msgType,
    scope,
    restriction,
    addresses,
    code,
    note: noteOf(nature, exercise),
    references,
    incidents,
    info: LANGUAGES.map((language) => infoIn(language, message)),
  };
  return writeXml({ alert });
}

function infoIn(language: Language, message: CapMessage): XmlElement {
  const { event, senderName, headline, description, areaDesc } = message.wordingIn(language);
  const { geocode, circle } = message;
  return {
    language,
    category: message.category,
    event,
    responseType: message.responses,
    urgency: message.urgency,
    severity: message.severity,
    certainty: message.certainty,
    eventCode: pairOf('tripoint:kind', message.kind),
    effective: capTime(message.sent),
    onset: capTime(message.onset),
    expires: capTime(message.expires),
    senderName,
    headline: [...headline].slice(0, LONGEST_HEADLINE).join(''),
    description,
    web: message.web,
    parameter: Object.entries(message.parameters).flatMap(([name, value]): XmlElement[] =>
      value === null || value === undefined ? [] : [pairOf(name, String(value))],
    ),
    area: { areaDesc, circle, geocode: geocode && pairOf('ISO 3166-1 alpha-3', geocode) },
  };
}

const pairOf = (valueName: string, value: string): XmlElement => ({ valueName, value });

/** In all languages, so that every reader sees at once that it is not real. CAP 1.2 §3.2.1: the note identifies the exercise. */
const noteOf = (nature: Nature, exercise: World | undefined): string | undefined => {
  if (nature === 'actual') return undefined;
  const names = exercise ? [exercise.id, ...Object.values(notReal(exercise.names))] : [];
  return [...LANGUAGES.map((language) => naturePrefix(nature, language)), ...names].join(' · ');
};

/** CAP 1.2 §3.3.2: whole seconds with an offset, which is `-00:00` for UTC and never `Z`. */
export const capTime = (instant: string): string =>
  `${new Date(instant).toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length)}-00:00`;

const CURRENT_MS = 24 * 3_600_000;

/** Expiry of a message: after a day, or with the end of its subject. */
export const expiryOf = (sent: string, until: string | null): string => {
  const usual = Date.parse(sent) + CURRENT_MS;
  return new Date(Math.max(usual, until ? Date.parse(until) : usual)).toISOString();
};

/** CAP 1.2 §3.2.4: latitude before longitude, and a radius in km. */
export const circleOf = (at: { lon: number; lat: number; horizontalAccuracyMetres: number }): string =>
  `${fixedDecimals(at.lat, 6)},${fixedDecimals(at.lon, 6)} ${fixedDecimals(at.horizontalAccuracyMetres / 1000, 3)}`;

/** As few digits as needed, never in scientific notation. */
export const fixedDecimals = (value: number, most: number): string =>
  value
    .toFixed(most)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0');

/** Capitalised as in CAP; the words are the same. */
export const inCap = <Word extends string>(word: Word | null): Capitalize<Word> | 'Unknown' =>
  word === null ? 'Unknown' : ((word[0]!.toUpperCase() + word.slice(1)) as Capitalize<Word>);
