import {
  AUXILIARIES,
  DEEDS,
  FILLERS,
  NAME_LABELS,
  NAMERS,
  OFFICES,
  OTHER_ROLES,
  PARTICLES,
  RANKS,
  ROLES,
  THINGS,
  TITLES,
} from './lists/cue.words.ts';
import { FAMILY_NAMES, GIVEN_NAMES } from './lists/given.names.ts';
import {
  HARMLESS_CAPITALS,
  PLACE_WORDS,
  PLACE_WORDS_AFTER,
  PLACES,
  WORD_NAMES,
} from './lists/harmless.words.ts';
import { bitsOf, markPhrases, phrasesOf, type Word, wordsOf } from './personal-data.words.ts';

/** The lists of words, as bits. */
export const IS = {
  title: 1,
  rank: 2,
  office: 4,
  role: 8,
  otherRole: 16,
  namer: 32,
  label: 64,
  deed: 128,
  filler: 256,
  thing: 512,
  harmless: 1024,
  placeBefore: 2048,
  placeAfter: 4096,
  given: 8192,
  family: 16_384,
  wordName: 32_768,
  particle: 65_536,
  auxiliary: 131_072,
  place: 262_144,
} as const;

const LISTS = bitsOf([
  [IS.title, TITLES],
  [IS.rank, RANKS],
  [IS.office, OFFICES],
  [IS.role, ROLES],
  [IS.otherRole, OTHER_ROLES],
  [IS.namer, NAMERS],
  [IS.label, NAME_LABELS],
  [IS.deed, DEEDS],
  [IS.filler, FILLERS],
  [IS.thing, THINGS],
  [IS.harmless, HARMLESS_CAPITALS],
  [IS.placeBefore, PLACE_WORDS],
  [IS.placeAfter, PLACE_WORDS_AFTER],
  [IS.given, GIVEN_NAMES],
  [IS.family, FAMILY_NAMES],
  [IS.wordName, WORD_NAMES],
  [IS.particle, PARTICLES],
  [IS.auxiliary, AUXILIARIES],
]);
const PLACE_PHRASES = phrasesOf(PLACES);
const LONGEST_PLACE_NAME = 3;

export const isOf = ({ lists }: Word, bits: number): boolean => (lists & bits) !== 0;

const NAME = IS.given | IS.family;
const CUE = IS.title | IS.rank | IS.office | IS.role | IS.otherRole | IS.namer | IS.label | IS.deed;

/** A known name: common words only with a capital. */
export const isKnown = (word: Word): boolean =>
  isOf(word, NAME) && !isOf(word, IS.place | IS.particle) && (word.isCapital || !isOf(word, IS.wordName));

/** With a capital, and no word that is known not to be a name. */
export const isNameLike = (word: Word): boolean =>
  word.isCapital &&
  word.text.length > 1 &&
  !isOf(word, IS.place | IS.harmless | CUE | IS.placeBefore) &&
  !(word.isShouted && word.text.length < 6);

const isPartOfName = (word: Word): boolean => isKnown(word) || isNameLike(word) || isOf(word, IS.particle);
const LINKS = new Set(['de', 'du', 'of', 'des', 'd', 'ash', 'as', 'an', 'et', 'and', 'l', 'the']);
const isBesides = ({ before }: Word): boolean => /^[ '-]$/.test(before);

/** The words of a text; names of places are marked, and names in names of streets and hospitals. */
export function latinWords(plain: string): Word[] {
  const words = wordsOf(plain, LISTS);
  markPhrases(words, PLACE_PHRASES, IS.place);
  for (let i = 0; i < words.length; i++) {
    if (isOf(words[i]!, IS.placeBefore)) markAfter(words, i);
    if (isOf(words[i]!, IS.placeAfter)) markBefore(words, i);
  }
  return words;
}

function markAfter(words: readonly Word[], first: number): void {
  const start = LINKS.has(words[first + 1]?.text ?? '') ? first + 2 : first + 1;
  for (let i = start; i < words.length && i < start + LONGEST_PLACE_NAME; i++) {
    if (!isBesides(words[i]!) || !isPartOfName(words[i]!)) return;
    words[i]!.lists |= IS.place;
  }
}

function markBefore(words: readonly Word[], last: number): void {
  for (let i = last - 1; i >= 0 && i >= last - LONGEST_PLACE_NAME; i--) {
    if (!isBesides(words[i + 1]!) || !isPartOfName(words[i]!)) return;
    words[i]!.lists |= IS.place;
  }
}
