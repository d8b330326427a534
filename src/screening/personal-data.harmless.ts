import { anyOf, LETTER } from './personal-data.text.ts';
import { CURRENCY, UNIT } from './personal-data.units.ts';

/*
 * Common numbers of border monitoring that look like a phone or document number: they are blanked before the rules for
 * bare numbers run. A word such as "tel" before a number outweighs its shape, so the rules for such words read the
 * original text.
 */

const BLOT = '¤';
const START = `(?<![${LETTER}\\d+]|\\d[./-]|\\+\\d{1,3}[ )]{1,2})`;
const END = '(?![./-]?\\d)';

const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';
const YEAR = '(?:19[5-9]\\d|20[0-4]\\d)';
const CLOCK = '\\d{1,2}[:h]\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?: ?[+-]\\d{2}:\\d{2})?';
const WRITTEN_DATE = `(?:${YEAR}[./-]${MONTH}[./-]${DAY}|${DAY}[ ./-]${MONTH}[ ./-]${YEAR})`;
const COMPACT_DAY = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const COMPACT_TIME = '[t _-]?[0-2]\\d[0-5]\\d(?:[0-5]\\d)?z?';

const DATES = [
  `${WRITTEN_DATE}(?: ?[/-] ?${WRITTEN_DATE})?`,
  `${DAY}([./-])${MONTH}\\1\\d{2}`,
  `${YEAR}${COMPACT_DAY}(?:${COMPACT_TIME})?(?:\\.\\d)?`,
  `(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])${YEAR}`,
  `${YEAR}(?: ?[/ -] ?${YEAR})+`,
];

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const DEGREES = '(?:0{0,2}\\d|[1-5]\\d)';
const ONE_COORDINATE = `(?:-?${DEGREES}\\.\\d{4,16}|\\+${DEGREES}\\.\\d{3,8})`;
const TWO_DECIMALS = '[+-]?\\d{1,3}\\.\\d{1,16} ?[,;/ ] ?[+-]?\\d{1,3}\\.\\d{1,16}'; // coordinates or frequencies
const MILITARY_GRID = '\\d{1,2}[c-x] ?[a-z]{2} ?\\d{2,10}(?: \\d{2,5})?';
const GRID_WORDS = anyOf('mgrs, utm, grid, grille, carroyage, carreau, مربع, شبكة');
const ON_GRID = `${GRID_WORDS}(?: ?ref)?[ :.]{1,3}(?:[a-z]{2} ?)?\\d{2,10}(?: \\d{2,5})?`;
const REFERENCE_WORDS = anyOf(
  'ref, reference, dossier, sitrep, pv, mmsi, acled, iom, oim, facture, invoice, hs code, code sh',
  'مرجع, المرجع, محضر عدد, محضر رقم, تقرير عدد, تقرير رقم, ملف عدد, ملف رقم, حاوية رقم',
);
// words that may also precede a phone number: only with a sign that the thing's own number follows
const THINGS = anyOf('report, rapport, case, ticket, file, fichier, lot, batch, incident, event, container');
const NUMBER_OF = '(?: ?(?:id|n°|no\\.?|nr|#|number))';
const REFERENCE = `(?:${REFERENCE_WORDS}${NUMBER_OF}?|${THINGS}${NUMBER_OF})[ .:]{0,3}[1-9][\\d./-]{0,20}(?! ?\\d)`;

const TARIFF = `(?:hs code|code sh)[ .:]{0,3}\\d[\\d., ]{2,60}`;

const NUMBER = "[1-9]\\d{0,2}(?:[ .,']\\d{3}){1,5}(?:[.,]\\d{1,3})?|[1-9]\\d{0,14}(?:[.,]\\d{1,6})?";
const RANGE = `(?:${NUMBER})(?: ?(?:-|to|a|الي) ?(?:${NUMBER}))?`;

const QUANTITIES = [
  `${RANGE} ?${UNIT}`,
  `${CURRENCY} ?(?:${NUMBER})`,
  "[1-9]\\d{0,2}(?:[ .']\\d{3}){0,4}[ .']000(?! ?\\d)",
];

const alternatives = (...patterns: readonly string[]): RegExp =>
  new RegExp(`${START}(?:${patterns.join('|')})${END}`, 'g');

const DATES_AND_CLOCKS = alternatives(...DATES, CLOCK, UUID);
const PLACES_AND_REFERENCES = alternatives(
  TWO_DECIMALS,
  ONE_COORDINATE,
  MILITARY_GRID,
  ON_GRID,
  TARIFF,
  REFERENCE,
);
// a number that continues another one is not a quantity: it is the end of a phone number
const AMOUNTS = new RegExp(`(?<!\\d[ ,]?)${START}(?:${QUANTITIES.join('|')})${END}`, 'g');

/** The folded text without dates, coordinates, references and quantities. */
export const withoutHarmlessNumbers = (folded: string): string =>
  folded.replace(DATES_AND_CLOCKS, BLOT).replace(PLACES_AND_REFERENCES, BLOT).replace(AMOUNTS, BLOT);

const DATE_OR_ACT = new RegExp(`^(?:${WRITTEN_DATE}(?: .*)?|${YEAR}(?:[/-]\\d{1,6}){1,3})$`);
const POSITION = new RegExp(`^${DEGREES}\\.\\d{4,}(?: .*)?$`);
const COMPACT_DATE = new RegExp(`^${YEAR}${COMPACT_DAY}$`);
const RADIO_BANDS = /^\d{1,2}[05]0(?:\/\d{1,2}[05]0)+$/;
const SHORT_CODES = /^1\d{1,3}(?:\D{1,3}1\d{1,3})+$/;

/** Harmless even after a word such as "contact" or "permit": a date, a legal act, radio bands, emergency numbers. */
export const isHarmlessRun = (text: string): boolean =>
  [DATE_OR_ACT, RADIO_BANDS, SHORT_CODES].some((pattern) => pattern.test(text));

/** A day as 20261123: also inside a version or a file name it is not a phone number. */
export const isCompactDate = (digits: string): boolean => COMPACT_DATE.test(digits);

/** Begins like decimal degrees. */
export const isPosition = (text: string): boolean => POSITION.test(text);
