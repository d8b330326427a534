import { vocabulary as arabic } from './messages/ar/vocabulary.ts';
import { vocabulary as english } from './messages/en/vocabulary.ts';
import { vocabulary as french } from './messages/fr/vocabulary.ts';
import type { Translated } from './messages/translated.ts';

// The words for the values of the API, for texts, pages and the console: nothing here needs Node.

export const LANGUAGES = ['en', 'fr', 'ar'] as const;
/** RFC 5646. */
export type Language = (typeof LANGUAGES)[number];
/** One text in each language. */
export type InLanguages = Readonly<Record<Language, string>>;

type Vocabulary = Translated<typeof english>;

/** What values are of: `incidentKind`, `zoneState`, … */
export type KindOfWord = keyof Vocabulary;
export type ValueOf<K extends KindOfWord> = keyof Vocabulary[K] & string;

export const VOCABULARIES: Readonly<Record<Language, Vocabulary>> = {
  en: english,
  fr: french,
  ar: arabic,
};

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/** The word for a value within a sentence: `fermée`. */
export const wordWithin = <K extends KindOfWord>(kind: K, value: ValueOf<K>, language: Language): string =>
  VOCABULARIES[language][kind][value] as string;

/** The word for a value that stands alone: `Fermée`. */
export const wordOf = <K extends KindOfWord>(kind: K, value: ValueOf<K>, language: Language): string =>
  capital(wordWithin(kind, value, language), language);

/** The same for a value that may be newer than this program. */
export function findWord(kind: KindOfWord, value: string, language: Language): string | undefined {
  const words: Readonly<Record<string, string>> = VOCABULARIES[language][kind];
  return Object.hasOwn(words, value) ? capital(words[value]!, language) : undefined;
}

export const valuesOf = <K extends KindOfWord>(kind: K): ValueOf<K>[] =>
  Object.keys(english[kind]) as ValueOf<K>[];

export const capital = (text: string, language: Language): string =>
  text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
