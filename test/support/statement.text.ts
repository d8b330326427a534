import type { LabelledCollection } from '../../src/core/trace.ts';
import { call, view } from '../../src/db/labelled.ts';
import { render, type Sql } from '../../src/db/sql.ts';

const collectionsByName = (named: Record<string, Sql>): Record<string, LabelledCollection> =>
  Object.fromEntries(
    Object.values(named).map((piece) => {
      const { text, reads } = render(piece);
      return [text.replace('tripoint.', ''), [...reads][0]!];
    }),
  );

export const LABELLED_VIEWS = collectionsByName(view);
export const LABELLED_FUNCTIONS = collectionsByName(call);

const anyOf = (names: object): string => Object.keys(names).join('|');
// not behind a dot or a quote: those are columns and texts
const LABELLED = new RegExp(
  `(?<![\\w.'"])(?:tripoint\\.)?(?:(${anyOf(LABELLED_VIEWS)})(?![\\w.'"])|(${anyOf(LABELLED_FUNCTIONS)})\\()`,
  'g',
);
const WRITING = /\b(?:INSERT INTO|DELETE FROM)\b|(?<!\b(?:FOR|KEY|DO) )\bUPDATE\b/;

/** The labelled collections that the text of a statement names, in order: what its parts should say as well. */
export const readsInText = (text: string): LabelledCollection[] =>
  [
    ...new Set(
      [...text.matchAll(LABELLED)].map(
        ([, name, func]) => LABELLED_VIEWS[name!] ?? LABELLED_FUNCTIONS[func!]!,
      ),
    ),
  ].sort();

export const writesInText = (text: string): boolean => WRITING.test(text);
