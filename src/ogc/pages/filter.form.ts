import type { Catalogue } from '../../core/catalogue.ts';
import { type Html, html } from '../../http/html.ts';
import type { Collection } from '../collection/collection.sql.ts';
import { wordsOf } from '../collection/field.parameters.ts';

const LIMITS = ['10', '100', '1000'];
const TEXTS = ['q', 'bbox', 'datetime', 'filter'];
const FROM_START = ['cursor', 'until', 'resultType'];

/** The filter form of a feature page. Its script shows it and keeps empty fields out of the query. */
export function filterForm(collection: Collection, self: URL, words: Catalogue['pages']): Html {
  const choices = choicesOf(collection);
  const narrowing = [...choices.map(({ name }) => name), ...TEXTS];
  const own = new Set([...narrowing, ...FROM_START, 'limit']);
  const kept = [...self.searchParams].filter(([name]) => !own.has(name));
  const isNarrowed = narrowing.some((name) => self.searchParams.has(name));
  const asked = (name: string) => self.searchParams.get(name) ?? '';
  return html`<details class="filter" hidden${isNarrowed && ' open'}><summary>${words.filter}</summary>
<form id="filter" method="get" action="${self.pathname}">
${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${choices.map((one) => choice(one, asked(one.name), words))}
${textsOf(collection, choices[0], words).map((one) => text(one, asked(one.name)))}
${choice({ name: 'limit', title: words.featuresOnPage, words: LIMITS }, asked('limit') || '100', words)}
<div class="actions"><button type="submit">${words.show}</button>
${collection.geometry && html`<button type="button" id="from-map">${words.areaOfMap}</button>`}
<a href="${self.pathname}">${words.clear}</a></div>
</form></details>`;
}

interface Choice {
  name: string;
  title: string;
  words: readonly string[];
}

const choicesOf = ({ fields }: Collection): Choice[] =>
  fields.flatMap(({ name, title, schema }) => {
    const words = wordsOf(schema);
    return words ? [{ name, title, words }] : [];
  });

const choice = ({ name, title, words }: Choice, value: string, { any }: Catalogue['pages']): Html =>
  html`<label>${title}<select name="${name}">${name !== 'limit' && html`<option value="">${any}</option>`}${[
    // shows the requested value even if it is not in the list, such as several words
    ...new Set([...words, ...(value ? [value] : [])]),
  ].map((word) => html`<option${word === value && html` selected`}>${word}</option>`)}</select></label>\n`;

interface Text {
  name: string;
  title: string;
  example: string;
}

function textsOf(
  { time, geometry, fields, filters }: Collection,
  first: Choice | undefined,
  words: Catalogue['pages'],
): Text[] {
  const condition = first ? `${first.name} = '${first.words[0]}'` : `${fields[0]?.name} LIKE 'A%'`;
  return [
    ...('q' in filters ? [{ name: 'q', title: words.words, example: 'ras ajdir' }] : []),
    ...(time ? [{ name: 'datetime', title: words.time, example: '2026-10-01/2026-10-31' }] : []),
    ...(geometry ? [{ name: 'bbox', title: words.box, example: '8,33,10,36' }] : []),
    { name: 'filter', title: words.condition, example: condition },
  ];
}

const text = ({ name, title, example }: Text, value: string): Html =>
  html`<label${name === 'filter' && html` class="wide"`}>${title}<input name="${name}" value="${value}" placeholder="${example}" autocomplete="off" spellcheck="false"></label>\n`;
