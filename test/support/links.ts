import type { Response } from 'supertest';

export interface FoundLink {
  href: string;
  /** Where it stands. */
  from: string;
}

/** The links of an answer: in its head, and in JSON, HTML or XML. */
export function linksIn({ headers, type, text = '' }: Response, from: string): FoundLink[] {
  const inHead = [...String(headers.link ?? '').matchAll(/<([^>]+)>/g)].map(([, href]) => href!);
  const isJson = /json(?!-seq)/.test(type);
  const inBody = isJson ? linksOfJson(JSON.parse(text)) : /html|xml/.test(type) ? linksOfMarkup(text) : [];
  return [...inHead, ...inBody].map((href) => ({ href: filled(href), from }));
}

const LINKS = ['href', 'url', 'web'];

function linksOfJson(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(linksOfJson);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]) => {
    if (typeof entry === 'string') return LINKS.includes(name) && isAddress(entry) ? [entry] : [];
    // TileJSON lists its templates as texts
    if (name === 'tiles' && Array.isArray(entry)) return entry.filter((one) => typeof one === 'string');
    return linksOfJson(entry);
  });
}

const isAddress = (text: string): boolean => /^(https?:\/\/|\/)/.test(text);

const linksOfMarkup = (text: string): string[] =>
  [
    ...text.matchAll(
      /(?:href|src|action|data-style|data-countries|data-borders)="([^"#]+)"|<web>([^<]+)<\/web>/g,
    ),
  ]
    .map(([, attribute, web]) => (attribute ?? web)!.replaceAll('&amp;', '&'))
    .filter(isAddress);

/** A tile over the west of Tunisia, for templates. */
const filled = (href: string): string =>
  href
    .replace(/\{(z|tileMatrix)\}/g, '5')
    .replace(/\{(y|tileRow)\}/g, '12')
    .replace(/\{(x|tileCol)\}/g, '16');
