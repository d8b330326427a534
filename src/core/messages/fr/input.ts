import type { input as english } from '../en/input.ts';
import { CHARACTERS, count, ENTRIES, LEVELS, list, nouns } from './words.ts';

const PARTS: Readonly<Record<string, string>> = {
  path: 'chemin',
  query: 'paramètre',
  body: 'corps',
  header: 'en-tête',
};

const UNITS = { characters: CHARACTERS, entries: ENTRIES };

export const input: typeof english = {
  'input-invalid': ({ in: place, path, fault, more }, say) =>
    `${PARTS[place] ?? place}${path && ` ${path}`} : ${say(fault)}${more > 0 ? ` (et ${count(more, { one: '# autre erreur', other: '# autres erreurs' })}, voir errors)` : ''}`,

  required: () => 'est obligatoire',
  'unknown-name': ({ known }) =>
    known.length > 0
      ? `est inconnu ; sont connus : ${list(known)}`
      : 'est inconnu ; cette opération n’en accepte aucun',
  'name-reserved': () => 'est inconnu',
  'wrong-type': ({ expected }) => `doit être ${KINDS[expected] ?? expected}`,
  'too-small': ({ minimum }) => `doit valoir au moins ${minimum}`,
  'too-large': ({ maximum }) => `doit valoir au plus ${maximum}`,
  'not-above': ({ limit }) => `doit être supérieur à ${limit}`,
  'not-below': ({ limit }) => `doit être inférieur à ${limit}`,
  'too-short': ({ minimum, unit }) => `doit avoir au moins ${count(minimum, UNITS[unit])}`,
  'too-long': ({ maximum, unit }) => `doit avoir au plus ${count(maximum, UNITS[unit])}`,
  'wrong-length': ({ exactly, unit }) => `doit avoir exactement ${count(exactly, UNITS[unit])}`,
  'wrong-number': ({ exactly }) => `doit valoir exactement ${exactly}`,
  'not-allowed': ({ allowed }) =>
    allowed.length === 1 ? `doit être ${allowed[0]}` : `doit être l’une de ces valeurs : ${list(allowed)}`,
  'wrong-format': ({ format }) => `doit être ${FORMATS[format] ?? `au format ${format}`}`,
  'wrong-start': ({ prefix }) => `doit commencer par ${prefix}`,
  'wrong-end': ({ suffix }) => `doit se terminer par ${suffix}`,
  'lacks-text': ({ text }) => `doit contenir ${text}`,
  'wrong-pattern': ({ pattern }) => `doit correspondre à ${pattern}`,
  'not-multiple': ({ divisor }) => `doit être un multiple de ${divisor}`,
  'no-variant': () => 'ne correspond à aucune des formes admises',
  'phrase-without-words': () => 'doit contenir une lettre ou un chiffre',
  invalid: () => 'n’est pas valable',

  'given-often': ({ times }) =>
    `est donné ${count(times, { one: '# fois', other: '# fois' })}, ne le donnez qu’une fois`,
  'nested-too-deep': ({ levels }) => `est imbriqué sur plus de ${count(levels, LEVELS)}`,
  'holds-nul': () => 'ne doit pas contenir le caractère NUL (U+0000)',
  'holds-half-surrogate': () => 'ne doit pas contenir la moitié d’une paire de substitution',
  'id-of-other-path': ({ id }) => `${id} n’est pas l’identifiant du chemin`,
  'no-such': ({ noun, id }) => `${nouns[noun]} introuvable : ${id}`,
};

const KINDS: Readonly<Record<string, string>> = {
  array: 'une liste',
  tuple: 'une liste',
  object: 'un objet',
  record: 'un objet',
  number: 'un nombre',
  int: 'un nombre entier',
  boolean: 'true ou false',
  string: 'un texte',
  date: 'une date',
  null: 'null',
  undefined: 'absent',
  never: 'absent',
};

const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'une date avec heure telle que 2026-01-31T12:00:00Z',
  date: 'une date telle que 2026-01-31',
  time: 'une heure telle que 12:00:00',
  duration: 'une durée ISO 8601 telle que P1D',
  uuid: 'un UUID',
  email: 'une adresse électronique',
  url: 'une URL',
};
