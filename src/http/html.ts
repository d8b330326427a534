/** Markup. Only this file makes it, so that whatever else stands in a page is shown as the text that it is. */
class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
export type Html = Markup;

type HtmlPart = Html | string | number | boolean | null | undefined | readonly HtmlPart[];

/** What is put in is escaped, unless `html` made it; nothing stands for false, null and undefined. */
export const html = (strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html =>
  new Markup(strings.reduce((text, string, i) => text + write(parts[i - 1]) + string));

/** JSON for scripts of the page: a browser does not run it, and nothing in it ends it. */
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
