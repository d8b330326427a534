import { getCountries, getCountryCallingCode, isValidPhoneNumber, Metadata } from 'libphonenumber-js/min';
import { isCompactDate } from './personal-data.harmless.ts';
import type { DigitRun } from './personal-data.text.ts';

const FEWEST_INTERNATIONAL_DIGITS = 9;
const MOST_INTERNATIONAL_DIGITS = 15; // ITU-T E.164
const SATELLITE_LENGTHS: [code: string, lengths: number[]][] = [
  ['870', [9, 12]],
  ['881', [9, 10]],
  ['882', [7, 8, 9, 10, 11, 12]],
  ['883', [8, 9, 10, 11, 12]],
];

/** Valid number lengths per calling code: a lookup table, because parsing a candidate takes 30 µs. */
const readLengths = (): Map<string, Set<number>> => {
  const lengths = new Map(SATELLITE_LENGTHS.map(([code, list]) => [code, new Set(list)]));
  const metadata = new Metadata();
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country);
    metadata.selectNumberingPlan(country);
    const known = metadata.numberingPlan?.possibleLengths() ?? [];
    lengths.set(code, new Set([...(lengths.get(code) ?? []), ...known]));
  }
  return lengths;
};

const LENGTHS = readLengths();

const isPossibleInternational = (digits: string): boolean => {
  if (digits.length < FEWEST_INTERNATIONAL_DIGITS) return false;
  for (let size = 1; size <= 3; size++) {
    const lengths = LENGTHS.get(digits.slice(0, size));
    if (!lengths) continue;
    const national = digits.length - size;
    return lengths.has(national) || (digits[size] === '0' && lengths.has(national - 1)); // "+33 (0)6 …"
  }
  return false;
};

const DEGREES = /^\+\d{1,2}\.\d{4,}$/; // a signed coordinate, and the phone format of domain registrars

const isSignedPhone = (run: DigitRun, digits: string): boolean =>
  DEGREES.test(run.text) ? isValidPhoneNumber(run.text) : isPossibleInternational(digits);

// With the trunk prefix (landlines of 9 digits only in Algeria and Libya), or the three country codes without a sign.
const NATIONAL = /^0(?:[1-9]\d{8}|[2-8]\d{7})$|^2(?:13[2-7]\d{8}|16[2-579]\d{7}|18[2-9]\d{8})$/;

// Without trunk prefix: all of Tunisia, and Algerian and Libyan mobiles without their zero.
const BARE = /^[2-579]\d{7}$|^[5-7]\d{8}$|^9[1-6]\d{7}$/;
const BARE_SHAPES = new Set(
  '8 2-3-3 2-2-2-2 2-6 3-3-2 3-2-3 5-3 3-5 1-1-1-1-1-1-1-1 9 3-2-2-2 2-7 2-3-4'.split(' '),
);
const DOTTED_DECIMAL = /^(?:[1-5]\d|\d{3,})\.\d+$/;

/** Whether the groups `first` to `next` are separate from their surroundings and grouped like phone numbers. */
const isBare = ({ groups, gaps }: DigitRun, first: number, next: number): boolean => {
  const inner = new Set(gaps.slice(first, next - 1));
  // the same separator around it: this is a part of a longer number
  const goesOn = [gaps[first - 1], gaps[next - 1]].some((gap) => gap !== undefined && inner.has(gap));
  const parts = groups.slice(first, next);
  if (inner.size > 1 || goesOn || isCompactDate(parts[0] ?? '')) return false;
  if (inner.has('.') && DOTTED_DECIMAL.test(parts.join('.'))) return false;
  return BARE_SHAPES.has(parts.map((part) => part.length).join('-'));
};

const isPhoneFrom = (run: DigitRun, first: number): boolean => {
  const isSigned = first === 0 && run.text.includes('+');
  if (!isSigned && /^[18]/.test(run.groups[first] ?? '')) return false;
  let digits = '';
  for (let next = first; next < run.groups.length && digits.length <= MOST_INTERNATIONAL_DIGITS; ) {
    digits += run.groups[next++];
    if (isSigned && isSignedPhone(run, digits)) return true;
    if (digits.startsWith('00') && isPossibleInternational(digits.slice(2))) return true;
    if (NATIONAL.test(digits)) return true;
    if (BARE.test(digits) && isBare(run, first, next)) return true;
  }
  return false;
};

/** Has the form of a phone number of the three countries or of an international one. */
export const isPhone = (run: DigitRun): boolean => run.groups.some((_, first) => isPhoneFrom(run, first));
