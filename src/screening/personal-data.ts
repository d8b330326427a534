import { z } from 'zod';
import { issue } from '../core/catalogue.ts';
import { holdsAccount } from './personal-data.accounts.ts';
import { holdsAddress } from './personal-data.addresses.ts';
import { holdsArabicName } from './personal-data.arabic-names.ts';
import { holdsBankAccount, isBankNumber } from './personal-data.banks.ts';
import { decodedTexts, undisguised } from './personal-data.disguises.ts';
import {
  holdsCaseNumber,
  holdsLooselyNamedDocument,
  holdsNamedDevice,
  holdsNamedDocument,
  isImei,
  isLongNumber,
  isNationalNumber,
  mentionsDocument,
} from './personal-data.documents.ts';
import { holdsEmail, mayHoldEmail } from './personal-data.emails.ts';
import { withoutHarmlessNumbers } from './personal-data.harmless.ts';
import { holdsLatinName } from './personal-data.names.ts';
import { holdsMachineReadable, holdsNamedPassport, holdsPassportNumber } from './personal-data.passports.ts';
import { isPhone } from './personal-data.phone-shapes.ts';
import { holdsLooselyNamedPhone, holdsNamedPhone } from './personal-data.phones.ts';
import { holdsPlate } from './personal-data.plates.ts';
import { holdsSpelledNumber } from './personal-data.spelled.ts';
import { digitRuns, plainText } from './personal-data.text.ts';

export type PersonalDataKind =
  | 'name'
  | 'address'
  | 'account'
  | 'bank'
  | 'phone'
  | 'email'
  | 'document'
  | 'plate'
  | 'imei';

const LONGEST_FREE_TEXT = 2000;
const DIGIT = /\p{N}/u;
const MOST_LAYERS = 2; // of encodings, one in another

/** The first kind of personal data that the text seems to contain, or undefined. Never returns the text itself. */
export function findPersonalData(text: string, layers = 0): PersonalDataKind | undefined {
  const found = findInWords(text);
  if (found || layers === MOST_LAYERS) return found;
  for (const decoded of decodedTexts(text)) {
    const hidden = findPersonalData(decoded, layers + 1);
    if (hidden) return hidden;
  }
  return undefined;
}

function findInWords(text: string): PersonalDataKind | undefined {
  const typed = plainText(text);
  if (mayHoldEmail(text) && holdsEmail(typed.toLowerCase())) return 'email';
  // file names and disguised numbers have underscores for spaces
  const plain = typed.replaceAll('_', ' ');
  const folded = plain.toLowerCase();
  if (plain !== typed && mayHoldEmail(plain) && holdsEmail(folded)) return 'email';
  if (holdsMachineReadable(folded)) return 'document';
  const number = DIGIT.test(text) ? findNumber(undisguised(folded)) : undefined;
  if (number) return number;
  if (holdsAccount(typed.toLowerCase())) return 'account';
  if (holdsSpelledNumber(folded)) return mentionsDocument(folded) ? 'document' : 'phone';
  if (holdsAddress(folded)) return 'address';
  return holdsLatinName(plain) || holdsArabicName(plain) ? 'name' : undefined;
}

// six digits with separators: the expensive rules need them, and most texts lack them
const LONG_NUMBER = /\d(?:[ .()/-]{0,3}\d){5}/;

const findNumber = (folded: string): PersonalDataKind | undefined => {
  const named = LONG_NUMBER.test(folded) ? findNamed(folded) : undefined;
  if (named) return named;
  const text = withoutHarmlessNumbers(folded);
  if (holdsPlate(text)) return 'plate';
  if (holdsNamedPassport(folded) || holdsPassportNumber(text) || holdsCaseNumber(folded)) return 'document';
  return LONG_NUMBER.test(text) ? findInRuns(text) : undefined;
};

const findNamed = (folded: string): PersonalDataKind | undefined => {
  if (holdsNamedDevice(folded)) return 'imei';
  if (holdsBankAccount(folded)) return 'bank';
  if (holdsNamedDocument(folded)) return 'document';
  return holdsNamedPhone(folded) ? 'phone' : undefined;
};

const findInRuns = (text: string): PersonalDataKind | undefined => {
  const runs = digitRuns(text);
  if (runs.some(isImei)) return 'imei';
  if (runs.some(isBankNumber)) return 'bank';
  if (runs.some(isNationalNumber) || holdsLooselyNamedDocument(text)) return 'document';
  if (runs.some(isPhone) || holdsLooselyNamedPhone(text)) return 'phone';
  return runs.some(isLongNumber) ? 'document' : undefined;
};

/** Short free text, refused if it seems to contain personal data; the issue names the kind, not the content. */
export const freeText = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(Math.min(maxLength, LONGEST_FREE_TEXT), { abort: true })
    .superRefine((text, context) => {
      const kind = findPersonalData(text);
      if (kind === undefined) return;
      context.addIssue({
        code: 'custom',
        message: issue('personal-data', { kind }),
        params: { personalData: kind },
      });
    });
