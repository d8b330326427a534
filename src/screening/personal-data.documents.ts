import { isHarmlessRun } from './personal-data.harmless.ts';
import { anyOf, type DigitRun, isLuhn, LETTER } from './personal-data.text.ts';

const DOCUMENT_WORDS = anyOf(
  'cin, c.i.n., c.i.n, nin, n.i.n, passport, passeport, id card, identity card, national id',
  "national number, carte d'identité, carte nationale d'identité, carte nationale, carte militaire",
  'carte professionnelle, military card, carte de séjour, titre de séjour, permis, residence permit',
  "driving licence, driving license, driver's licence, driver's license, driver licence",
  'driver license, laissez-passer, sécurité sociale, social security, social insurance, ssn, nss, cnss, cnas, casnos, cnrps',
  'assuré social, numéro d’assuré, tax id, matricule fiscal, matricule militaire, service number, refugee card, carte de réfugié, voter card',
  'student card, carte d’étudiant, unhcr card, badge no, badge number, badge n°',
  'numéro national, identifiant unique, identifiant national, matricule cnss, matricule cnas, military id, ppt, travel document, document de voyage, titre de voyage',
);
const ARABIC_DOCUMENT_WORDS = anyOf(
  'جواز, بطاقة تعريف, بطاقة التعريف, بطاقة الهوية, بطاقة هوية, بطاقة وطنية, البطاقة الوطنية, ب.ت.و',
  'بطاقة إقامة, الرقم الوطني, رقم وطني, رقم التعريف, رقم الهوية, رخصة السياقة, رخصة سياقة',
  'رخصة القيادة, رخصة قيادة, الضمان الاجتماعي, ضمان اجتماعي, التأمين الاجتماعي, رقم التأمين, وثيقة سفر',
);
const ID = `id(?<!(?:incident|report|zone|segment|event|external|case|record|crossing) id)(?: ?(?:no|number|n°|nr|#)|:)`;
const WORD = `(?:\\b(?:${DOCUMENT_WORDS}|${ID})(?![${LETTER}])|${ARABIC_DOCUMENT_WORDS})`;
const TOKEN = '(?<![a-z])[a-z]{0,3}[ -]?(\\d(?:[ ./-]?\\d){5,19})(?!\\d)';

const named = (mostBetween: number): RegExp =>
  new RegExp(`${WORD}[^\\d\\n;!?]{0,${mostBetween}}?${TOKEN}`, 'g');
const CLOSELY_NAMED = named(8);
const LOOSELY_NAMED = named(40); // up to five short words, such as "du conducteur est le n°"

const namesDocument = (pattern: RegExp, text: string): boolean => {
  for (const [, digits = ''] of text.matchAll(pattern)) if (!isHarmlessRun(digits)) return true;
  return false;
};

/** Any number right after a word such as "passport" or "بطاقة التعريف". */
export const holdsNamedDocument = (folded: string): boolean => namesDocument(CLOSELY_NAMED, folded);

/** A number within a few words of "passport" or "بطاقة التعريف"; for text without harmless numbers. */
export const holdsLooselyNamedDocument = (text: string): boolean => namesDocument(LOOSELY_NAMED, text);

// Algeria: 18 digits; Libya: 1 or 2 (sex), year of birth, 7 digits; Tunisia: 8 digits, here those that are not phone numbers
const NATIONAL_NUMBER = /^\d{18}$|^[12](?:19|20)\d{9}$|^[01]\d{7}$/;

// France: sex, year, month, department, commune, order and check, as written on cards
const SOCIAL_NUMBER = /^[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3}(?: ?\d{2})?$/;

/** A national number, in one piece or as the whole run. */
export const isNationalNumber = ({ text, digits, groups }: DigitRun): boolean =>
  groups.some((group) => NATIONAL_NUMBER.test(group)) ||
  SOCIAL_NUMBER.test(text) ||
  (digits.length >= 12 && NATIONAL_NUMBER.test(digits));

const LONG_GROUP = /^\d{11,}$/;

/** In one piece, and longer than what is counted or measured. */
export const isLongNumber = ({ groups }: DigitRun): boolean => groups.some((group) => LONG_GROUP.test(group));

// UNHCR: office, year, C, number
const CASE_NUMBER = /(?<!\d)\d{3}-\d{2}c\d{5}(?!\d)/;

export const holdsCaseNumber = (folded: string): boolean => CASE_NUMBER.test(folded);

/** 15 digits with a valid check digit. */
export const isImei = ({ digits, groups }: DigitRun): boolean =>
  [digits, ...groups].some((candidate) => candidate.length === 15 && isLuhn(candidate));

const MENTION = new RegExp(WORD);

/** Whether a text speaks of a document, so that a number in words is one's. */
export const mentionsDocument = (folded: string): boolean => MENTION.test(folded);

const NAMED_DEVICE = /(?:imei|imeisv|imsi|iccid)[^\d\n]{0,20}\d(?:[ ./-]?\d){13,19}/;

export const holdsNamedDevice = (folded: string): boolean => NAMED_DEVICE.test(folded);
