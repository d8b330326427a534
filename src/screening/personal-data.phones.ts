import { isHarmlessRun, isPosition } from './personal-data.harmless.ts';
import { anyOf, toDigitRun } from './personal-data.text.ts';

const PHONES = anyOf(
  'tel, telephone, phone, fixe, fax, gsm, msisdn, whatsapp, whats app, watsap, wa, viber',
  'هاتف, تلفون, تليفون, جوال, موبايل, فاكس, واتس, واتساب, فايبر',
);
const RELATED = anyOf(
  'phoned, mobile, cell, portable, sim, sms, telegram, signal, imo',
  'call, called, dial, dialled, contact, appel, appeler, appelez, rappeler, joindre, joignable',
  'نقال, محمول, اتصل, اتصال',
);
const WORD = `(?:(?<![a-z])(?:(${PHONES})|${RELATED})s?(?![a-z])[\\u0620-\\u064a]{0,3})`;
const FILLER = anyOf(
  'number, num, numero, no, nr, n, is, was, est, le, the, on, au, رقم, الرقم, على, عدد, هو',
);
const RUN = '(\\+?\\(?\\d(?:[ .()/-]{0,3}\\d){5,19})(?![a-z\\d])';

const CLOSELY_NAMED = new RegExp(`${WORD}(?:[ .:;=#°*(-]{1,3}${FILLER}){0,3}[ .:;=#°*(-]{0,4}${RUN}`, 'g');
const LOOSELY_NAMED = new RegExp(`${WORD}[^\\d\\n]{0,30}?${RUN}`, 'g');

const FEWEST_DIGITS = 8;
const FEWEST_LOCAL_DIGITS = 6;

// six or seven digits only right after "phone" itself, and not a round number: "phones: 120 000"
const isLongEnough = (digits: string, fewest: number): boolean =>
  digits.length >= FEWEST_DIGITS || (digits.length >= fewest && !digits.endsWith('000'));

const namesPhone = (pattern: RegExp, text: string, fewestLocal: number): boolean => {
  for (const [, phone, run = ''] of text.matchAll(pattern)) {
    if (phone === undefined && isPosition(run)) continue; // "last contact 33.88694"
    const fewest = phone === undefined ? FEWEST_DIGITS : fewestLocal;
    if (isLongEnough(toDigitRun(run).digits, fewest) && !isHarmlessRun(run)) return true;
  }
  return false;
};

/** Any number right after a word such as "tel" or "هاتف". */
export const holdsNamedPhone = (folded: string): boolean =>
  namesPhone(CLOSELY_NAMED, folded, FEWEST_LOCAL_DIGITS);

/** A long number within a few words of "tel" or "هاتف"; for text without harmless numbers. */
export const holdsLooselyNamedPhone = (text: string): boolean =>
  namesPhone(LOOSELY_NAMED, text, FEWEST_DIGITS);
