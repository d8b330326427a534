import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeTripoint } from '../../src/app.ts';
import { CALLERS, type NamedCaller } from '../support/callers.ts';
import type { Answer, HttpClient } from '../support/http.client.ts';
import { countRuns, samples } from '../support/runs.ts';
import { inBrowser } from '../support/sessions.ts';
import { hiddenWords, leaksIn } from './leaks.ts';
import { type OpenMatrix, openMatrix } from './open.matrix.ts';
import { readRows } from './read.rows.ts';
import { type Cell, hiddenFrom, type MatrixWorld, type ReadRow } from './row.ts';
import { writeRows } from './write.rows.ts';

// Known without the world: jest names the tests before anything is written.
const NO_WORLD: MatrixWorld = { things: [{} as never], keys: [], start: '' };
const READS = Object.keys(readRows(NO_WORLD));
const WRITES = Object.keys(writeRows(NO_WORLD));

/** Everybody; or every third, among whom are all roles and all countries. */
const callers = CALLERS.filter((_, n) => n % samples(1, 3) === 0);

let matrix: OpenMatrix;
beforeAll(async () => {
  matrix = await openMatrix();
});
afterAll(() => matrix.close());

test('every operation has a row in the matrix, with its readers or writers', () => {
  const ids = describeTripoint().operations.map(({ id }) => id);
  const rows = [...READS, ...WRITES];
  const missing = ids.filter((id) => !rows.includes(id));
  const advice = missing.map(
    (id) => `${id} has no row: add it to test/matrix/read.rows.ts or test/matrix/write.rows.ts.`,
  );
  expect(advice).toEqual([]);
  expect(rows.filter((id) => !ids.includes(id))).toEqual([]);
});

/** 401 or 403 for who may not call the operation at all. */
function refusal({ roles }: { roles?: ReadRow['roles'] }, caller: NamedCaller): number | undefined {
  if (!roles || roles.some((role) => caller.roles.includes(role))) return undefined;
  return caller.country ? 403 : 401;
}

const askAs = (of: HttpClient, caller: NamedCaller, { path, method, mediaType, body }: Cell) =>
  of.ask({ path, method: method ?? 'get', mediaType, headers: caller.headers, body: body?.(caller) });

const CHANGING = new Set(['date', 'x-request-id', 'content-length', 'etag', 'connection', 'keep-alive']);

/** What is left of an answer when the address and the id of the request are taken out of it. */
function gist({ status, headers, text, body }: Answer, cell: Cell, caller: NamedCaller): object {
  const said = cell.bodyOfMissing ? Object.values(cell.body!(caller)).map(String) : [];
  const ids = [...cell.path.split(/[/?=]|\.cap$/), ...said].filter((part) => part.length > 8);
  const words = ids.reduce((rest, id) => rest.replaceAll(id, '…'), text.replace(body?.requestId, '…'));
  return { status, words, headers: [...headers].filter(([name]) => !CHANGING.has(name)) };
}

/** Whether what is hidden is answered as what is nowhere, but for the id that was asked for. */
async function isLikeMissing(of: HttpClient, caller: NamedCaller, cell: Cell, answer: Answer) {
  const { path, missing = path, body, bodyOfMissing = body } = cell;
  if (missing === path && bodyOfMissing === body) return true;
  const nowhere: Cell = { ...cell, path: missing, ...(bodyOfMissing && { body: bodyOfMissing }) };
  const other = gist(await askAs(of, caller, nowhere), nowhere, caller);
  return JSON.stringify(other) === JSON.stringify(gist(answer, cell, caller));
}

/** Hidden values that an answer reveals by itself. */
function leaks(caller: NamedCaller, cell: Cell, { text, headers }: Answer): string[] {
  const body = JSON.stringify(cell.body?.(caller));
  const told = `${text} ${[...headers].join()}`;
  return leaksIn(told, hiddenWords(matrix.things, caller), cell.path, body);
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const withoutTime = ({ timeStamp: _, ...body }: Record<string, unknown>) => body;

describe('each caller gets exactly what the oracle says, by', () => {
  test.each(READS)('%s', async (id) => {
    const row = matrix.reads[id]!;
    const wrong: object[] = [];
    for (const caller of callers) {
      const refused = refusal(row, caller);
      for (const reading of row.readings ?? []) {
        countRuns();
        const answer = await askAs(matrix.client, caller, reading);
        const expected = refused === undefined ? reading.sees(caller) : undefined;
        const status = refused ?? (expected === undefined ? hiddenFrom(reading, caller) : 200);
        const told = answer.status === 200 ? reading.tells(answer.body) : undefined;
        const isRight = answer.status === status && same(told, expected);
        const isSilent = status !== 404 || (await isLikeMissing(matrix.client, caller, reading, answer));
        const leaked = leaks(caller, reading, answer);
        if (!isRight || !isSilent || leaked.length > 0)
          wrong.push({
            leaked,
            who: caller.name,
            path: reading.path,
            status,
            answered: answer.status,
            expected,
            told,
            isSilent,
          });
      }
    }
    expect(wrong).toEqual([]);
  });

  test('open reference data: everyone the same', async () => {
    for (const path of Object.values(matrix.reads).flatMap(({ open = [] }) => open)) {
      const answers = [];
      for (const { headers } of callers) answers.push(await matrix.client.ask({ path, headers }));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      const told = new Set(answers.map(({ body }) => JSON.stringify(withoutTime(body))));
      expect({ path, told: [...told] }).toEqual({ path, told: [[...told][0]] });
    }
  });
});

describe('each caller writes what its role, country and visibility allow, by', () => {
  test.each(WRITES)('%s', async (id) => {
    const row = matrix.writes[id]!;
    const wrong: object[] = [];
    for (const caller of callers)
      for (const writing of row.writings) {
        const status = refusal(row, caller) ?? writing.status(caller);
        countRuns();
        const answer = await askAs(matrix.dry, caller, writing);
        const isSilent = status !== 404 || (await isLikeMissing(matrix.dry, caller, writing, answer));
        const leaked = leaks(caller, writing, answer);
        if (answer.status !== status || !isSilent || leaked.length > 0)
          wrong.push({
            leaked,
            who: caller.name,
            path: writing.path,
            status,
            answered: answer.status,
            isSilent,
            text: answer.text,
          });
      }
    expect(wrong).toEqual([]);
  });
});

// the statements are those of keys: the embedded database adds nothing
const onServer = process.env.TEST_DATABASE_URL ? test : test.skip;
onServer('a browser with a session writes what its key may, and a page of another site nothing', async () => {
  const wrong: object[] = [];
  for (const caller of CALLERS.filter(({ country }) => country).filter((_, n) => n % 5 === 0)) {
    const browser = await inBrowser(matrix.client, caller);
    const elsewhere = { ...browser, headers: { ...browser.headers, 'Sec-Fetch-Site': 'cross-site' } };
    for (const id of WRITES)
      for (const writing of matrix.writes[id]!.writings.slice(0, 2)) {
        countRuns();
        const [byKey, bySession, foreign] = [
          await askAs(matrix.dry, caller, writing),
          await askAs(matrix.dry, browser, writing),
          await askAs(matrix.dry, elsewhere, writing),
        ];
        if (bySession.status !== byKey.status || foreign.status !== 403)
          wrong.push({
            who: caller.name,
            path: writing.path,
            key: byKey.status,
            session: bySession.status,
            foreign: foreign.status,
          });
      }
  }
  expect(wrong).toEqual([]);
});
