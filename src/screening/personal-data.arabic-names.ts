import {
  ARABIC_DEEDS,
  ARABIC_FILLERS,
  ARABIC_LOOSE_NAMERS,
  ARABIC_NAMERS,
  ARABIC_NO_FAMILIES,
  ARABIC_PERSONS,
  ARABIC_PLACE_WORDS,
  ARABIC_PLACES,
  ARABIC_ROLES,
  ARABIC_THINGS,
  ARABIC_TITLES,
} from './lists/arabic.cues.ts';
import {
  ARABIC_FAMILY_NAMES,
  ARABIC_GIVEN_NAMES,
  ARABIC_NO_NAMES,
  ARABIC_OTHER_GIVEN_NAMES,
  ARABIC_WORD_NAMES,
} from './lists/arabic.names.ts';
import { bitsOf, markPhrases, phrasesOf, type Word, wordsOf } from './personal-data.words.ts';

/*
 * Names of persons in Arabic, which has no capitals: two known names, a known name beside a sign of one, or any word after
 * "the so-called". readonly Word[] carry prefixes (and, by, for), which are taken off where the whole word is on no list.
 */

const IS = {
  namer: 1,
  looseNamer: 2,
  thing: 4,
  title: 8,
  role: 16,
  deed: 32,
  filler: 64,
  place: 128,
  noFamily: 256,
  given: 512,
  family: 1024,
  wordName: 2048,
  person: 4096,
  other: 8192,
  noName: 16_384,
} as const;

const LISTS = bitsOf([
  [IS.namer, ARABIC_NAMERS],
  [IS.looseNamer, ARABIC_LOOSE_NAMERS],
  [IS.thing, ARABIC_THINGS],
  [IS.title, ARABIC_TITLES],
  [IS.role, ARABIC_ROLES],
  [IS.deed, ARABIC_DEEDS],
  [IS.filler, ARABIC_FILLERS],
  [IS.place, ARABIC_PLACE_WORDS],
  [IS.noFamily, ARABIC_NO_FAMILIES],
  [IS.given, ARABIC_GIVEN_NAMES],
  [IS.family, ARABIC_FAMILY_NAMES],
  [IS.wordName, ARABIC_WORD_NAMES],
  [IS.person, ARABIC_PERSONS],
  [IS.other, ARABIC_OTHER_GIVEN_NAMES],
  [IS.noName, ARABIC_NO_NAMES],
]);

const PLACES = phrasesOf(ARABIC_PLACES);

const PREFIX = /^(?:و|ف)?(?:لل(?=.{3})|[بكل](?=.{3}))?/;

/** The lists of a word, or of what is left of it without its prefixes. */
function listsOf(text: string): number {
  const bare = text.replace(PREFIX, (prefix) => (prefix.endsWith('لل') ? 'ال' : ''));
  return LISTS.get(bare) ?? LISTS.get(text.replace(/^[وف]/, '')) ?? 0;
}

function arabicWords(plain: string): Word[] {
  const words = wordsOf(plain, LISTS);
  for (const word of words) if (word.lists === 0) word.lists = listsOf(word.text);
  markPhrases(words, PLACES, IS.place);
  for (let i = 1; i < words.length; i++) if (isOfPlace(words, i)) words[i]!.lists |= IS.place;
  return words;
}

/** "بئر علي بن خليفة" is a place as a whole. */
const isOfPlace = (words: readonly Word[], i: number): boolean =>
  isOf(words[i - 1], IS.place) &&
  isJoined(words[i]) &&
  (isOf(words[i], IS.given | IS.family) || KINSHIP.has(words[i]!.text));

const isOf = (word: Word | undefined, bits: number): boolean =>
  word !== undefined && (word.lists & bits) !== 0;
