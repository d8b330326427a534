import type { TestService } from './service.ts';

interface Link {
  rel: string;
  href: string;
}

/** Path and query of the `next` link of a list. */
export function nextOf({ links }: { links: Link[] }): string | undefined {
  const next = links.find(({ rel }) => rel === 'next');
  if (!next) return undefined;
  const { pathname, search } = new URL(next.href);
  return pathname + search;
}

const MOST_PAGES = 200;

/** Every page of a list along its `next` links; `between` happens while the reader is between two pages. */
export async function readPages(
  api: TestService['api'],
  path: string,
  headers: Record<string, string> = {},
  between: (page: number) => Promise<unknown> = async () => {},
) {
  const pages = [];
  for (let next: string | undefined = path; next; next = nextOf(pages.at(-1)!)) {
    if (pages.length > MOST_PAGES) throw new Error(`${path} does not end`);
    if (pages.length > 0) await between(pages.length);
    const { body } = await api.get(next).set(headers).expect(200);
    pages.push(body);
  }
  return pages;
}
