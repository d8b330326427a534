import type { Noun } from '../message.params.ts';
import type { Shown } from '../message.ts';
import { vocabulary } from './vocabulary.ts';

export const nouns: Record<Noun, string> = {
  agency: 'organisme',
  alert: 'alerte',
  assessment: 'évaluation',
  asset: 'ressource',
  border: 'frontière',
  correction: 'rectification',
  country: 'pays',
  crossing: 'point de passage',
  download: 'téléchargement',
  handover: 'relève',
  impact: 'tronçon',
  incident: 'incident',
  indicator: 'indicateur',
  key: 'clé',
  'legal-hold': 'obligation de conservation de l’incident',
  mandate: 'mandat',
  notice: 'avis',
  offer: 'offre',
  'problem-type': 'type de problème',
  procedure: 'procédure',
  proposal: 'proposition conjointe',
  reaction: 'réaction',
  report: 'compte rendu',
  request: 'demande',
  response: 'intervention',
  revision: 'révision',
  'same-as': 'incident rattaché au même événement',
  segment: 'tronçon',
  shift: 'quart',
  statement: 'déclaration',
  subscription: 'abonnement',
  webhook: 'webhook',
  zone: 'zone',
};

const FEMININE: ReadonlySet<Noun> = new Set([
  'alert',
  'assessment',
  'asset',
  'border',
  'correction',
  'handover',
  'key',
  'legal-hold',
  'offer',
  'procedure',
  'proposal',
  'reaction',
  'request',
  'response',
  'revision',
  'statement',
  'zone',
]);

/** `cette zone`, `cet incident`, `ce point de passage`. */
export function thisNoun(noun: Noun): string {
  if (FEMININE.has(noun)) return `cette ${nouns[noun]}`;
  return `${/^[aeiouhéè]/.test(nouns[noun]) ? 'cet' : 'ce'} ${nouns[noun]}`;
}

export const list = (names: readonly string[], none = 'aucun'): string => names.join(', ') || none;

/** `la Libye et la Tunisie` without the articles; agencies keep their ids. */
export const listAnd = (names: readonly string[]): string =>
  new Intl.ListFormat('fr', { type: 'conjunction' }).format(names);
export const listOr = (names: readonly string[]): string =>
  new Intl.ListFormat('fr', { type: 'disjunction' }).format(names);

const wordIn = (words: Readonly<Record<string, string>>, value: string): string => words[value] ?? value;

/** The name of a country; an agency keeps its id. */
export const nameOf = (id: string | null | undefined): string =>
  id ? wordIn(vocabulary.country, id) : 'aucun pays';
export const namesOf = (ids: readonly string[]): string => list(ids.map(nameOf));

const OF: Readonly<Record<string, string>> = { DZA: 'd’Algérie', LBY: 'de Libye', TUN: 'de Tunisie' };

/** `d’Algérie`, `de Libye`. */
export const ofCountry = (country: string | null | undefined): string =>
  OF[country ?? ''] ?? `de ${nameOf(country)}`;
export const ofCountries = (countries: readonly string[]): string => listAnd(countries.map(ofCountry));

export const roleWords = (roles: readonly string[], none = 'aucun'): string =>
  list(
    roles.map((role) => wordIn(vocabulary.role, role)),
    none,
  );

export const outcomeWord = (outcome: string): string => wordIn(vocabulary.outcome, outcome);

/** The state of an incident, a response or a request. */
export const stateWord = (state: string): string =>
  wordIn({ ...vocabulary.requestState, ...vocabulary.responseState, ...vocabulary.incidentState }, state);

const RULES = new Intl.PluralRules('fr');
type FrenchForms = Readonly<Record<'one' | 'other', string>>;

/** `1 argument`, `2 arguments`; in the forms `#` is the number. */
export const count = (number: number, { one, other }: FrenchForms): string =>
  (RULES.select(number) === 'one' ? one : other).replaceAll('#', grouped(number));

/** `1 048 576`. */
export const grouped = (number: number): string => number.toLocaleString('fr');

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);

export const CHARACTERS = { one: '# caractère', other: '# caractères' };
export const ENTRIES = { one: '# élément', other: '# éléments' };
export const BYTES = { one: '# octet', other: '# octets' };
export const SECONDS = { one: '# seconde', other: '# secondes' };
export const POSITIONS = { one: '# position', other: '# positions' };
export const LEVELS = { one: '# niveau', other: '# niveaux' };
export const ARGUMENTS = { one: '# argument', other: '# arguments' };
export const DAYS = { one: '# jour', other: '# jours' };
export const METRES = { one: '# mètre', other: '# mètres' };

/** A value of the caller. */
export function show(value: Shown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if ('characters' in value) return count(value.characters, CHARACTERS);
  if ('number' in value) return value.number;
  if ('entries' in value) return `une liste de ${count(value.entries, ENTRIES)}`;
  return value.kind === 'object' ? 'un objet' : 'rien';
}
