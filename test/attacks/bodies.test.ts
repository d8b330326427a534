import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type OpenMatrix, openMatrix } from '../matrix/open.matrix.ts';
import { callerOf } from '../support/callers.ts';
import { describedOperations } from '../support/document.parameters.ts';
import type { Answer } from '../support/http.client.ts';

let matrix: OpenMatrix;
beforeAll(async () => {
  matrix = await openMatrix();
});
afterAll(() => matrix.close());

const MEGABYTE = 1_000_000;
const LONGEST_ANSWER = 30_000;
const deep = (times: number) => `${'['.repeat(times)}${']'.repeat(times)}`;

const BODIES: [what: string, body: string, statuses: number[]][] = [
  ['longer than the limit', `{"a":"${'x'.repeat(1.1 * MEGABYTE)}"}`, [413]],
  ['of nothing but spaces, longer than the limit', ' '.repeat(1.1 * MEGABYTE), [413]],
  ['nested 10,000 deep', deep(10_000), [400]],
  ['nested 100,000 deep in a member', `{"properties":${deep(100_000)}}`, [400]],
  ['of objects nested 50,000 deep', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, [400]],
  ['that opens 500,000 lists', '['.repeat(500_000), [400]],
  ['with 60,000 members', `{${Array.from({ length: 60_000 }, (_, n) => `"m${n}":1`).join()}}`, [400]],
  ['with a list of 300,000', `{"properties":{"participants":[${'1,'.repeat(300_000)}1]}}`, [400, 422]],
  ['with a number without end', `{"properties":{"severity":${'9'.repeat(100_000)}}}`, [400]],
  ['with invalid numbers', '{"properties":{"severity":1e999,"counts":{"best":-1e999}}}', [400]],
  [
    'with a polygon of 40,000 corners at one place',
    `{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[${'[8,35],'.repeat(40_000)}[8,35]]]},"properties":{}}`,
    [400, 422],
  ],
  [
    'with keys of the prototype',
    '{"constructor":{"prototype":{"isAdmin":true}},"__proto__":{"isAdmin":true}}',
    [400],
  ],
  [
    'with one member twice',
    '{"type":"Feature","type":"Feature","reason":5,"reason":6,"text":7,"roles":8}',
    [400],
  ],
];

const writing = describedOperations
  .filter(({ method, hasBody }) => method !== 'get' && hasBody)
  .map(({ id }) => id);

/** The largest or deepest body is refused in few words, by an operation that would take a good one. */
function expectRefusal({ status, text }: Answer, statuses: readonly number[]): void {
  expect(statuses).toContain(status);
  expect(text.length).toBeLessThan(LONGEST_ANSWER);
}

/** Streams, tried below. */
const IMPORTS = ['importIncidents', 'importIndicators'];

describe.each(BODIES)('a body %s', (_what, body, statuses) => {
  test.each(writing.filter((id) => !IMPORTS.includes(id)))('is refused by %s', async (id) => {
    const { roles } = matrix.writes[id] ?? matrix.reads[id]!;
    const { path, method = 'post' } = (matrix.writes[id]?.writings ?? matrix.reads[id]!.readings!)[0]!;
    const { headers } = callerOf('DZA', roles?.[0] ?? 'reader');
    expectRefusal(await matrix.dry.ask({ path, method, headers, body }), statuses);
  });
});

describe('an import', () => {
  const headers = () => callerOf('DZA', 'reporter').headers;
  const send = (mediaType: string, body: string) =>
    matrix.dry.ask({ path: '/incidents/import', method: 'post', headers: headers(), mediaType, body });
  const LONG = 20 * MEGABYTE;

  const cases: [what: string, mediaType: string, body: () => string][] = [
    ['one line of 20 MB', 'application/geo+json-seq', () => 'x'.repeat(LONG)],
    ['one field of 20 MB', 'text/csv', () => `lon,lat,kind\n8,35,${'x'.repeat(LONG)}`],
    ['a quote that is never closed', 'text/csv', () => `lon,lat,kind\n8,35,"${'x'.repeat(LONG)}`],
    ['a header of 200,000 columns', 'text/csv', () => `${'a,'.repeat(200_000)}a\n1`],
    [
      'one feature of 20 MB',
      'application/geo+json',
      () => `{"type":"FeatureCollection","features":[{"a":"${'x'.repeat(LONG)}"}]}`,
    ],
    [
      'lists nested 200,000 deep',
      'application/geo+json',
      () => `{"type":"FeatureCollection","features":[${deep(200_000)}]}`,
    ],
    ['lists nested 200,000 deep in a line', 'application/geo+json-seq', () => deep(200_000)],
    ['100,000 lines that are nothing', 'application/geo+json-seq', () => '{}\n'.repeat(100_000)],
    ['no bytes but NUL', 'text/csv', () => '\0'.repeat(MEGABYTE)],
  ];
  test.each(cases)('of %s is refused briefly', async (_what, mediaType, make) => {
    const { status, text: answer, body } = await send(mediaType, make());
    expect([200, 400, 413]).toContain(status);
    if (status === 200) expect(body).toMatchObject({ accepted: 0, updated: 0 });
    // a thousand lines are reported
    expect(answer.length).toBeLessThan(10 * LONGEST_ANSWER);
  });

  const tables = cases.filter(([, mediaType]) => mediaType === 'text/csv');
  test.each(tables)('of indicators of %s is refused briefly', async (_what, mediaType, make) => {
    const { status, text: answer } = await matrix.dry.ask({
      path: '/indicators/import',
      method: 'post',
      headers: headers(),
      mediaType,
      body: make(),
    });
    expect([400, 413]).toContain(status);
    expect(answer.length).toBeLessThan(10 * LONGEST_ANSWER);
  });

  test('refused before its end does not block the next request on the same connection', async () => {
    const { Authorization } = headers();
    const body = `{"type":"FeatureCollection","features":[${deep(200_000)}]}`;
    const socket = connect(matrix.dry.port, '127.0.0.1');
    socket.write(
      [
        'POST /v1/incidents/import HTTP/1.1',
        'Host: x',
        `Authorization: ${Authorization}`,
        'Content-Type: application/geo+json',
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    );
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const answers = await text(socket);
    expect(answers).toMatch(/^HTTP\/1\.1 [24]\d\d/);
    expect(answers).toContain('{"status":"ok"}');
  });
});
