import { anyOf, LETTER } from './personal-data.text.ts';

const PLATE_WORDS = anyOf(
  'plate, plates, plaque, plaques, immatriculation, immatriculé, immatriculée, immatriculés',
  'matricule, registration no, registration number, registration plate, vehicle registration',
  'car registration, reg no',
);
const ARABIC_PLATE_WORDS = anyOf(
  'لوحة, لوحت, لوحات, ترقيم, رقم التسجيل, رقم تسجيل, منجمي, منجمية, رقم السيارة, رقم المركبة',
  'رقم الشاحنة, سيارة رقم, مركبة رقم, شاحنة رقم',
);
const WORD = `(?:\\b${PLATE_WORDS}(?![${LETTER}])|${ARABIC_PLATE_WORDS}[${LETTER}]{0,3})`;
const FILLER = anyOf(
  'number, no, n°, nr, is, est, du, de la, vehicule, رقم, عدد, ليبية, جزائرية, تونسية, معدنية',
);
// excludes short words between "plate" and a time or a count
const LETTERS =
  '(?!(?:at|to|on|in|of|by|the|and|for|le|la|les|de|du|des|au|a|et|en|sur|pk|km|rn)[ -])[a-z]{1,3}';
// a short number, or letters with digits, right after the word, or a longer number within a few words
const CLOSE = `(?:[ .:=#]{1,3}${FILLER}){0,3}[ .:=#]{0,3}(?:(?!20\\d\\d(?!\\d))\\d{4,}|${LETTERS}[ -]?\\d{3,4}|${LETTERS}[ -]?\\d{1,4}[ -]?[a-z]{1,3}(?![a-z]))`;
const DISTANT = '[^\\d\\n;!?]{0,30}?(?:\\d[ .-]{0,3}){5,11}';
const NAMED = `${WORD}(?:${CLOSE}|${DISTANT})`;

const SERIES = anyOf('تونس, تو, tunisie, tunisia, tunis, tun, tu, tn');
const BREAK_BEFORE = `(?<![${LETTER}\\d]|\\d[ .-])`;
const BREAK_AFTER = '(?![ .-]?\\d)';
const VEHICLE = anyOf(
  'car, truck, lorry, pick-up, pickup, camion, voiture, véhicule, vehicle, سيارة, شاحنة, مركبة',
);

const BARE = [
  // Tunisia: a series of up to three digits and a number of up to four; one of them is long
  `${BREAK_BEFORE}(?:\\d{2,3}[ -]?${SERIES}[ -]?(?!20[0-4]\\d)\\d{3,4}|\\d{3}[ -]?${SERIES}[ -]?\\d{4}|\\d{3,4}[ -]?${SERIES}[ -]?\\d{2,3})${BREAK_AFTER}`,
  `(?<![${LETTER}])(?:rs|nt|ن ?\\.? ?ت)[ .-]{0,2}\\d{4,6}${BREAK_AFTER}`,
  // Algeria: number, category and year, wilaya
  `${BREAK_BEFORE}\\d{5,6}( ?[ ./-] ?)[1-9]\\d{2}\\1(?:0[1-9]|[1-6]\\d)${BREAK_AFTER}`,
  // Libya: city and number
  `${BREAK_BEFORE}[1-9]\\d? ?- ?\\d{6,7}${BREAK_AFTER}`,
  `${VEHICLE}[^\\d\\n]{0,20}[1-9]\\d? ?- ?\\d{5}${BREAK_AFTER}`,
  // France and similar styles
  `(?<![${LETTER}\\d-])[a-z]{2}-\\d{3}-[a-z]{2}(?![${LETTER}\\d-])`,
];
const PLATE = new RegExp([NAMED, ...BARE].join('|'));

/** Plates of the three countries, and any number after a word such as "plaque" or "لوحة". */
export const holdsPlate = (text: string): boolean => PLATE.test(text);
