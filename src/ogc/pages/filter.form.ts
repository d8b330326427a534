import { type Html, html } from '../../http/html.ts';
import type { Collection } from '../collection.sql.ts';
import { wordsOf } from '../field.parameters.ts';

const LIMITS = ['10', '100', '1000'];
const TEXTS = ['bbox', 'datetime', 'filter'];
const FROM_START = ['cursor', 'until', 'resultType'];

/** What narrows a page of features. Shown by its script, without which fields that are empty would be sent, too. */
export function filterForm(collection: Collection, self: URL): Html {
  const { geometry, time, fields } = collection;
  const choices = fields.flatMap(({ name, title, schema }) => {
    const words = wordsOf(schema);
    return words ? [{ name, title, words }] : [];
  });
  const own = new Set([...choices.map(({ name }) => name), ...TEXTS, ...FROM_START, 'limit']);
  const kept = [...self.searchParams].filter(([name]) => !own.has(name));
  const isNarrowed = [...choices.map(({ name }) => name), ...TEXTS].some((name) =>
    self.searchParams.has(name),
  );
  const asked = (name: string) => self.searchParams.get(name) ?? '';
  return html`<details class="filter" hidden${isNarrowed && ' open'}><summary>Filter</summary>
<form id="filter" method="get" action="${self.pathname}">
${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${choices.map(({ name, title, words }) => choice(name, title, words, asked(name)))}
${time && text('datetime', 'Time', asked('datetime'), '2026-10-01/2026-10-31')}
${geometry && text('bbox', 'West, south, east, north', asked('bbox'), '8,33,10,36')}
${text('filter', 'Condition in CQL2', asked('filter'), exampleOf(choices[0]))}
${choice('limit', 'Features on a page', LIMITS, asked('limit') || '100')}
<div class="actions"><button type="submit">Show</button>
${geometry && html`<button type="button" id="from-map">Area of the map</button>`}
<a href="${self.pathname}">Clear</a></div>
</form></details>`;
}

const choice = (name: string, title: string, words: readonly string[], value: string): Html =>
  html`<label>${title}<select name="${name}">${name !== 'limit' && html`<option value="">any</option>`}${[
    // what was asked for is shown although it is none of the words, such as a list of them
    ...new Set([...words, ...(value ? [value] : [])]),
  ].map((word) => html`<option${word === value && html` selected`}>${word}</option>`)}</select></label>\n`;

const text = (name: string, title: string, value: string, example: string): Html =>
  html`<label${name === 'filter' && html` class="wide"`}>${title}<input name="${name}" value="${value}" placeholder="${example}" autocomplete="off" spellcheck="false"></label>\n`;

const exampleOf = (one: { name: string; words: readonly string[] } | undefined): string =>
  one ? `${one.name} = '${one.words[0]}'` : "name LIKE 'A%'";
