import { findWord, type KindOfWord } from '../../src/core/vocabulary.ts';
import { language } from './language.ts';

/** The word of the reader's language for a value of the API: `value('incidentKind', 'flood')`. */
export const value = (kind: KindOfWord, of: string): string => findWord(kind, of, language.value) ?? of;
