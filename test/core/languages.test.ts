import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type Code, PROBLEM_SLUGS, pagesIn, problemTypeOf, textOf } from '../../src/core/catalogue.ts';
import { isolated } from '../../src/core/messages/ar/isolation.ts';
import * as arabicWords from '../../src/core/messages/ar/words.ts';
import { english } from '../../src/core/messages/en/english.ts';
import { SECONDS as FRENCH_SECONDS, count as frenchCount } from '../../src/core/messages/fr/words.ts';
import type { Language } from '../../src/core/vocabulary.ts';
import { samplesOf } from '../support/message.samples.ts';

const CODES = Object.keys(english.texts) as Code[];
const SPOKEN = CODES.flatMap((code) => samplesOf(code).map((params) => ({ code, params })));
const textsIn = (language: Language) =>
  SPOKEN.map((says) => ({ ...says, text: textOf(says, language), english: textOf(says) }));

const TITLES = (language: Language) =>
  PROBLEM_SLUGS.flatMap((slug) => Object.values(problemTypeOf(slug, language)!));
const PAGES = (language: Language) =>
  Object.values(pagesIn(language)).map((said) => (typeof said === 'string' ? said : said(3 as never)));

/** What is left in Latin letters: names of headers, members, formats, standards and commands. */
const CODES_IN_ARABIC = new Set(
  `x-1 null true false undefined
  Authorization Bearer Sec-Fetch-Site Origin OpenID key X-API-Key HTTP Basic X-Purpose CLEAR GREEN AMBER STRICT RED TLP tlp as releasableTo UUID UUIDv7 RFC
  Feature type geometry null properties GET POST PATCH DELETE HEAD DZA LBY TUN m zone segment crossing passengers vehicles trucks
  medianWaitingMinutes from WORLDS npm run migrate schema sql after Last-Event-ID created threshold https alerts upTo
  Point Polygon MultiPolygon GeoJSON longitude latitude POLYGON MULTIPOLYGON lon lat WGS WKT bbox west south east north Web
  Mercator UTM datetime T Z If-Match ETag If-None-Match If-Range Range Host JSON UTF gzip deflate br Content-Type f fgb gpkg
  parquet csv geojsonseq next requestId revision latest format CSV IOM Missing Migrants features FeatureCollection CRS world
  Incident date incident_date_precision __proto__ low best high occurredAt text severity certainty counts state
  horizontalAccuracyMetres fold nature actual test exercise NUL U errors application json properties kind ISO PT P D URL
  HTML EPSG offset filter-lang cql2-json filter search SHA BCP ar fr en fromKm toKm names validFrom validTo ras-ajdir POST handover
  confirmation shifts at derivedFrom CQL2 LIKE IN BETWEEN IS NULL TRUE FALSE op args property timestamp interval in
  GeometryCollection isNull BBOX INTERVAL T_INTERSECTS CASEI ACCENTI TIMESTAMP DATE string type Unicode
  detail Allow Content-Range mandate cursor Retry-After DZA-TUN-07 m-001 T12 T00 UTF-8 CRS84 SHA-256 P1D _`.split(
    /\s+/,
  ),
);

