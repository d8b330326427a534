import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type OpenMatrix, openMatrix } from '../matrix/open.matrix.ts';
import type { Cell } from '../matrix/row.ts';
import { ANYBODY, CALLERS, type NamedCaller } from '../support/callers.ts';
import type { Answer } from '../support/http.client.ts';
import { inBrowser } from '../support/sessions.ts';
import { sharedCache } from '../support/shared.cache.ts';

let matrix: OpenMatrix;
beforeAll(async () => {
  matrix = await openMatrix();
});
afterAll(() => matrix.close());

const isGet = ({ method = 'get' }: Cell): boolean => method === 'get';

/** Of each read what is open, and what is hidden from none and from most. */
const cells = (): Cell[] =>
  Object.values(matrix.reads).flatMap(({ readings = [], open = [] }) => {
    const ends = readings.length > 1 ? [readings[0]!, readings.at(-1)!] : readings;
    return [...open.map((path) => ({ path })), ...ends].filter(isGet);
  });

const get = (path: string, caller: NamedCaller, more: Record<string, string> = {}) =>
  matrix.client.ask({ path, headers: { ...caller.headers, ...more } });

const OF_KEYS = CALLERS.filter(({ name }) =>
  /^(anonymous|... reader|DZA admin|DZA auditor|DZA .* another agency)$/.test(name),
);

/** Besides, two of them in browsers that are signed in. */
let KINDS: readonly NamedCaller[];
beforeAll(async () => {
  const browsers = OF_KEYS.filter(({ name }) => /^(TUN|LBY) reader$/.test(name));
  KINDS = [...OF_KEYS, ...(await Promise.all(browsers.map((one) => inBrowser(matrix.client, one))))];
});

test('every answer of every read, refusals too, says that it depends on the caller', async () => {
  for (const { path } of cells())
    for (const caller of KINDS) {
      const { status, headers } = await get(path, caller);
      const vary = headers.get('vary')?.split(', ').sort();
      const control = headers.get('cache-control');
      const isStream = headers.get('content-type')?.startsWith('text/event-stream');
      const plain = caller.country ? 'private, no-cache' : 'no-cache';
      const basis = ['Accept', 'Accept-Encoding', 'Authorization', 'X-API-Key', 'Cookie'];
      // a problem is in the language of its reader
      if (status >= 400) basis.push('Accept-Language');
      // a refusal has the challenge of Basic only where a person can answer it
      if (status === 401) basis.push('Sec-Fetch-Mode');
      const expected = {
        vary: basis.sort(),
        control: isStream ? 'no-store' : plain,
      };
      expect({ path, status, vary, control }).toEqual({ path, status, ...expected });
    }
});

test("a shared cache never gives one caller another's answer", async () => {
  const cache = sharedCache((path, headers) => matrix.client.ask({ path, headers }));
  // each shows its key in one way, and comes back with it in the other
  const asked = [
    ...KINDS,
    ...KINDS.map((caller) => ({ ...caller, headers: asApiKey(caller.headers) })).reverse(),
  ];
  for (const { path } of cells())
    for (const { name, headers } of asked) {
      const straight = await matrix.client.ask({ path, headers });
      const cached = await cache.ask(path, headers);
      expect({ path, name, status: cached.status, text: settled(cached.text) }).toEqual({
        path,
        name,
        status: straight.status,
        text: settled(straight.text),
      });
    }
  // anonymous answers are what it is for
  expect(cache.stored()).toBeGreaterThan(20);
  expect(cache.keptForKeys()).toEqual([]);
});

const asApiKey = ({ Authorization = '', ...others }: Record<string, string>): Record<string, string> =>
  others.Cookie ? others : Authorization ? { 'X-API-Key': Authorization.replace('Bearer ', '') } : {};

/** Without what is another at each time. */
const settled = (text: string): string =>
  text
    .replaceAll(/"(timeStamp|at|requestId|cursor)" ?: ?"[^"]*"/g, '"$1":"…"')
    .replaceAll(/^id: .*$/gm, 'id: …');

describe('an ETag', () => {
  test('of one caller never gives 304 to another caller with a different answer', async () => {
    for (const { path } of cells()) {
      const answers = [];
      for (const caller of KINDS) answers.push({ caller, plain: await get(path, caller) });
      for (const etag of new Set(answers.flatMap(({ plain }) => plain.headers.get('etag') ?? []))) {
        const alike = answers.filter(({ plain }) => plain.headers.get('etag') === etag);
        expect(new Set(alike.map(({ plain }) => settled(plain.text))).size).toBe(1);
        for (const { caller, plain } of answers) {
          const { status } = await get(path, caller, { 'If-None-Match': etag });
          // what tells the time of its answer is another at each time
          const allowed = plain.headers.get('etag') === etag ? [304, 200] : [plain.status];
          expect({ path, who: caller.name, allowed }).toEqual({
            path,
            who: caller.name,
            allowed: allowed.includes(status) ? allowed : status,
          });
        }
      }
    }
  });

  test('of any form does not distinguish hidden from missing rows', async () => {
    const tags = ['*', 'W/"x"', '"x"', 'W/"x", "y"', '"'];
    for (const { path, missing } of cells().filter(({ missing }) => missing !== undefined))
      for (const etag of tags) {
        const plain: Answer = await get(path, ANYBODY);
        if (plain.status === 200) continue;
        for (const one of [path, missing!])
          expect((await get(one, ANYBODY, { 'If-None-Match': etag })).status).toBe(plain.status);
      }
  });

  test('answered with 304 has no body, and is as private as the answer', async () => {
    const { path } = matrix.reads.getIncident!.readings!.find(({ sees }) => sees(KINDS[1]!) !== undefined)!;
    const { headers } = await get(path, KINDS[1]!);
    const again = await get(path, KINDS[1]!, { 'If-None-Match': headers.get('etag')! });
    expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: '' });
    for (const name of ['etag', 'vary', 'cache-control'])
      expect(again.headers.get(name)).toBe(headers.get(name));
  });
});
