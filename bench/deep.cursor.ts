import { asOwner } from '../src/db/migrations.ts';
import { PAGE_SIZE } from './questions.ts';

/** The cursor of a page far into all incidents, built from the one after the first page. */
export async function deepCursor(databaseUrl: string, port: number, deepPage = 10_000): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/incidents?limit=${PAGE_SIZE}`);
  const { links } = (await answer.json()) as { links: { rel: string; href: string }[] };
  const next = new URL(links.find(({ rel }) => rel === 'next')!.href);
  const [list] = JSON.parse(Buffer.from(next.searchParams.get('cursor')!, 'base64url').toString());
  const before = await lastOfPage(databaseUrl, deepPage - 1);
  return Buffer.from(JSON.stringify([list, ...before])).toString('base64url');
}

/** Over the rows of a caller without a key; in a small run the last page replaces missing ones. */
async function lastOfPage(databaseUrl: string, page: number): Promise<string[]> {
  const { rows } = await asOwner(databaseUrl, (knex) =>
    knex.raw(
      `SELECT to_char(i.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"') AS at, i.id
       FROM (SELECT occurred_at, id, row_number() OVER (ORDER BY occurred_at DESC, id DESC) AS n, count(*) OVER () AS total
             FROM base.incident WHERE tlp = 'CLEAR') AS i
       WHERE i.n = least(?::int, i.total - ?::int)`,
      [page * PAGE_SIZE, PAGE_SIZE],
    ),
  );
  return [rows[0].at, rows[0].id];
}
