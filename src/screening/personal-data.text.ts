/** Letters after `foldText`: Latin without accents, and Arabic. */
export const LETTER = 'a-z\\u0620-\\u064a\\u0671-\\u06d3';

const MARK = /^[\p{M}\p{Cf}\u0640]$/u; // accents, vowel signs, zero-width and bidi marks, tatweel
const DASH = /^[\p{Pd}\u2212]$/u;
const UNUSUAL_ANYWHERE = /[^\n -~]/;
const UNUSUAL = /[^\n -~\u0621-\u0628\u062a-\u063a\u0641-\u0648\u064a]/g;

const PLAIN = new Map(
  Object.entries({
    '\u066b': '.',
    '\u066c': ',',
    '\u060c': ',',
    '\u066a': '%',
    '\u0629': '\u0647', // teh marbuta, often typed as heh
    '\u0649': '\u064a', // alef maksura, often typed as yeh
    '\u2019': "'",
  }),
);

const toPlain = (character: string): string => {
  const code = character.charCodeAt(0);
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
  if (character.trim() === '') return ' ';
  if (MARK.test(character)) return '';
  return DASH.test(character) ? '-' : character;
};

/** Cached: at most one entry per UTF-16 code unit. */
const plain = (character: string): string => {
  const known = PLAIN.get(character);
  if (known !== undefined) return known;
  const found = toPlain(character);
  PLAIN.set(character, found);
  return found;
};

/** The normalised copy for screening: one kind of digit, space and dash, no accents, no invisible marks. */
export const plainText = (text: string): string =>
  UNUSUAL_ANYWHERE.test(text) ? text.normalize('NFKD').replace(UNUSUAL, plain) : text;

export const foldText = (text: string): string => plainText(text).toLowerCase();

const toPattern = (word: string): string => foldText(word).replaceAll('.', '\\.').replaceAll(' ', ' ?');

/** Pattern alternatives from lists "one, two, three"; a space is optional in the text. */
export const anyOf = (...lists: readonly string[]): string =>
  `(?:${lists
    .flatMap((list) => list.split(', '))
    .map(toPattern)
    .join('|')})`;

/** A run of digits, split at its separators. */
export interface DigitRun {
  /** With sign and separators, as found. */
  readonly text: string;
  readonly digits: string;
  readonly groups: readonly string[];
  /** The separators between the groups. */
  readonly gaps: readonly string[];
}

// not after a Latin letter (an identifier), but right after an Arabic one: "and" and "by" are prefixes there
const RUN = /(?<![a-z\d])\+?\(?\d(?:[ .()/-]{0,3}\d){6,}\+?/g;

export const toDigitRun = (text: string): DigitRun => {
  const groups = text.match(/\d+/g) ?? [];
  const gaps = text.match(/(?<=\d)\D+(?=\d)/g) ?? [];
  return { text, digits: groups.join(''), groups, gaps };
};

/** Every run of seven or more digits. */
export const digitRuns = (text: string): DigitRun[] => (text.match(RUN) ?? []).map(toDigitRun);

/** Whether the last digit checks the others, as those of cards and devices do. */
export const isLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
};
