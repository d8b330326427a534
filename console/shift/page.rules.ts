import { directionOf } from '../../src/core/vocabulary.ts';
import { language } from '../words/language.ts';

const rules = new CSSStyleSheet();

/** Label above and below each page, name of the shift and page numbers. A style sheet of its own: the texts vary. */
export function setPageRules({ label, foot }: { label: string; foot: string }): void {
  const text = `direction: ${directionOf(language.value)}; font: 9pt sans-serif; color: #1c2b33;`;
  rules.replaceSync(`@page {
    size: A4;
    margin: 17mm 14mm 16mm;
    @top-center { content: ${quoted(label)}; ${text} font-weight: 700; border: 1.5pt solid #a3142a; padding: 1mm 4mm; margin-block: 4mm; }
    @bottom-left { content: ${quoted(foot)}; ${text} }
    @bottom-right { content: counter(page) " / " counter(pages); ${text} direction: ltr; }
  }`);
  if (!document.adoptedStyleSheets.includes(rules))
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];
}

/** A string of CSS, whatever the text holds. */
const quoted = (text: string): string =>
  `"${text.replace(/["\\\n\r\f<]/g, (one) => `\\${one.codePointAt(0)!.toString(16)} `)}"`;
