import { pagesIn } from '../../core/catalogue.ts';
import type { Language } from '../../core/vocabulary.ts';
import { type Html, html } from '../../http/html.ts';
import { type Field, typeOf } from '../collection/collection.sql.ts';

type CellValue = string | number | boolean | null | undefined;
export type CellValues = Readonly<Record<string, CellValue>>;

/** A field value for humans; texts follow the direction of their script. */
export function valueCell(field: Field, value: CellValue, language: Language): Html {
  if (value === null || value === undefined || value === '') return html`<td></td>`;
  if (typeof value === 'number') return html`<td class="number">${value}</td>`;
  if (typeof value === 'boolean')
    return html`<td>${value ? pagesIn(language).yes : pagesIn(language).no}</td>`;
  if (typeOf(field) === 'instant')
    return html`<td class="instant"><time datetime="${value}">${spokenInstant(value)}</time></td>`;
  return html`<td><div class="text" dir="auto">${value}</div></td>`;
}

/** `2026-11-01T06:30:00Z` becomes `2026-11-01 06:30 UTC`: only zero seconds are left out. */
export function spokenInstant(text: string): string {
  const [, day, minutes, seconds] = /^(.+)T(\d\d:\d\d)(?::([\d.]+))?Z$/.exec(text) ?? [];
  if (!day) return text;
  return `${day} ${minutes}${Number(seconds ?? 0) === 0 ? '' : `:${seconds}`} UTC`;
}
