import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  directionOf,
  findWord,
  type KindOfWord,
  LANGUAGES,
  type Language,
  VOCABULARIES,
  valuesOf,
  wordOf,
  wordWithin,
} from '../../src/core/vocabulary.ts';

/** Their values are not in the document of the API: the words are for sentences, or for what the database lists. */
const OF_THEIR_OWN: readonly KindOfWord[] = [
  'countrySide',
  'countryEntry',
  'countryExit',
  'directionState',
  'reactionKind',
  'unit',
];

/** Enums for programs: formats, names of properties and of protocols. A person never reads them. */
const TECHNICAL = [
  'geojson json html',
  'json html',
  'json tilejson',
  'excel raw',
  'point possible',
  'path query body header',
  'GET POST',
  'results hits',
  'Polygon MultiPolygon',
  'cql2-text cql2-json cql-text',
  'geojson geojsonl csv iom-missing-migrants',
  'both DZA LBY TUN',
  'PT5M PT15M PT1H PT6H P1D',
];

/** A word that is the same in French, and rightly so. */
const SAME_IN_FRENCH = new Set([
  'possible',
  'drones',
  'gendarmerie',
  'police',
  'zone',
  'zones',
  'incidents',
  'assistance',
  'session',
  'm',
  'km',
  'km²',
  's',
  'min',
  'h',
]);

const KINDS = Object.keys(VOCABULARIES.en) as KindOfWord[];

/** Each set of words that the document of the API allows somewhere. */
function documentedEnums(): string[][] {
  const found = new Map<string, string[]>();
  const collect = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const words = (part as { enum?: unknown[] }).enum;
    if (Array.isArray(words)) {
      const texts = words.filter((word) => typeof word === 'string');
      if (texts.length > 1) found.set(texts.join(' '), texts);
    }
    for (const inner of Object.values(part)) collect(inner);
  };
  collect(JSON.parse(readFileSync('openapi/openapi.json', 'utf8')));
  return [...found.values()];
}

const isTechnical = (words: readonly string[]): boolean =>
  TECHNICAL.includes(words.join(' ')) ||
  words.some((word) => /^https?:|^-?name(En|s)$|^-?crossing$|^-?trigger$|^-?kind$|^geojsonseq$/.test(word));

const within = (words: readonly string[], kind: KindOfWord): boolean =>
  words.every((word) => (valuesOf(kind) as string[]).includes(word));

describe('the vocabulary', () => {
  const enums = documentedEnums().filter((words) => !isTechnical(words));

  test('has a word for each value that the API shows', () => {
    const wordless = enums.filter((words) => !KINDS.some((kind) => within(words, kind)));
    expect(wordless).toEqual([]);
  });

  test('has no value that the API does not show', () => {
    for (const kind of KINDS.filter((one) => !OF_THEIR_OWN.includes(one))) {
      const shown = new Set(enums.filter((words) => within(words, kind)).flat());
      const unknown = valuesOf(kind).filter((value) => !shown.has(value) && shown.size > 0);
      expect({ kind, unknown, isShown: shown.size > 0 }).toEqual({ kind, unknown: [], isShown: true });
    }
  });

  test('has a word for each rule of reactions that the migrations set', () => {
    const sql = readdirSync('migrations')
      .map((file) => readFileSync(`migrations/${file}`, 'utf8'))
      .filter((text) => text.includes('INSERT INTO base.reaction_rule'))
      .map((text) => text.split('INSERT INTO base.reaction_rule')[1]!.split(';')[0]!)
      .join();
    const rules = [...sql.matchAll(/^\s*\('(\w+)'/gm)].map(([, rule]) => rule);
    expect(rules.sort()).toEqual(valuesOf('reactionKind').sort());
  });
});

const everyWord = (language: Language) =>
  KINDS.flatMap((kind) =>
    valuesOf(kind).map((value) => ({
      of: `${kind}.${value}`,
      word: wordWithin(kind, value as never, language),
      english: wordWithin(kind, value as never, 'en'),
    })),
  );

describe.each(LANGUAGES)('the words in %s', (language) => {
  test('stand for every value, without a raw one', () => {
    const bad = everyWord(language).filter(({ word }) => !/\S/.test(word) || /_|[a-z][A-Z]/.test(word));
    expect(bad).toEqual([]);
  });

  test('have the same kinds and values', () => {
    expect(Object.keys(VOCABULARIES[language])).toEqual(KINDS);
    for (const kind of KINDS) expect(Object.keys(VOCABULARIES[language][kind])).toEqual(valuesOf(kind));
  });
});

test('the French words are not the English ones, but for those that are the same', () => {
  const equal = everyWord('fr').filter(({ word, english }) => word === english);
  expect([...new Set(equal.map(({ word }) => word).filter((word) => !SAME_IN_FRENCH.has(word)))]).toEqual([]);
});

test('the Arabic words have Arabic letters alone', () => {
  expect(everyWord('ar').filter(({ word }) => !/^[\p{Script=Arabic}\p{M}\s،:²]+$/u.test(word))).toEqual([]);
});

test('a word begins with a capital where it stands alone', () => {
  expect(wordOf('incidentKind', 'health_event', 'fr')).toBe('Événement sanitaire');
  expect(wordWithin('incidentKind', 'health_event', 'fr')).toBe('événement sanitaire');
  expect(wordOf('crossingState', 'closed', 'ar')).toBe('مغلق');
});

test('a value that is newer than the program has no word', () => {
  expect(findWord('incidentKind', 'fire', 'en')).toBe('Fire');
  expect(findWord('incidentKind', 'volcano', 'en')).toBeUndefined();
  expect(findWord('incidentKind', 'toString', 'en')).toBeUndefined();
});

test('the compiler refuses values that are not of the kind', () => {
  // @ts-expect-error no such value
  expect(wordWithin('severity', 'closed', 'fr')).toBeUndefined();
});

test('Arabic runs from right to left', () => {
  expect(LANGUAGES.map(directionOf)).toEqual(['ltr', 'ltr', 'rtl']);
});
