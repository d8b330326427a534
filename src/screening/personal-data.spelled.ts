import { HUNDREDS, NUMBER_LINKS, REPEATERS, TEENS, TENS, UNITS } from './lists/number.words.ts';
import { bitsOf, type Word, wordsOf } from './personal-data.words.ts';

const IS = { unit: 1, teen: 2, ten: 4, hundred: 8, repeater: 16, link: 32 } as const;
const LISTS = bitsOf([
  [IS.unit, UNITS],
  [IS.teen, TEENS],
  [IS.ten, TENS],
  [IS.hundred, HUNDREDS],
  [IS.repeater, REPEATERS],
  [IS.link, NUMBER_LINKS],
]);
const VALUE = IS.unit | IS.teen | IS.ten | IS.hundred | IS.repeater;

const FEWEST_DIGITS = 7;
const FEWEST_WORDS = 2; // beside digits; words alone need four for seven digits
const JOINED = /^(?:[^.;!?\n]{0,3}|\.)$/;

const HINT = new RegExp(
  `(?:zero|one|two|three|four|five|six|seven|eight|nine|deux|trois|quatre|cinq|sept|huit|neuf|cent|${'صفر|واحد|اثن|ثلاث|اربع|خمس|ست|سبع|ثما|تسع'})`,
);
const AND = /^و(?=.{2})/;

function numberWords(folded: string): Word[] {
  const words = wordsOf(folded, LISTS);
  // "و" joins the word after it
  for (const word of words) if (word.lists === 0) word.lists = LISTS.get(word.text.replace(AND, '')) ?? 0;
  return words;
}

/** Whether a row of number words, with digits among them, has as many digits as a phone or document number. */
export function holdsSpelledNumber(folded: string): boolean {
  if (!HINT.test(folded)) return false;
  let row: Word[] = [];
  for (const word of numberWords(folded)) {
    const isNumber = (word.lists & (VALUE | IS.link)) !== 0 || /^\d+$/.test(word.text);
    if (isNumber && JOINED.test(word.before)) row.push(word);
    else {
      if (isLong(row)) return true;
      row = isNumber ? [word] : [];
    }
  }
  return isLong(row);
}

function isLong(row: readonly Word[]): boolean {
  const spoken = row.filter(({ lists }) => (lists & VALUE) !== 0);
  return (
    spoken.length >= FEWEST_WORDS && digitsOf(row.filter(({ lists }) => lists !== IS.link)) >= FEWEST_DIGITS
  );
}

/** Digits of the numbers that the words say: "vingt-deux" has two, "cent vingt-trois" three. */
function digitsOf(row: readonly Word[]): number {
  let digits = 0;
  for (let i = 0; i < row.length; ) {
    const [length, words] = numberAt(row, i);
    digits += length;
    i += words;
  }
  return digits;
}

const is = (word: Word | undefined, bits: number): boolean => word !== undefined && (word.lists & bits) !== 0;

function numberAt(row: readonly Word[], i: number): [digits: number, words: number] {
  const [word, next] = [row[i]!, row[i + 1]];
  if (/^\d/.test(word.text)) return [word.text.length, 1];
  if (is(word, IS.repeater)) return is(next, IS.unit) ? [word.text === 'triple' ? 3 : 2, 2] : [0, 1];
  if (is(word, IS.hundred)) return [3, 1 + belowHundred(row, i + 1)];
  if (is(word, IS.unit) && is(next, IS.hundred)) return [3, 2 + belowHundred(row, i + 2)];
  const words = belowHundred(row, i);
  return [is(word, IS.unit) && words === 1 ? 1 : 2, Math.max(1, words)];
}

/** How many words from `i` on say one number below a hundred. */
function belowHundred(row: readonly Word[], i: number): number {
  const [word, next, last] = [row[i], row[i + 1], row[i + 2]];
  if (is(word, IS.unit) && next?.text.startsWith('vingt'))
    return is(last, IS.teen | IS.unit) ? 3 + teenUnit(row, i + 2) : 2;
  if (is(word, IS.ten)) return is(next, IS.teen | IS.unit) ? 2 + teenUnit(row, i + 1) : 1;
  if (is(word, IS.teen)) return 1 + teenUnit(row, i);
  // Arabic says the unit first: "ثمانية وتسعون"
  if (is(word, IS.unit)) return next && AND.test(next.text) && is(next, IS.ten) ? 2 : 1;
  return 0;
}

/** "dix-sept" is two words. */
const teenUnit = (row: readonly Word[], i: number): number =>
  row[i]?.text === 'dix' && ['sept', 'huit', 'neuf'].includes(row[i + 1]?.text ?? '') ? 1 : 0;
