import { arabic } from './messages/ar/arabic.ts';
import { english } from './messages/en/english.ts';
import { french } from './messages/fr/french.ts';
import type { Message, Params, Say, Shown } from './messages/message.ts';
import type { Language } from './vocabulary.ts';

type Texts = typeof english.texts;

export type Code = keyof Texts;
export type ParamsOf<C extends Code> = Parameters<Texts[C]>[0];
/** The values of a message, or nothing where its text names none. */
export type Values<C extends Code> = Parameters<Texts[C]> extends [] ? [] : [values: ParamsOf<C>];

/** The last part of the URI of a problem type: `/problems/<slug>`. */
export type Slug = keyof typeof english.problemTypes;
export type ProblemType = { title: string; meaning: string };

/** What a language has: a text for each code and each problem type. */
export interface Catalogue {
  texts: { readonly [C in Code]: (params: ParamsOf<C>, say: Say) => string };
  problemTypes: Readonly<Record<Slug, ProblemType>>;
  pages: Readonly<typeof english.pages>;
  /** Follows a text that does not name the value itself. */
  got(value: Shown): string;
  /** The last step of each text: a right-to-left language isolates Latin values. */
  finish(text: string): string;
}

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en: english, fr: french, ar: arabic };

/** A text of the catalogue, to be written in the language of whoever reads it. */
export const message = <C extends Code>(code: C, ...values: Values<C>): Message & { code: C } => ({
  code,
  params: (values[0] ?? {}) as Params,
});

/** The same with a value that its text does not name, to be added at the end. */
export const withGot = ({ code, params }: Message, got: Shown): Message => ({
  code,
  params: { ...params, got },
});

export const textOf = (says: Message, language: Language = 'en'): string =>
  textIn(CATALOGUES[language], says);

/** The text of a message in a language; messages within it are in the same. */
export function textIn(catalogue: Catalogue, { code, params }: Message): string {
  const text = (catalogue.texts as Record<string, (params: never, say: Say) => string>)[code];
  if (!text) throw new Error(`No text has the code ${code}.`);
  const sentence = text(params as never, (inner) => textIn(catalogue, inner));
  return catalogue.finish(
    params.got === undefined ? sentence : sentence + catalogue.got(params.got as Shown),
  );
}

export function problemTypeOf(slug: string, language: Language = 'en'): ProblemType | undefined {
  const { problemTypes, finish } = CATALOGUES[language];
  if (!isSlug(slug)) return undefined;
  const { title, meaning } = problemTypes[slug];
  return { title: finish(title), meaning: finish(meaning) };
}

const isSlug = (slug: string): slug is Slug => Object.hasOwn(english.problemTypes, slug);

/** What stands around the content of pages. */
export const pagesIn = (language: Language): Catalogue['pages'] => CATALOGUES[language].pages;

export const PROBLEM_SLUGS = Object.keys(english.problemTypes) as Slug[];

// the issues of zod carry texts alone: a message travels in one as JSON
const MARK = '{"code":';

/** A message as the error of a schema. */
export const issue = <C extends Code>(code: C, ...values: Values<C>): string =>
  JSON.stringify(message(code, ...values));

/** The message in the text of an issue; undefined for a plain text. */
export const messageIn = (text: string): Message | undefined =>
  text.startsWith(MARK) ? (JSON.parse(text) as Message) : undefined;

/** The issues of zod with their texts written out, for people at a terminal. */
export const writtenIssues = <I extends { message: string }>(issues: readonly I[]): I[] =>
  issues.map((one) => {
    const says = messageIn(one.message);
    return says ? { ...one, message: textOf(says) } : one;
  });
