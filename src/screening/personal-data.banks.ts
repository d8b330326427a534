import { isHarmlessRun } from './personal-data.harmless.ts';
import { anyOf, type DigitRun, isLuhn, LETTER } from './personal-data.text.ts';

const WORDS = anyOf(
  'iban, rib, ccp, account no, account number, account n°, acct, bank account, compte bancaire, compte postal, compte courant, compte n°',
  'compte rib, compte no, numero de compte, carte bancaire, bank card, credit card, swift',
  'رقم الحساب, حساب بنكي, الحساب البنكي, حساب رقم, حساب عدد, رقم حساب, حساب بريدي, الحساب البريدي, الحساب الجاري, بطاقة بنكية',
);
const NAMED = new RegExp(
  `(?:\\b|(?<=[\\u0620-\\u064a] ?))${WORDS}(?![a-z])[^\\d\\n;!?]{0,16}(\\d(?:[ ./-]?\\d){5,23})(?!\\d)`,
  'g',
);

// A country, two check digits and an account: 15 to 34 signs, mostly digits. Wrong check digits are refused too.
const IBAN = new RegExp(
  `(?<![${LETTER}\\d])[a-z]{2}\\d{2}(?=(?:[ -]?[a-z]?\\d|[ -]?[a-z]){11,30}(?![a-z\\d]))(?:[ -]?[a-z\\d]{2,4}){2,3}(?:[ -]?\\d{2,4}){2,7}[a-z\\d]{0,3}(?![${LETTER}\\d])`,
);
const SPACED_IBAN = new RegExp(
  `(?<![${LETTER}\\d])(?:it|mt|gb|nl|fr|mc|sm) ?[a-z\\d]{2} ?[a-z]?\\d{2,4}[a-z\\d ]{10,26}\\d(?![${LETTER}])`,
);

/** A bank account in the international form, or any number after "RIB", "compte bancaire", "رقم الحساب". */
export const holdsBankAccount = (folded: string): boolean => {
  for (const [, digits = ''] of folded.matchAll(NAMED)) if (!isHarmlessRun(digits)) return true;
  return IBAN.test(folded) || isSpacedIban(folded);
};

const isSpacedIban = (folded: string): boolean =>
  folded.includes('iban') && SPACED_IBAN.test(folded.replace(/[ -]+/g, ' '));

const RIB_LENGTH = 20; // Algeria and Tunisia

/** A card with a valid check digit, or an account of twenty digits. */
export const isBankNumber = ({ digits, groups }: DigitRun): boolean =>
  groups.some((group) => group.length === RIB_LENGTH) ||
  (digits.length === 16 && isLuhn(digits)) ||
  (digits.length === RIB_LENGTH && groups.length < 8);
