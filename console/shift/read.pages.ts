import { read } from '../api/request.ts';

const PAGE_ROWS = 200;
const MOST_PAGES = 20;

type Page = Record<string, unknown> & { links?: { rel: string; href: string }[] };

/** The rows of all pages of a list, up to a number that nobody reads. */
export async function readAll<Row>(
  path: string,
  member: string,
  query: Record<string, string> = {},
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await read<Page>(path, { ...query, limit: PAGE_ROWS, cursor });
    rows.push(...(page[member] as Row[]));
    const next = page.links?.find(({ rel }) => rel === 'next');
    if (!next) break;
    cursor = new URL(next.href, location.href).searchParams.get('cursor') ?? undefined;
  }
  return rows;
}
