import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hiddenWords, leaksIn } from '../matrix/leaks.ts';
import { type OpenMatrix, openMatrix } from '../matrix/open.matrix.ts';
import { readRows } from '../matrix/read.rows.ts';
import { CALLERS, callerOf, type NamedCaller, VIEWERS } from '../support/callers.ts';
import { describedOperations, withParameter } from '../support/document.parameters.ts';

let matrix: OpenMatrix;
beforeAll(async () => {
  matrix = await openMatrix();
});
afterAll(() => matrix.close());

const rows = readRows({ things: [{} as never], keys: [], start: '' });
/** The operations that answer pages of what not everyone sees. */
const paged = describedOperations.filter(
  ({ id, parameters }) =>
    rows[id]?.readings && parameters.some(({ name }) => name === 'cursor' || name === 'after'),
);

interface Page {
  links: { rel: string; href: string }[];
  [list: string]: unknown;
}

const nextOf = ({ links = [] }: Page): string | undefined => {
  const next = links.find(({ rel }) => rel === 'next');
  return next?.href.slice(new URL(next.href).origin.length + '/v1'.length);
};

/** What a page lists, as text: without links and the time of the answer. */
const itemsOf = (page: Page): string[] => {
  const list = Object.entries(page).find(([name, value]) => name !== 'links' && Array.isArray(value));
  // when a key was last used is noted now and then, and so by these very requests
  return (list![1] as object[]).map((item) => JSON.stringify({ ...item, lastUsedAt: undefined }));
};

const MOST_PAGES = 20;

/** Where each page of a caller's list starts that is not the first. */
async function cursorsOf(path: string, caller: NamedCaller): Promise<string[]> {
  const cursors: string[] = [];
  for (let next: string | undefined = path; next && cursors.length < MOST_PAGES; ) {
    const { body } = await matrix.client.ask({ path: next, headers: caller.headers });
    next = nextOf(body);
    if (next) cursors.push(next);
  }
  return cursors;
}

test.each(paged.map(({ id }) => id))("another caller's cursor of %s shows only the own list", async (id) => {
  const { roles = ['reader'], readings = [] } = matrix.reads[id]!;
  const owner = callerOf('DZA', roles[0]!);
  const { path } = readings.find(({ sees }) => sees(owner) !== undefined)!;
  const cursors = await cursorsOf(withParameter(path, 'limit', '1'), owner);
  const others = (matrix.reads[id]!.roles ? CALLERS : VIEWERS).filter(({ roles: own }) =>
    matrix.reads[id]!.roles ? roles.some((role) => own.includes(role)) : true,
  );
  for (const caller of others) {
    const { headers } = caller;
    const whole = await matrix.client.ask({ path: withParameter(path, 'limit', '1000'), headers });
    const known = whole.status === 200 ? itemsOf(whole.body) : [];
    for (const cursor of cursors) {
      const replayed = await matrix.client.ask({ path: withParameter(cursor, 'limit', '1000'), headers });
      expect({ cursor, who: caller.name, status: replayed.status }).toEqual({
        cursor,
        who: caller.name,
        status: whole.status,
      });
      expect(leaksIn(replayed.text, hiddenWords(matrix.things, caller), cursor)).toEqual([]);
      if (whole.status === 200)
        expect(itemsOf(replayed.body).filter((item) => !known.includes(item))).toEqual([]);
    }
  }
});

test('there are lists to page through', () => {
  expect(paged.length).toBeGreaterThan(6);
});
