import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { language } from '../../console/words/language.ts';
import { catalogue, type Entry, isolated, words } from '../../console/words/words.ts';
import { LANGUAGES } from '../../src/core/vocabulary.ts';

const FILES = readdirSync('console', { recursive: true, encoding: 'utf8' });
const WORDS = FILES.filter((file) => file.endsWith('.words.ts'));
const ARABIC_FORMS = ['few', 'many', 'one', 'other', 'two', 'zero'];

/** The same in French and English, and rightly so. */
const SAME_IN_FRENCH =
  /^(incidents?|zones?|action|actions|agent|date|direction|distance|document|documents|filter|impact|information|instruction|km|km²|latitude|longitude|m|min|menu|message|messages|note|notes|option|options|patrouille|photo|position|source|sources|suspension|total|transmission|type|utc|version|zoom)$/i;

/** Names of products and licences, in Latin letters everywhere. */
const NAMES = new Set([
  'Tripoint',
  'WebGL',
  'OpenStreetMap',
  'ODbL',
  'GeoNames',
  'Natural',
  'Earth',
  'MapLibre',
]);

interface Said {
  of: string;
  entry: Entry;
}
let all: Said[] = [];

const textsOf = (forms: Entry[keyof Entry]): string[] =>
  typeof forms === 'string' ? [forms] : Object.values(forms);
const placesOf = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

beforeAll(async () => {
  for (const file of WORDS) await import(resolve('console', file));
  all = [...catalogue].flatMap(([part, entries]) =>
    Object.entries(entries).map(([key, entry]) => ({ of: `${part}.${key}`, entry })),
  );
});

/** The words of which something holds. */
const those = (isWrong: (entry: Entry) => boolean): string[] =>
  all.filter(({ entry }) => isWrong(entry)).map(({ of }) => of);

describe('the words of the console', () => {
  test('stand in files of words, each of which registers a part', () => {
    expect(WORDS.length).toBeGreaterThan(1);
    expect(catalogue.size).toBe(WORDS.length);
    expect(all.length).toBeGreaterThan(30);
  });

  test('are there in three languages, none empty', () => {
    expect(
      those((entry) =>
        LANGUAGES.some((language) => {
          const forms = entry[language];
          return forms === undefined || textsOf(forms).some((text) => text.trim() === '');
        }),
      ),
    ).toEqual([]);
  });

  test('count in the forms of each language, all six of Arabic', () => {
    const counted = all.filter(({ entry }) => typeof entry.en !== 'string');
    const formsOf = (forms: object) => Object.keys(forms).sort();
    for (const { of, entry } of counted) {
      expect([of, formsOf(entry.en as object)]).toEqual([of, ['one', 'other']]);
      expect([of, formsOf(entry.fr as object).filter((form) => form !== 'many')]).toEqual([
        of,
        ['one', 'other'],
      ]);
      expect([of, formsOf(entry.ar as object)]).toEqual([of, ARABIC_FORMS]);
    }
    expect(counted.length).toBeGreaterThan(0);
  });

  test('have Arabic forms that differ where the language does', () => {
    const isEqual = ({ ar }: Entry) => {
      if (typeof ar === 'string') return false;
      const { zero, one, two, few, many, other } = ar as Record<string, string>;
      return new Set([zero, one, two, few]).size < 4 || few === many || few === other;
    };
    expect(those(isEqual)).toEqual([]);
  });

  test('name the same values in each language', () => {
    const differs = (entry: Entry) => {
      if (typeof entry.en !== 'string') return false;
      return LANGUAGES.some((language) => {
        const text = entry[language] as string;
        return placesOf(text).join() !== placesOf(entry.en as string).join();
      });
    };
    expect(those(differs)).toEqual([]);
  });

  test('are translated', () => {
    const isSame = ({ en, fr, ar }: Entry) => {
      const english = textsOf(en);
      const isLeft = (text: string) =>
        english.includes(text) && /\p{L}{2}/u.test(bare(text)) && !SAME_IN_FRENCH.test(bare(text));
      return [...textsOf(fr), ...textsOf(ar)].some(isLeft);
    };
    expect(those(isSame)).toEqual([]);
  });

  test('have no Latin word in Arabic but codes, and no brackets, which labels show mirrored', () => {
    const latin = (text: string) =>
      (bare(text).match(/[A-Za-z][\w-]*/g) ?? []).filter(
        (word) => !/^[A-Z0-9-]+$/.test(word) && !NAMES.has(word),
      );
    expect(those(({ ar }) => textsOf(ar).some((text) => latin(text).length > 0))).toEqual([]);
    expect(those(({ ar }) => textsOf(ar).some((text) => /[()[\]]/.test(text)))).toEqual([]);
  });

  test('hold no raw value of the API', () => {
    const isRaw = (entry: Entry) =>
      LANGUAGES.some((language) => textsOf(entry[language]).some((text) => /[a-z]_[a-z]/.test(bare(text))));
    expect(those(isRaw)).toEqual([]);
  });
});

/** Without the places of values. */
const bare = (text: string): string => text.replaceAll(/\{\w+\}/g, '').trim();

test('no part of the console has a text of its own between tags or in a label', () => {
  const literal =
    /(?:aria-label|title|placeholder|alt)="[^"{]*\p{L}{2}[^"]*"|(?<![=\-?:|&(]\s*)>\s*(?!\s*(?:return|const|if)\b)\p{L}{2,}[\p{L}\s.,!?’]*<\//gu;
  const found = FILES.filter((file) => file.endsWith('.tsx')).flatMap((file) =>
    (readFileSync(`console/${file}`, 'utf8').match(literal) ?? []).map((text) => `${file}: ${text}`),
  );
  expect(found.filter((text) => !text.endsWith('>Tripoint</'))).toEqual([]);
});

test('a value made of values is read in the direction of the reader', () => {
  const { pair } = words('directions', { pair: { en: '{a}, {b}', fr: '{a}, {b}', ar: '{a}، {b}' } });
  const nested = () => isolated(pair({ a: 'DZA', b: 'تونس' }));
  language.value = 'ar';
  expect(nested()).toBe('\u2067\u2068DZA\u2069، \u2068تونس\u2069\u2069');
  language.value = 'fr';
  expect(nested()).toBe('\u2068\u2068DZA\u2069, \u2068تونس\u2069\u2069');
  catalogue.delete('directions');
});
