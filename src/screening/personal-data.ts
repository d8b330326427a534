import { z } from 'zod';
import { issue } from '../core/catalogue.ts';
import {
  holdsLooselyNamedDocument,
  holdsNamedDevice,
  holdsNamedDocument,
  holdsPassportNumber,
  isImei,
  isNationalNumber,
} from './personal-data.documents.ts';
import { holdsEmail, mayHoldEmail } from './personal-data.emails.ts';
import { withoutHarmlessNumbers } from './personal-data.harmless.ts';
import { isPhone } from './personal-data.phone-shapes.ts';
import { holdsLooselyNamedPhone, holdsNamedPhone } from './personal-data.phones.ts';
import { holdsPlate } from './personal-data.plates.ts';
import { digitRuns, foldText } from './personal-data.text.ts';

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

/** The first kind of personal data that the text seems to contain, or undefined. Never returns the text itself. */
export function findPersonalData(text: string): PersonalDataKind | undefined {
  const hasDigits = DIGIT.test(text);
  const isSuspect = mayHoldEmail(text);
  if (!hasDigits && !isSuspect) return undefined;
  const folded = foldText(text);
  if (isSuspect && holdsEmail(folded)) return 'email';
  return hasDigits ? findNumber(folded) : undefined;
}

// six digits with separators: the expensive rules need them, and most texts lack them
const LONG_NUMBER = /\d(?:[ .()/-]{0,3}\d){5}/;

const findNumber = (folded: string): PersonalDataKind | undefined => {
  const named = LONG_NUMBER.test(folded) ? findNamed(folded) : undefined;
  if (named) return named;
  const text = withoutHarmlessNumbers(folded);
  if (holdsPlate(text)) return 'plate';
  if (holdsPassportNumber(text)) return 'document';
  return LONG_NUMBER.test(text) ? findInRuns(text) : undefined;
};

const findNamed = (folded: string): PersonalDataKind | undefined => {
  if (holdsNamedDevice(folded)) return 'imei';
  if (holdsNamedDocument(folded)) return 'document';
  return holdsNamedPhone(folded) ? 'phone' : undefined;
};

const findInRuns = (text: string): PersonalDataKind | undefined => {
  const runs = digitRuns(text);
  if (runs.some(isImei)) return 'imei';
  if (runs.some(isNationalNumber) || holdsLooselyNamedDocument(text)) return 'document';
  return runs.some(isPhone) || holdsLooselyNamedPhone(text) ? 'phone' : undefined;
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