describe('each code', () => {
  test('has samples that reach more than one branch where there are several', () => {
    expect(CODES.length).toBeGreaterThan(250);
    expect(SPOKEN.length).toBeGreaterThan(2 * CODES.length);
  });

  test.each(['fr', 'ar'] as const)('has a text of its own in %s, and its values in it', (language) => {
    const same = textsIn(language).filter(({ text, english: said }) => text === said || text.trim() === '');
    expect(same).toEqual([]);
    const broken = textsIn(language).filter(({ text }) => /undefined|\[object|NaN|#\s?[^ _]/.test(text));
    expect(broken).toEqual([]);
  });

  test('says in each language the values that the English text says', () => {
    for (const language of ['fr', 'ar'] as const) {
      const lost = textsIn(language).filter(
        ({ text, english: said }) => said.includes('x-1') && !text.includes('x-1'),
      );
      expect(lost).toEqual([]);
    }
  });
});

test('titles, meanings and words of pages are translated', () => {
  for (const language of ['fr', 'ar'] as const)
    for (const parts of [TITLES, PAGES]) {
      const said = parts('en');
      expect(parts(language).filter((text, i) => text === said[i])).toEqual([]);
    }
});

test('French texts have no English sentence left', () => {
  const left = [...textsIn('fr').map(({ text }) => text), ...TITLES('fr'), ...PAGES('fr')].filter((text) =>
    /\b(the|is|are|must|of|not|and|with|has|this)\b/.test(text),
  );
  expect(left).toEqual([]);
});

test('French and Arabic texts name roles, states and outcomes in words', () => {
  const raw = [...textsIn('fr'), ...textsIn('ar')].filter(
    ({ text }) =>
      /[a-z]_[a-z]/.test(text.replace('incident_date_precision', '')) ||
      /\b(reader|operator|coordinator|rescued|ongoing|accepted|inForce)\b/.test(text),
  );
  expect(raw).toEqual([]);
});

describe('Arabic texts', () => {
  const texts = [...textsIn('ar').map(({ text }) => text), ...TITLES('ar'), ...PAGES('ar')];

  test('have no Latin words but codes', () => {
    const words = texts.flatMap((text) => text.match(/[A-Za-z_][\w-]*/g) ?? []);
    expect([...new Set(words.filter((word) => !CODES_IN_ARABIC.has(word)))]).toEqual([]);
  });

  test('isolate every Latin value, once', () => {
    const naked = texts.map((text) => text.replace(/\u2066[^\u2066\u2069]*\u2069/g, ''));
    expect(naked.filter((text) => /[A-Za-z\u2066\u2069]/.test(text))).toEqual([]);
  });
});

test.each([
  ['قيمة If-Match هي "3".', 'قيمة ⁦If-Match⁩ هي ⁦"3"⁩.'],
  ['بعد (from)، ثم', 'بعد ⁦(from)⁩، ثم'],
  ['من -180 إلى 180', 'من ⁦-180⁩ إلى 180'],
  ['ليس POLYGON ((lon lat, …))', 'ليس ⁦POLYGON ((lon lat, …))⁩'],
  ['الموضع [8.4, 35.2].', 'الموضع ⁦[8.4, 35.2]⁩.'],
  ['أو ../2026-01-31', 'أو ⁦../2026-01-31⁩'],
  ['الحد الأقصى: 3 أحرف', 'الحد الأقصى: 3 أحرف'],
  ['في ⁦a b⁩ قبل c', 'في ⁦a b⁩ قبل ⁦c⁩'],
  ['القيم: DZA-LBY (القيمة: "x")', 'القيم: \u2066DZA-LBY\u2069 (القيمة: \u2066"x"\u2069)'],
  ['(مثال DZA) ثم', '(مثال \u2066DZA\u2069) ثم'],
])('isolation writes %s', (text, written) => {
  expect(isolated(text)).toBe(written);
});

describe('Arabic counts', () => {
  const forms = Object.entries(arabicWords).filter(
    (entry): entry is [string, arabicWords.ArabicForms] => typeof entry[1] === 'object' && 'few' in entry[1],
  );
  /** Their last letter shows no case, so 11 to 99 and hundreds look alike. */
  const SAME_FOR_MANY = ['LEVELS', 'DEGREES', 'TIMES', 'CELLS', 'WEBHOOKS', 'MORE_FAULTS', 'SECONDS_OF'];

  test.each(forms)('have six forms of %s', (name, { zero, one, two, few, many, other }) => {
    expect(new Set([zero, one, two, few]).size).toBe(4);
    expect([few, many, other].filter((form) => !form.includes('#'))).toEqual([]);
    expect(new Set([few, many]).size).toBe(2);
    if (!SAME_FOR_MANY.includes(name)) expect(many).not.toBe(other);
  });

  test.each([
    [0, 'لا أحرف'],
    [1, 'حرف واحد'],
    [2, 'حرفان'],
    [3, '3 أحرف'],
    [11, '11 حرفا'],
    [100, '100 حرف'],
    [103, '103 أحرف'],
    [1111, '1.111 حرفا'],
  ])('choose the form for %d', (number, written) => {
    expect(arabicWords.count(number, arabicWords.CHARACTERS)).toBe(written);
  });
});

test('French counts zero and one alike', () => {
  const counted = [0, 1, 2].map((number) => frenchCount(number, FRENCH_SECONDS));
  expect(counted).toEqual(['0 seconde', '1 seconde', '2 secondes']);
});

test('a message within a message is in the same language', () => {
  const says = {
    code: 'input-invalid',
    params: { in: 'body', path: 'properties.kind', fault: { code: 'required', params: {} }, more: 2 },
  };
  expect(textOf(says, 'fr')).toBe(
    'corps properties.kind : est obligatoire (et 2 autres erreurs, voir errors)',
  );
  expect(textOf(says, 'ar')).toBe('المتن ⁦properties.kind⁩: قيمة إلزامية (وخطآن آخران، انظر ⁦errors⁩)');
});

test('a value cannot turn the Arabic text around it', () => {
  const says = { code: 'cql2-date', params: { value: 'a\u2069\u202eb' } };
  expect(textOf(says, 'ar')).toBe('⁦"ab"⁩ ليس تاريخا مثل ⁦2026-01-31⁩');
});

/** Names of places and languages, and what the screening looks for: no text of this service. */
const NOT_SAID =
  /^src\/screening\/|vocabulary\.schema\.ts$|map\.ground\.ts$|correction\.input\.ts$|stamp\.store\.ts$|words\/language\.ts$/;

test('docs/languages.md lists every file with French or Arabic texts', () => {
  const listed = [...readFileSync('docs/languages.md', 'utf8').matchAll(/`((?:src|console)\/[^`]+)`/g)]
    .map(([, pattern]) =>
      pattern!
        .replaceAll('.', '\\.')
        .replaceAll('**', '.+')
        .replaceAll(/(?<!\.)\*/g, '[^/]*'),
    )
    .map((pattern) => new RegExp(`^${pattern}$`));
  const spoken = ['src', 'console']
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .filter(
      (file) =>
        /\.tsx?$/.test(file) &&
        !NOT_SAID.test(file) &&
        /\p{Script=Arabic}{3}/u.test(readFileSync(file, 'utf8')),
    );
  expect(spoken.length).toBeGreaterThan(20);
  expect(spoken.filter((file) => !listed.some((pattern) => pattern.test(file)))).toEqual([]);
});