const isJoined = (word: Word | undefined): boolean => word !== undefined && /^ $/.test(word.before);
const isNear = (word: Word | undefined): boolean =>
  word !== undefined && /^[ :.،,"'«»()-]{1,4}$/.test(word.before);

const KINSHIP = new Set(['بن', 'ابن', 'بنت', 'ولد', 'ابو', 'ابي', 'بو', 'اولد']);
const SERVANT = new Set(['عبد']);
const NISBA = /^ال.{2,}ي$/;

/** "عبد الرحمن" is one given name of two words. */
const isServant = (words: readonly Word[], i: number): boolean =>
  SERVANT.has(words[i]!.text.replace(/^و/, '')) &&
  isJoined(words[i + 1]) &&
  words[i + 1]!.text.startsWith('ال');

const isKnown = (words: readonly Word[], i: number): boolean =>
  isOf(words[i], IS.given | IS.family) ||
  (words[i] !== undefined && isServant(words, i)) ||
  /^عبد.{4,}/.test(words[i]?.text ?? '');

const hasFamily = (word: Word | undefined): boolean =>
  isOf(word, IS.family) || (word !== undefined && NISBA.test(word.text) && !isOf(word, IS.noFamily));

/** "علي" is "on" as well, "كريم" is "kind". */
const isWord = (word: Word | undefined): boolean => isOf(word, IS.wordName);

const NAMES_THING = new Set(['اسم']); // "X is the name of the dam"

/** A full name that needs no other sign. */
function isFullName(words: readonly Word[], i: number): boolean {
  const word = words[i]!;
  if (!isKnown(words, i) || isOf(words[i - 1], IS.place) || isOf(word, IS.place)) return false;
  const next = isServant(words, i) ? i + 2 : i + 1;
  const other = words[next];
  if (isAlone(words, i)) return true;
  if (!isJoined(other) || isOf(other, IS.place) || NAMES_THING.has(words[next + 1]?.text ?? '')) return false;
  if (KINSHIP.has(other!.text)) return isOf(word, IS.given) || isServant(words, i);
  if (isServant(words, i)) return isKnown(words, next) || hasFamily(other);
  if (!isOf(word, IS.given)) return false;
  if (/^.$/.test(other!.text)) return other!.text !== 'و' && !isWord(word);
  if (isWord(word)) return isBesideWord(word, other!);
  return (isKnown(words, next) && !(isWord(other) && other!.text.startsWith('ال'))) || hasFamily(other);
}

/** A given name that is no word of the language, on its own. */
const isAlone = (words: readonly Word[], i: number): boolean =>
  isOf(words[i], IS.given) &&
  !isWord(words[i]) &&
  words[i]!.text.length > 3 &&
  words[i + 1]?.text !== 'الله' &&
  !NAMES_THING.has(words[i + 1]?.text ?? '');

/** "عمر محمود" and "سالم القماطي" are names, "علي الطريق" may be "on the road". */
const isBesideWord = (word: Word, other: Word): boolean =>
  (isOf(other, IS.given | IS.family) && !isWord(other)) || (word.text !== 'علي' && hasFamily(other));

/** A name after a title, a role or a deed. */
function isNamedAfter(words: readonly Word[], i: number): boolean {
  for (let at = i + 1; at < words.length && at <= i + 5; at++) {
    const word = words[at]!;
    if (!isNear(word) || isOf(word, IS.place) || NAMES_THING.has(words[at + 1]?.text ?? '')) return false;
    // "علي" after a deed is "on"
    if (isOf(words[i], IS.deed) && word.text === 'علي') continue;
    const isSkipped = isOf(word, IS.filler | IS.role | IS.title);
    if (isKnown(words, at) && !(isSkipped && !isOf(word, IS.given))) return isTrusted(words, i, at);
    if (isOf(words[i], IS.title) && at === i + 1 && NISBA.test(word.text) && !isOf(word, IS.noFamily))
      return true;
    if (!isSkipped && !/^\d+$/.test(word.text)) return isUncommon(words, i, at);
  }
  return false;
}

const isFamilyLike = (word: Word | undefined): boolean => hasFamily(word) || isOf(word, IS.given | IS.other);

/** Names of no list: "X بن Y", "X السويحلي", and after "the driver" any word that he cannot have done or be. */
function isUncommon(words: readonly Word[], i: number, at: number): boolean {
  const [word, next] = [words[at]!, words[at + 1]];
  if (isOf(words[i], IS.title | IS.person) && (/^بو.{3}/.test(word.text) || isOtherAfterTitle(words, i, at)))
    return true;
  if (!isJoined(next) || isOf(next, IS.place) || isOf(word, IS.noName) || /^[يت]/.test(word.text))
    return false;
  if (KINSHIP.has(next!.text) || (isOf(word, IS.other) && isFamilyLike(next))) return true;
  if (word.text.startsWith('ال') || word.text.length < 3) return false;
  return hasFamily(next) || (isOf(words[i], IS.person | IS.title) && /^(?:ال|بو).{3}/.test(next!.text));
}

const isOtherAfterTitle = (words: readonly Word[], i: number, at: number): boolean =>
  at === i + 1 && isOf(words[i], IS.title) && isOf(words[at], IS.other);

const STATES = new Set(['سالم', 'سعيد', 'صالح', 'علي']); // "the driver is safe", "the driver on"

/** A common word such as "كريم" counts directly after a person, or with another name behind it. */
function isTrusted(words: readonly Word[], i: number, at: number): boolean {
  const word = words[at]!;
  const next = words[at + 1];
  if (isJoined(next) && (isKnown(words, at + 1) || KINSHIP.has(next!.text) || isFamilyLike(next)))
    return true;
  if (isWord(word))
    return (
      isOf(words[i], IS.title | IS.person) &&
      (isOf(words[i], IS.title) || at > i + 1 || !STATES.has(word.text))
    );
  return isOf(word, IS.given) || isServant(words, at) || !isOf(word, IS.noFamily);
}

const AGED = new Set(['يبلغ', 'تبلغ', 'البالغ', 'البالغه', 'عمره', 'عمرها']);

/** "X الطويل يبلغ من العمر 34 سنة", "X النخلي (29 سنة)". */
function isAged(words: readonly Word[], i: number): boolean {
  const [first, second, after] = [words[i]!, words[i + 1], words[i + 2]];
  if (!after || !isJoined(second) || (first.lists & ~(IS.given | IS.other | IS.wordName | IS.family)) !== 0)
    return false;
  if (/^(?:ال|[يت])/.test(first.text) || first.text.length < 3) return false;
  const isAge = AGED.has(after.text) || (/\($/.test(after.before) && /^\d\d$/.test(after.text));
  return isAge && (isFamilyLike(second) || /^ال.{3}/.test(second!.text));
}

const DIGITS = /^\d{1,4}$/;
const YEAR = /^(?:19[2-9]\d|20[01]\d)$/;

/** "مواليد 1985", "ولد في 12 مارس 1990". */
function isBirth(words: readonly Word[], i: number): boolean {
  const text = words[i]!.text.replace(/^[وفب]/, '');
  const rest = words.slice(i + 1, i + 6).map((word) => word.text);
  if (text === 'مواليد') return rest.slice(0, 4).some((one) => YEAR.test(one));
  if (
    ![
      'ولد',
      'لد',
      'ولدت',
      'لدت',
      'المولود',
      'مولود',
      'ميلاد',
      'الميلاد',
      'ازداد',
      'المزداد',
      'ميلاده',
      'ميلادها',
      'ولادته',
      'ولادتها',
      'الولاده',
      'ولاده',
    ].includes(text)
  )
    return false;
  return rest.some((one) => YEAR.test(one)) && rest.slice(0, 3).some((one) => DIGITS.test(one));
}

function isNamer(words: readonly Word[], i: number): boolean {
  const [word, next] = [words[i]!, words[i + 1]];
  if (next === undefined || !isNear(next) || /^\d/.test(next.text)) return false;
  if (isOf(word, IS.namer)) return true;
  if (/:/.test(next.before) && /^(?:ال)?(?:اسم|لقب)(?:ه|ها)?$/.test(word.text.replace(/^و/, ''))) return true;
  if (word.text.replace(/^و/, '') === 'اسم' && isOf(next, IS.role)) return isNear(words[i + 2]);
  if (!isOf(word, IS.looseNamer)) return false;
  return !words.slice(Math.max(0, i - 4), i + 2).some((one) => isOf(one, IS.thing | IS.place));
}

const ARABIC = /[\u0620-\u064a]/;

/** The name or birth date of a person, in Arabic. */
export function holdsArabicName(plain: string): boolean {
  if (!ARABIC.test(plain)) return false;
  const words = arabicWords(plain);
  return words.some((word, i) => {
    if (isNamer(words, i) || isBirth(words, i) || isFullName(words, i) || isAged(words, i)) return true;
    return isOf(word, IS.title | IS.role | IS.deed) && isNamedAfter(words, i);
  });
}
