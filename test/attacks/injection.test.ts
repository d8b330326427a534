import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hiddenWords, leaksIn } from '../matrix/leaks.ts';
import { type OpenMatrix, openMatrix } from '../matrix/open.matrix.ts';
import { entriesOf } from '../support/audit.ts';
import { ANYBODY, callerOf, type NamedCaller } from '../support/callers.ts';
import { type DescribedOperation, describedOperations } from '../support/document.parameters.ts';
import type { Answer, Asking } from '../support/http.client.ts';

// Tried in every parameter and every text of a body that the document of the API names: a filter language that comes
// later is among them by itself.
const PAYLOADS = [
  `' OR '1'='1`,
  `' OR set_config('tripoint.viewer', '15', false) IS NOT NULL --`,
  `'; SELECT set_config('tripoint.viewer', '15', false); --`,
  `x') UNION SELECT id::text FROM base.incident --`,
  `1; DROP VIEW tripoint.incident; --`,
  `\\'; RESET ROLE; --`,
  `$1 OR true`,
  `tlp = 'RED' OR (SELECT true FROM base.zone LIMIT 1)`,
];

let matrix: OpenMatrix;
let before: string[];
beforeAll(async () => {
  matrix = await openMatrix();
  before = await seenByAnybody();
});
afterAll(() => matrix.close());

const seenByAnybody = async (): Promise<string[]> => {
  const { body } = await matrix.client.ask({ path: '/incidents' });
  return body.features.map(({ id }: { id: string }) => id);
};

/** Of a country that sees little, with a role that may call the operation. */
function callerFor(id: string): NamedCaller {
  const { roles } = matrix.reads[id] ?? matrix.writes[id]!;
  return roles ? callerOf('LBY', roles[0]!) : ANYBODY;
}

// What only a database says.
const DATABASE_WORDS =
  /syntax error|SQLSTATE|unterminated|does not exist at character|relation "|pg_catalog/i;

async function expectNothing(caller: NamedCaller, asking: Asking): Promise<Answer> {
  const { method = 'get' } = asking;
  // reads on connections that go on serving others
  const { ask } = method === 'get' ? matrix.client : matrix.dry;
  const answer = await ask({ ...asking, headers: { ...caller.headers, ...asking.headers } });
  const { status, text } = answer;
  // an answer may repeat what it was asked, such as the ids of alerts in a body
  const said = [asking.path.replaceAll('+', ' '), encodeURIComponent(JSON.stringify(asking.body ?? ''))];
  const leaked = leaksIn(text, hiddenWords(matrix.things, caller), ...said);
  const told = { ...asking, isFailure: status >= 500, leaked, says: DATABASE_WORDS.exec(text)?.[0] };
  expect(told).toEqual({ ...asking, isFailure: false, leaked: [], says: undefined });
  return answer;
}

const pathOf = ({ path, parameters }: DescribedOperation, change: Record<string, string> = {}): string =>
  parameters
    .filter((one) => one.in === 'path')
    .reduce(
      (filled, { name, example }) => filled.replace(`{${name}}`, encodeURIComponent(change[name] ?? example)),
      path,
    );

const queryOf = ({ parameters }: DescribedOperation, change: Record<string, string> = {}): string => {
  const needed = parameters.filter((one) => one.in === 'query' && one.required);
  return String(
    new URLSearchParams({
      ...Object.fromEntries(needed.map(({ name, example }) => [name, example])),
      ...change,
    }),
  );
};

describe('SQL in a parameter or a text is a value like any other', () => {
  test.each(
    describedOperations.filter(({ method }) => method === 'get').map((one) => [one.id, one] as const),
  )('in the path and the query of %s', async (id, operation) => {
    const caller = callerFor(id);
    for (const { name, in: place } of operation.parameters)
      for (const payload of PAYLOADS) {
        const change = { [name]: payload };
        if (place === 'header')
          await expectNothing(caller, {
            path: `${pathOf(operation)}?${queryOf(operation)}`,
            headers: change,
          });
        else
          await expectNothing(caller, {
            path: `${pathOf(operation, place === 'path' ? change : {})}?${queryOf(operation, place === 'query' ? change : {})}`,
          });
      }
  });

  test.each(
    describedOperations.filter(({ method }) => method !== 'get').map((one) => [one.id, one] as const),
  )('in the path, the query, the body and the purpose of %s', async (id, operation) => {
    const caller = callerFor(id);
    const row = matrix.writes[id]?.writings ?? matrix.reads[id]!.readings!;
    const { path, method = 'get', mediaType, body } = row[0]!;
    const asking: Asking = { path, method, mediaType, body: body?.(caller) };
    for (const payload of PAYLOADS) {
      for (const { name, in: place } of operation.parameters) {
        const change = { [name]: payload };
        if (place === 'path') await expectNothing(caller, { ...asking, path: pathOf(operation, change) });
        if (place === 'query')
          await expectNothing(caller, { ...asking, path: `${path}?${queryOf(operation, change)}` });
      }
      await expectNothing(caller, { ...asking, headers: { 'X-Purpose': payload, 'X-Request-Id': payload } });
      for (const changed of withEachText(asking.body, payload))
        await expectNothing(caller, { ...asking, body: changed as object });
    }
  });

  test('and anonymous callers see the same as before', async () => {
    // as often as there are connections that might have been changed
    for (let n = 0; n < 10; n++) expect(await seenByAnybody()).toEqual(before);
  });
});

/** The body as often as it has texts, each time with another one in the place of one of them. */
function withEachText(value: unknown, text: string): unknown[] {
  if (typeof value === 'string') return [text];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    withEachText(member, text).map((changed) =>
      Array.isArray(value) ? value.with(Number(name), changed) : { ...value, [name]: changed },
    ),
  );
}

test('text that looks like SQL is stored as written', async () => {
  const [thing] = matrix.things;
  const { headers } = callerOf('DZA', 'reporter');
  const written = `Route '; DROP TABLE x; -- closed`;
  const path = `/incidents/${thing!.incident}/reports`;
  const { status, body } = await matrix.dry.ask({ path, method: 'post', headers, body: { text: written } });
  expect({ status, text: body.text }).toEqual({ status: 201, text: written });
});

test('a purpose cannot inject anything into the audit log', async () => {
  const requestId = 'purpose-of-the-attack';
  await matrix.client.ask({
    path: `/incidents/${matrix.things[0]!.incident}/reports`,
    method: 'post',
    headers: {
      ...callerOf('DZA', 'reporter').headers,
      'X-Request-Id': requestId,
      'X-Purpose': `patrol", "country": "LBY", "operation": "none`,
    },
    body: { text: 'Seen.' },
  });
  const entries = await entriesOf(matrix.service.db, requestId);
  expect(entries.length).toBeGreaterThan(0);
  for (const { country, operation } of entries)
    expect({ country, operation }).toEqual({ country: 'DZA', operation: 'addReport' });
});
