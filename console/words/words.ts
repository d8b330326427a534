import { directionOf, type InLanguages, type Language } from '../../src/core/vocabulary.ts';
import { kept, language, locale } from './language.ts';

/** Forms of a counted phrase by the rules of each language; `{n}` is the number. */
interface Counted {
  en: { one: string; other: string };
  fr: { one: string; many?: string; other: string };
  ar: { zero: string; one: string; two: string; few: string; many: string; other: string };
}
export type Entry = InLanguages | Counted;
type Values = Record<string, string | number>;
type Say<E extends Entry> = E extends Counted
  ? (values: Values & { n: number }) => string
  : (values?: Values) => string;

/** Every word of the console by part, for the tests. */
export const catalogue = new Map<string, Record<string, Entry>>();

/**
 * The words of a part of the console in its three languages. Each answers in the language of the reader, and draws what
 * shows it again when that changes. `{name}` in a text stands for a value.
 */
export function words<E extends Record<string, Entry>>(
  part: string,
  entries: E,
): { [K in keyof E]: Say<E[K]> } {
  catalogue.set(part, entries);
  const say = (entry: Entry) => (values?: Values) => fill(textOf(entry, values), values);
  return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, say(entry)])) as never;
}

function textOf(entry: Entry, values?: Values): string {
  const forms = entry[language.value] as string | Record<string, string>;
  if (typeof forms === 'string') return forms;
  const form = kept('plural', () => new Intl.PluralRules(locale.value)).select(Number(values?.n));
  return forms[form] ?? forms.other!;
}

const fill = (text: string, values: Values = {}): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? numberOf(value) : isolated(value);
  });

/**
 * A Latin code within Arabic keeps its direction. A value that is itself made of isolated ones has that of the reader: UAX 9
 * finds the direction of a value without looking into isolates, and takes left to right where nothing else stands.
 */
export const isolated = (value: string) =>
  `${value.includes('\u2068') && directionOf(language.value) === 'rtl' ? '\u2067' : '\u2068'}${value}\u2069`;

export const numberOf = (value: number, options?: Intl.NumberFormatOptions): string =>
  kept(`number ${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale.value, options)).format(value);

/** Of `{ en, fr, ar }` of the API the one of the reader. */
export const nameIn = (
  names: Partial<Record<Language, string | undefined>> | null | undefined,
  otherwise = '',
): string => names?.[language.value] ?? names?.en ?? otherwise;

/** `a, b and c` as the language joins them. */
export const listOf = (items: readonly string[]): string =>
  new Intl.ListFormat(locale.value, { type: 'unit', style: 'short' }).format(items);
