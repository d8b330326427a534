import { IS, isKnown, isNameLike, isOf, latinWords } from './personal-data.latin-lists.ts';
import type { Word } from './personal-data.words.ts';

/*
 * Names of persons in Latin script. A word with a capital is a name only beside a sign of one: a title, a rank, a role,
 * "named", a deed such as "arrested", an age, a birth date, or a common given name.
 */

/** A name as read from a text. */
interface Name {
  /** The word after it. */
  end: number;
  /** readonly Word[] with a capital, known ones among them. */
  capitals: number;
  known: number;
  /** Initials with a point, and words that end as family names of the region do. */
  signs: number;
  /** Known words without a capital. */
  small: number;
}

const MOST_WORDS = 6;
const JOINED = /^[ '.-]{1,2}$/;
const SPACED = /^[ .:,"'«»“”(‘’-]{1,5}$/;

/** The name that begins at a word. */
function nameAt(words: readonly Word[], first: number): Name | undefined {
  const name: Name = { end: first, capitals: 0, known: 0, signs: 0, small: 0 };
  for (let i = first; i < words.length && i < first + MOST_WORDS; i++) {
    const word = words[i]!;
    if (i > first && !JOINED.test(word.before)) break;
    if (isOf(word, IS.place)) break;
    const isName = isKnown(word) || isNameLike(word);
    if (!isName && !isOf(word, IS.particle) && !isInitial(word)) break;
    if (isInitial(word) ? words[i + 1]?.before.startsWith('.') : isName && FAMILY_SHAPE.test(word.text))
      name.signs++;
    if (!isName) continue;
    if (isKnown(word)) word.isCapital ? name.known++ : name.small++;
    if (word.isCapital) name.capitals++;
    name.end = i + 1;
  }
  return name.capitals + name.small > 0 ? name : undefined;
}

// "Mzali", "Bouraoui", "Benattia"
const FAMILY_SHAPE =
  /^(?:ben|bou|bel|abd)[a-z]{4,}$|.{2}(?:oui|awi|ali|ani|ari|adi|edi|idi|ouni|ouri|oudi|oubi|oussi|assi|issi|azzi|ezzi|rbi|rgui|chi|mi|eri|eli|ili|iti|ati|dhi|ouch|eddine|allah)$/;

const isInitial = ({ text, isCapital }: Word): boolean => isCapital && text.length === 1;

/** Two words, or one that is a known name. */
const isFull = (name: Name | undefined): name is Name =>
  name !== undefined && (name.known + name.small + name.signs > 0 || name.capitals > 1);

/** The first word from `i` on that is not on the lists; undefined after a sentence or too many. */
function skip(words: readonly Word[], i: number, bits: number, most: number): number | undefined {
  for (let at = i; at < words.length && at <= i + most; at++) {
    if (!SPACED.test(words[at]!.before)) return undefined;
    if (!isOf(words[at]!, bits) || isKnown(words[at]!)) return at;
  }
  return undefined;
}

const afterSkipping = (words: readonly Word[], i: number, bits: number, most: number): Name | undefined => {
  const at = skip(words, i, bits, most);
  return at === undefined ? undefined : nameAt(words, at);
};

const isTitle = (word: Word, next: Word | undefined): boolean =>
  isOf(word, IS.title) || (word.text === 'm' && word.isCapital && next?.before === '. ');

const RANKED = IS.rank | IS.office | IS.title;

function followsTitle(words: readonly Word[], i: number): boolean {
  const word = words[i]!;
  if (isTitle(word, words[i + 1])) return afterSkipping(words, i + 1, RANKED, 2) !== undefined;
  if (isOf(word, IS.rank))
    return afterSkipping(words, i + 1, RANKED, 3) !== undefined || followsLogis(words, i);
  return isOf(word, IS.office) && isFull(afterSkipping(words, i + 1, RANKED, 2));
}

const followsLogis = (words: readonly Word[], i: number): boolean =>
  words[i + 2]?.text === 'logis' && nameAt(words, i + 3) !== undefined;

function followsRole(words: readonly Word[], i: number): boolean {
  if (!isOf(words[i]!, IS.role | IS.otherRole)) return false;
  const next = nameAt(words, i + 1);
  if (next && SPACED.test(words[i + 1]!.before)) {
    const { before } = words[i + 1]!;
    if (isFull(next) || (isOf(words[i]!, IS.role) && /^ $|:/.test(before))) return true;
  }
  return isFull(afterSkipping(words, i + 1, IS.filler | IS.otherRole | IS.namer, 3));
}

/** "named X", "alias X", "name: X", but not "a camp named X". */
function followsNamer(words: readonly Word[], i: number): boolean {
  const word = words[i]!;
  const [isNamer, isLabel] = [isOf(word, IS.namer), isOf(word, IS.label)];
  if (!isNamer && !isLabel && !isPhrase(words, i)) return false;
  if (words.slice(Math.max(0, i - 4), i).some((one) => isOf(one, IS.thing))) return false;
  const next = words[i + 1];
  if (!next) return false;
  if (isLabel && !/:/.test(next.before) && !LINKS.has(next.text) && word.text !== 'appelle' && !isNamer)
    return (nameAt(words, i + 1)?.known ?? 0) > 0;
  if (isLabel && isShoutedLabel(words, next)) return true;
  if (/["«“]/.test(next.before) && !isOf(next, IS.thing | IS.place)) return true;
  const at = skip(words, i + 1, IS.filler, 3);
  if (at === undefined) return false;
  return nameAt(words, at) !== undefined || (isLabel && words[at]!.isShouted);
}

/** "NOM : X" in a text without small letters. */
const isShoutedLabel = (words: readonly Word[], next: Word): boolean =>
  /:/.test(next.before) &&
  next.text.length > 2 &&
  !isOf(next, IS.harmless | IS.place | IS.thing | IS.placeBefore | IS.placeAfter) &&
  words.every(({ isCapital }) => !isCapital);

const LINKS = new Set(['is', 'as', 'est', 'of', 'de']);
const PHRASES = new Set([
  'known as',
  'connu sous',
  'connue sous',
  'identified as',
  'identifie comme',
  'called himself',
]);
const isPhrase = (words: readonly Word[], i: number): boolean =>
  i > 0 && PHRASES.has(`${words[i - 1]!.text} ${words[i]!.text}`);

/** "arrested X", "arrestation de X". */
function followsDeed(words: readonly Word[], i: number): boolean {
  if (!isOf(words[i]!, IS.deed)) return false;
  const at = skip(words, i + 1, IS.filler | IS.deed | IS.role | IS.otherRole, 5);
  if (at === undefined) return false;
  const name = nameAt(words, at);
  const goesTo = words[at - 1]!.text === 'to' && !SPEECH.has(words[i]!.text);
  return goesTo ? name !== undefined && name.known > 0 : isFull(name);
}

const SPEECH = new Set(['spoke', 'spoken', 'talked', 'belongs', 'said']);

/** "X was arrested", "X a été interpellé". */
function precedesDeed(words: readonly Word[], { end, known }: Name): boolean {
  const at = skip(words, end, IS.auxiliary, 4);
  if (at === undefined || !isOf(words[at]!, IS.deed)) return false;
  return known > 0 || at > end;
}

const NUMBER = /^\d+$/;
const AGE = /^\d{1,2}$/;
const YEARS = new Set(['years', 'year', 'yo', 'yrs', 'ans', 'an', 'y', 'months', 'mois']);
const AGED = new Set(['aged', 'age', 'agee']);
const BORN = new Set(['born', 'ne', 'nee', 'dob', 'naissance', 'birth', 'nes']);

/** "X, 34", "X (34)", "X, aged 34", "X, born". */
function precedesAge(words: readonly Word[], { end }: Name): boolean {
  const [next, after] = [words[end], words[end + 1]];
  if (!next) return false;
  if (AGED.has(next.text) || BORN.has(next.text)) return SPACED.test(next.before);
  if (!AGE.test(next.text) || !/^ ?[,(] ?$|^ $/.test(next.before)) return false;
  if (after && YEARS.has(after.text)) return true;
  return /[,(]/.test(next.before) && (after === undefined || /^ ?[,).;]/.test(after.before));
}

/** "aged 12, X", "âgé de 34 ans, X". */
function followsAge(words: readonly Word[], i: number): boolean {
  if (!AGED.has(words[i]!.text)) return false;
  let at = i + 1;
  while (
    at < words.length &&
    at < i + 5 &&
    (NUMBER.test(words[at]!.text) || YEARS.has(words[at]!.text) || words[at]!.text === 'de')
  )
    at++;
  return at > i + 1 && words[at] !== undefined && /,/.test(words[at]!.before) && isFull(nameAt(words, at));
}

const YEAR = /^(?:19[2-9]\d|20[01]\d)$/;
const DAY = /^(?:0?[1-9]|[12]\d|3[01])$/;
const BIRTH_LINKS = new Set(['on', 'le', 'la', 'en', 'in', 'est', 'is', 'au', 'vers', 'around']);

/** "born on 4 May 1990", "né en 1985". */
function isBirth(words: readonly Word[], i: number): boolean {
  if (!BORN.has(words[i]!.text)) return false;
  let at = i + 1;
  while (at < words.length && at < i + 4 && BIRTH_LINKS.has(words[at]!.text)) at++;
  const rest = words.slice(at, at + 3).map(({ text }) => text);
  if (rest[0] === undefined || !NUMBER.test(rest[0])) return false;
  return YEAR.test(rest[0]) || (DAY.test(rest[0]) && rest.slice(1).some((text) => YEAR.test(text)));
}

/** A common given name and another name: "Salah Touati", "Houcine B.", "A. Bouazizi". */
function isFullName(words: readonly Word[], i: number, name: Name): boolean {
  const word = words[i]!;
  if (isOf(word, IS.given) && isKnown(word) && isKinship(words, i + 1)) return true;
  if (name.small > 1) return true;
  if (isOf(word, IS.given) && isKnown(word) && word.isCapital) {
    if (name.capitals > 1) return true;
    if (!isOf(word, IS.wordName | IS.harmless) && word.text.length > 3) return true;
    const [next, after] = [words[i + 1], words[i + 2]];
    return next !== undefined && next.before === ' ' && isInitial(next) && !/^$/.test(after?.before ?? '.');
  }
  return word.isCapital && (name.known > 1 || (name.capitals > 1 && isBesideFamily(words, i)));
}

/** "Makram Sboui": any word before a common family name, or one of its shape. */
const isBesideFamily = (words: readonly Word[], i: number): boolean => {
  const [word, next] = [words[i]!, words[i + 1]!];
  if (!isNameLike(word) || isOf(word, IS.particle) || next.before !== ' ') return false;
  return (
    (isOf(next, IS.family) && isKnown(next) && !isOf(next, IS.wordName)) ||
    /(?:oui|awi|^ben[a-z]{4,})$/.test(next.text)
  );
};

/** "taher ben hassine", also where the last word is on no list. */
const isKinship = (words: readonly Word[], i: number): boolean => {
  const [link, last] = [words[i], words[i + 1]];
  if (!link || !last || !KINSHIP.has(link.text) || link.before.length !== 1 || last.before.length !== 1)
    return false;
  return last.text.length > 2 && !isOf(link, IS.place) && !isOf(last, IS.place | IS.filler | IS.harmless);
};

const isInitialed = (words: readonly Word[], i: number): boolean =>
  isInitial(words[i]!) && /^\. ?$/.test(words[i + 1]?.before ?? '') && isSigned(nameAt(words, i + 1));

const isSigned = (name: Name | undefined): boolean => name !== undefined && name.known + name.signs > 0;

const isLinked = (words: readonly Word[], i: number, name: Name): boolean =>
  isNameLike(words[i]!) &&
  name.capitals > 1 &&
  words.slice(i + 1, name.end).some(({ text }) => KINSHIP.has(text));
const KINSHIP = new Set(['ben', 'bin', 'ibn', 'ould', 'wuld', 'bent', 'bint']);

/** The name or birth date of a person, in English and French. */
export function holdsLatinName(plain: string): boolean {
  const words = latinWords(plain);
  return words.some((word, i) => !isOf(word, IS.place) && isNamedAt(words, i));
}

// "off Abu Basla", "the Nadir", "Al Sharif"
const BEFORE_PLACES = new Set(
  'in at near off towards around beyond outside inside vers entre between dans the'.split(' '),
);
const ARTICLES = new Set(['al', 'el', 'abu', 'abou']);

/** What stands before a name says that it is of a place or a thing. */
const isOfPlace = (words: readonly Word[], i: number): boolean => {
  const [word, previous] = [words[i]!, words[i - 1]];
  if (ARTICLES.has(word.text) && BEFORE_PLACES.has(previous?.text ?? '')) return true;
  if (!previous || !JOINED.test(word.before)) return false;
  if (BEFORE_PLACES.has(previous.text)) return true;
  return (
    ARTICLES.has(previous.text) &&
    !(words[i - 2] && isNameLike(words[i - 2]!) && JOINED.test(previous.before))
  );
};

function isNamedAt(words: readonly Word[], i: number): boolean {
  const { lists, isCapital, text } = words[i]!;
  if (lists === 0 && !isCapital && !BORN.has(text) && !AGED.has(text)) return false;
  if (followsTitle(words, i) || followsRole(words, i) || followsNamer(words, i) || followsDeed(words, i))
    return true;
  if (followsAge(words, i) || isBirth(words, i) || isInitialed(words, i)) return true;
  const name = nameAt(words, i);
  if (!name || isOfPlace(words, i)) return false;
  if (isFullName(words, i, name) || isLinked(words, i, name)) return true;
  return isFull(name) && (precedesAge(words, name) || precedesDeed(words, name));
}
