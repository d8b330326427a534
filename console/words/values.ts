import { findWord, type KindOfWord, VOCABULARIES } from '../../src/core/vocabulary.ts';
import { language } from './language.ts';
import { listOf } from './words.ts';

/** The word of the reader's language for a value of the API: `value('incidentKind', 'flood')`. */
export const value = (kind: KindOfWord, of: string): string => findWord(kind, of, language.value) ?? of;

/** The same within a sentence: `fermée`. */
export const within = (kind: KindOfWord, of: string): string =>
  (VOCABULARIES[language.value][kind] as Readonly<Record<string, string>>)[of] ?? of;

/** Several of them, as the language lists them: `Drones et véhicules`. */
export const valuesIn = (kind: KindOfWord, several: readonly string[]): string =>
  listOf(several.map((one, n) => (n === 0 ? value(kind, one) : within(kind, one))));
