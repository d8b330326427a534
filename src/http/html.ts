/** Markup. Only this file creates it, so all other content of a page is escaped text. */
class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
export type Html = Markup;

type HtmlPart = Html | string | number | boolean | null | undefined | readonly HtmlPart[];

/** Escapes inserted values unless `html` made them; false, null and undefined become empty. */
export const html = (strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html =>
  new Markup(strings.reduce((text, string, i) => text + write(parts[i - 1]) + string));

/** JSON for scripts of the page: a browser does not execute it, and its content cannot close the block. */
export const jsonBlock = (id: string, value: unknown): Html =>
  html`<script type="application/json" id="${id}">${new Markup(JSON.stringify(value).replaceAll('<', '\\u003c'))}</script>`;

function write(part: HtmlPart): string {
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return part.map(write).join('');
  if (part === undefined || part === null || part === false) return '';
  return String(part).replace(/[&<>"']/g, (character) => ESCAPED[character]!);
}

const ESCAPED: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
