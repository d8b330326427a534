import { describe, expect, test } from '@jest/globals';
import { issue } from '../../src/core/catalogue.ts';
import { findPersonalData, freeText, type PersonalDataKind } from '../../src/screening/personal-data.ts';
import { repeated, SLOW_UNITS } from '../support/slow.texts.ts';
import { NEGATIVES } from './personal-data.negatives.ts';
import { POSITIVES, type Positive } from './personal-data.positives.ts';
import { SECOND_NEGATIVES } from './personal-data.second-negatives.ts';
import { SECOND_POSITIVES } from './personal-data.second-positives.ts';

const ratio = (part: number, whole: number): string =>
  `${((100 * part) / whole).toFixed(1)} % (${part}/${whole})`;

const screen = (positives: readonly Positive[], negatives: readonly string[]) => {
  const missed = positives.filter(([, text]) => findPersonalData(text) === undefined);
  const mistaken = positives.filter(([kind, text]) => findPersonalData(text) !== kind);
  const alarms = negatives.filter((text) => findPersonalData(text) !== undefined);
  const found = positives.length - missed.length;
  const summary = `recall ${ratio(found, positives.length)}, false alarms ${ratio(alarms.length, negatives.length)}`;
  return { missed, mistaken, alarms, summary };
};

describe('the corpus', () => {
  const known = screen(POSITIVES, NEGATIVES);
  const heldOut = screen(SECOND_POSITIVES, SECOND_NEGATIVES);
  process.stdout.write(`screening of free text: ${known.summary}; held out: ${heldOut.summary}\n`);

  test('is large enough to be meaningful', () => {
    expect(POSITIVES.length).toBeGreaterThanOrEqual(150);
    expect(NEGATIVES.length).toBeGreaterThanOrEqual(150);
    expect(SECOND_POSITIVES.length).toBeGreaterThanOrEqual(40);
    expect(SECOND_NEGATIVES.length).toBeGreaterThanOrEqual(40);
  });

  test('at least 95 % of personal data is found', () => {
    expect(known.missed.length).toBeLessThanOrEqual(0.05 * POSITIVES.length);
    expect(heldOut.missed.length).toBeLessThanOrEqual(0.05 * SECOND_POSITIVES.length);
  });

  test('at most 2 % of harmless texts are refused', () => {
    expect(known.alarms.length).toBeLessThanOrEqual(0.02 * NEGATIVES.length);
    expect(heldOut.alarms.length).toBeLessThanOrEqual(0.02 * SECOND_NEGATIVES.length);
  });

  test('the kind is correct for at least 95 % of the finds', () => {
    expect(known.mistaken.length).toBeLessThanOrEqual(0.05 * POSITIVES.length);
    expect(heldOut.mistaken.length).toBeLessThanOrEqual(0.05 * SECOND_POSITIVES.length);
  });
});

describe('digits in any script and spacing', () => {
  test.each<[PersonalDataKind, string, string]>([
    ['phone', 'Arabic-Indic', 'هاتف ٩٨ ١٢٣ ٤٥٦'],
    ['phone', 'Eastern Arabic-Indic', 'هاتف ۹۸ ۱۲۳ ۴۵۶'],
    ['phone', 'full-width', '９８ １２３ ４５６'],
    ['phone', 'mathematical', '𝟗𝟖 𝟏𝟐𝟑 𝟒𝟓𝟔'],
    ['phone', 'keycap emoji', '9\ufe0f\u20e38\ufe0f\u20e3 123 456'],
    ['phone', 'broken by zero-width spaces', '9\u200b8 1\u200c23 4\u200d56'],
    ['phone', 'between bidi marks', '\u202b98\u200f 123\u200e 456\u202c'],
    ['phone', 'with no-break and thin spaces', '98\u00a0123\u2009456'],
    ['phone', 'with a non-breaking hyphen', '98\u2011123\u2011456'],
    ['phone', 'with an en dash', '98–123–456'],
    ['phone', 'behind a stretched word', 'هـــاتف 98123456'],
    ['email', 'behind a full-width at sign', 'someone＠example.com'],
  ])('%s, %s', (kind, _how, text) => {
    expect(findPersonalData(text)).toBe(kind);
  });
});

describe('freeText', () => {
  test('trims and keeps the text as typed', () => {
    expect(freeText(200).parse('  حريق على مساحة ٢٠ هكتارا  ')).toBe('حريق على مساحة ٢٠ هكتارا');
  });

  test('refuses personal data with an issue that names the kind and not the content', () => {
    const { error } = freeText(200).safeParse('call 98 123 456');
    expect(error?.issues).toEqual([
      {
        code: 'custom',
        path: [],
        params: { personalData: 'phone' },
        message: issue('personal-data', { kind: 'phone' }),
      },
    ]);
  });

  test('refuses overlong text without screening it', () => {
    const { error } = freeText(20).safeParse(`98 123 456 ${'x'.repeat(20)}`);
    expect(error?.issues.map(({ code }) => code)).toEqual(['too_big']);
  });

  test('is never longer than 2,000 characters', () => {
    expect(freeText(5000).safeParse('x'.repeat(2001)).success).toBe(false);
    expect(freeText(5000).safeParse('x'.repeat(2000)).success).toBe(true);
  });
});

describe('texts designed to be slow', () => {
  test.each(SLOW_UNITS)('%j a thousand times is read as ten times', (unit) => {
    expect(findPersonalData(repeated(unit, 100_000))).toBe(findPersonalData(repeated(unit, 1000)));
  });
});
