import { anyOf, LETTER } from './personal-data.text.ts';

const WORDS = anyOf(
  'passport, passports, passeport, passeports, pass, pp, ppt, travel document, document de voyage, titre de voyage',
  'holder of, bearer of, titulaire de, titulaire du',
);
const ARABIC_WORDS = anyOf('جواز السفر, جواز سفر, جواز, جوازه, وثيقة سفر, وثيقة السفر, ج.س, حامل');
const FILLER = anyOf(
  'number, num, numero, no, nr, n, is, est, le, the, a, de, du, libyan, libyen, tunisian, tunisien, algerian, algerien, biometric, biometrique',
  'رقم, عدد, رقمه, ليبي, ليبية, تونسي, تونسية, جزائري, جزائرية',
);
const SIGNS = '[ .,:#/°-]';
// letters and digits mixed, as Libya and France number them; or a letter apart from its digits
const MIXED = '(?=[a-z\\d]{6,10}(?![a-z\\d]))(?=\\d*[a-z])(?=(?:[a-z]*\\d){3})[a-z\\d]+';
const APART = `[${LETTER}]{1,2}[ ./-]\\d(?:[ ./-]?\\d){5,7}(?!\\d)`;
const NAMED = new RegExp(
  `(?:(?<![${LETTER}])${WORDS}|${ARABIC_WORDS})(?:${SIGNS}{1,3}${FILLER}(?![${LETTER}])){0,4}${SIGNS}{1,4}(?:${MIXED}|${APART})`,
);
const BEFORE_WORD = new RegExp(
  `(?<![${LETTER}\\d])[a-z]{1,2}[ .-]?\\d{6,8}(?!\\d)[^\\d\\n;!?]{0,16}(?:passport|passeport|جواز)`,
);

// ICAO 9303: document, country, names; then number, country, birth, sex, expiry
const MACHINE_READABLE =
  /(?<![a-z])[piavc][a-z<][a-z]{3}[a-z\d<]{2,40}?<<[a-z\d<]|[a-z\d<]{9}\d[a-z]{3}\d{6,7}[mfx<]\d{6}/;

/** The lines of a passport that machines read. */
export const holdsMachineReadable = (folded: string): boolean =>
  folded.includes('<') && MACHINE_READABLE.test(folded);

/** Any number of a passport's form beside the word. */
export const holdsNamedPassport = (folded: string): boolean => NAMED.test(folded) || BEFORE_WORD.test(folded);

// excludes grid axes (n, s, e, w, o, x, y) and common abbreviations before a number
const NUMBER = new RegExp(
  `(?<![${LETTER}\\d][-./_]?)(?!(?:[nsewoytz]|km|pk|rn|no|nr)\\d|x\\d{6}(?!\\d))[a-z]{1,2}\\d{6,8}(?![${LETTER}\\d])`,
);
const AXIS = new RegExp(`(?<![${LETTER}\\d][-./_]?)[nsewoxyz]=?(?=\\d{6,7}(?![${LETTER}\\d.]))`, 'g');
const GRID = /utm|zone|grid|grille|lambert|mgrs|easting|northing/;

/** Letters and digits in the form of passport numbers. A letter of an axis counts where no other axis is near. */
export const holdsPassportNumber = (text: string): boolean =>
  NUMBER.test(text) || (!GRID.test(text) && text.match(AXIS)?.length === 1);
