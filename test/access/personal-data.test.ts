import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { issue } from '../../src/core/catalogue.ts';
import { findPersonalData, freeText, type PersonalDataKind } from '../../src/screening/personal-data.ts';
import { repeated, SLOW_UNITS } from '../support/slow.texts.ts';
import { FINAL_NEGATIVES } from './personal-data.final-negatives.ts';
import { FINAL_POSITIVES } from './personal-data.final-positives.ts';
import { FRESH_NEGATIVES } from './personal-data.fresh-negatives.ts';
import { FRESH_POSITIVES } from './personal-data.fresh-positives.ts';
import { HELD_OUT_NEGATIVES } from './personal-data.held-out-negatives.ts';
import { HELD_OUT_POSITIVES } from './personal-data.held-out-positives.ts';
import { LAST_NEGATIVES } from './personal-data.last-negatives.ts';
import { LAST_POSITIVES } from './personal-data.last-positives.ts';
import { NEGATIVES } from './personal-data.negatives.ts';
import { PEOPLE_NEGATIVES } from './personal-data.people-negatives.ts';
import { PEOPLE_POSITIVES } from './personal-data.people-positives.ts';
import { POSITIVES, type Positive } from './personal-data.positives.ts';
import { SECOND_NEGATIVES } from './personal-data.second-negatives.ts';
import { SECOND_POSITIVES } from './personal-data.second-positives.ts';
import { TRIAL_NEGATIVES } from './personal-data.trial-negatives.ts';
import { TRIAL_POSITIVES } from './personal-data.trial-positives.ts';

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

/** What the rules were built on. */
const BUILT_ON = {
  positives: [...POSITIVES, ...SECOND_POSITIVES, ...PEOPLE_POSITIVES, ...TRIAL_POSITIVES],
  negatives: [...NEGATIVES, ...SECOND_NEGATIVES, ...PEOPLE_NEGATIVES, ...TRIAL_NEGATIVES],
};
/** Measured when they were first read, in this order; what was found then stands in SECURITY.md. */
const MEASURED = {
  positives: [...HELD_OUT_POSITIVES, ...FRESH_POSITIVES, ...LAST_POSITIVES, ...FINAL_POSITIVES],
  negatives: [...HELD_OUT_NEGATIVES, ...FRESH_NEGATIVES, ...LAST_NEGATIVES, ...FINAL_NEGATIVES],
};

describe('the corpus', () => {
  const known = screen(BUILT_ON.positives, BUILT_ON.negatives);
  const measured = screen(MEASURED.positives, MEASURED.negatives);
  process.stdout.write(`screening of free text: ${known.summary}; measured: ${measured.summary}\n`);

  test('is large enough to be meaningful', () => {
    for (const set of [BUILT_ON, MEASURED]) {
      expect(new Set(set.positives.map(([, text]) => text)).size).toBeGreaterThanOrEqual(400);
      expect(new Set(set.negatives).size).toBeGreaterThanOrEqual(400);
    }
    expect(FINAL_POSITIVES.length).toBeGreaterThanOrEqual(100);
    expect(FINAL_NEGATIVES.length).toBeGreaterThanOrEqual(100);
  });

  test('at least 95 % of personal data is found', () => {
    expect(known.missed.length).toBeLessThanOrEqual(0.01 * BUILT_ON.positives.length);
    expect(measured.missed.length).toBeLessThanOrEqual(0.05 * MEASURED.positives.length);
  });

  test('at most 1 % of harmless texts are refused', () => {
    expect(known.alarms.length).toBeLessThanOrEqual(0.01 * BUILT_ON.negatives.length);
    expect(measured.alarms.length).toBeLessThanOrEqual(0.01 * MEASURED.negatives.length);
  });

  test('the kind is correct for at least 95 % of the finds', () => {
    expect(known.mistaken.length).toBeLessThanOrEqual(0.05 * BUILT_ON.positives.length);
    expect(measured.mistaken.length).toBeLessThanOrEqual(0.05 * MEASURED.positives.length);
  });
});

describe('reference data', () => {
  test.each([
    'agencies.json',
    'mandates.json',
    'places.json',
    'crossings.geojson',
    'segments.geojson',
    'zones.geojson',
  ])('no text of %s is refused', (file) => {
    const refused: string[] = [];
    JSON.parse(readFileSync(new URL(`../../data/${file}`, import.meta.url), 'utf8'), (_, value) => {
      if (typeof value === 'string' && findPersonalData(value)) refused.push(value);
    });
    expect(refused).toEqual([]);
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
  test.each(SLOW_UNITS)('%j many times is read as few times', (unit) => {
    expect(findPersonalData(repeated(unit, 20_000))).toBe(findPersonalData(repeated(unit, 1000)));
  });
});
