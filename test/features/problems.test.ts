import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Response } from 'supertest';
import { aZone } from '../support/builders.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const operator = as(keyOf('TUN', 'operator'));
const send = (body: string | Buffer, headers: Record<string, string> = {}) =>
  service.api
    .post('/v1/zones/preview')
    .set({ ...operator, 'Content-Type': 'application/json', ...headers })
    .serialize(((sent: unknown) => sent) as never)
    .send(body as string);

describe('every problem', () => {
  const provoke: [what: string, ask: () => Promise<Response>][] = [
    ['400', () => service.api.get('/v1/borders?limit=0')],
    ['401', () => service.api.post('/v1/zones').send({})],
    [
      '403',
      () =>
        service.api
          .post('/v1/zones')
          .set(as(keyOf('TUN', 'reader')))
          .send({}),
    ],
    ['404', () => service.api.get('/v1/crossings/nowhere')],
    ['404', () => service.api.get('/v1/nowhere')],
    ['405', () => service.api.delete('/v1/borders')],
    ['413', () => send(`"${'x'.repeat(1.1 * 2 ** 20)}"`)],
    ['415', () => send('{}', { 'Content-Type': 'text/plain' })],
    ['422', () => send(JSON.stringify(aZone({ participants: ['DZA'] })))],
  ];
  test.each(provoke)('of status %s is a document with a type that resolves', async (status, ask) => {
    const { body, headers, status: answered, request } = await ask();
    expect(answered).toBe(Number(status));
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body).toMatchObject({ status: answered, instance: new URL(request.url).pathname });
    expect(body.detail.length).toBeGreaterThan(10);
    const type = await service.api.get(body.type).expect(200);
    expect(type.body).toMatchObject({ type: body.type, title: body.title });
    expect(body.requestId).toBe(headers['x-request-id']);
  });

  test("has the caller's request id if it is valid", async () => {
    const ask = (id: string) => service.api.get('/v1/nowhere').set('X-Request-Id', id);
    const { body, headers } = await ask('desk-7:2026.11');
    expect([body.requestId, headers['x-request-id']]).toEqual(['desk-7:2026.11', 'desk-7:2026.11']);
    for (const id of ['<script>', 'a b', 'x'.repeat(100)]) {
      const answer = await ask(id);
      expect(answer.body.requestId).not.toBe(id);
      expect(answer.body.requestId).toBe(answer.headers['x-request-id']);
    }
  });

  test('has its own id otherwise', async () => {
    const requestIds = await Promise.all(
      [1, 2, 3].map(async () => (await service.api.get('/v1/nowhere')).body.requestId),
    );
    expect(new Set(requestIds).size).toBe(3);
  });
});

describe('a body is refused when it is', () => {
  const cases: [what: string, body: string, status: number, words: RegExp][] = [
    ['broken JSON, saying the line and the column', '{"type": "Feature",\n "x": }', 400, /line 2, column 7/],
    ['cut off', '{"type": "Feature"', 400, /line 1, column 19/],
    ['empty', '', 400, /no body/],
    ['a list', '[]', 400, /must be an object/],
    ['null', 'null', 400, /must be an object/],
    ['a word', '"zone"', 400, /must be an object/],
    ['nothing known', '{"colour": "red"}', 400, /type: is required/],
    ['full of NUL', '{"type": "a\\u0000b"}', 400, /type: must not hold the character NUL/],
    ['half of a surrogate pair', '{"type": "\\ud83d"}', 400, /type: must not hold half a surrogate/],
    ['named with a NUL', '{"a\\u0000b": 1}', 400, /NUL/],
    ['after the prototype', '{"__proto__": {"isAdmin": true}}', 400, /__proto__: is not known/],
    ['nested without end', `${'['.repeat(5000)}${']'.repeat(5000)}`, 400, /nested deeper than 64/],
    ['1.1 MB long', `"${'x'.repeat(1.1 * 2 ** 20)}"`, 413, /longer than 1048576 bytes/],
  ];
  test.each(cases)('%s', async (_what, body, status, words) => {
    const answer = await send(body).expect(status);
    expect(answer.body.detail).toMatch(words);
  });

  test('of an unsupported media type', async () => {
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data', 'image/png']) {
      const { body, headers } = await send('{}', { 'Content-Type': type }).expect(415);
      expect(body.detail).toMatch(`The Content-Type is ${type}; this operation takes application/json`);
      expect(headers.accept).toMatch(/application\/json/);
    }
  });

  test('in a different charset or encoding than declared', async () => {
    await send('{}', { 'Content-Type': 'application/json; charset=latin1' }).expect(415);
    await send('{}', { 'Content-Encoding': 'zip' }).expect(415);
    await send('{}', { 'Content-Encoding': 'gzip' }).expect(400);
  });

  test('with many faults, which are all named', async () => {
    const { body } = await send(
      JSON.stringify(aZone({ kind: 'x', purpose: 5, participants: [], more: 1 })),
    ).expect(400);
    const paths = body.errors.map(({ path }: { path: string }) => path);
    expect(paths.sort()).toEqual(
      ['kind', 'more', 'participants', 'purpose'].map((name) => `properties.${name}`),
    );
    expect(body.detail).toMatch(/and 3 more, see errors/);
  });
});

describe('a URL', () => {
  test.each(['/v1/nowhere', '/v2/borders', '/v1/borders/DZA-TUN/more', '/v1//borders', '/v1/..%2f..%2fetc'])(
    '%s that does not exist is 404',
    async (path) => {
      const { body } = await service.api.get(path);
      expect(body).toMatchObject({ status: 404, type: '/problems/not-found' });
      expect(body.detail).toContain(`GET ${path}`);
    },
  );

  test.each([
    ['post', '/v1/borders', 'GET, HEAD, OPTIONS'],
    ['delete', '/v1/crossings/bouchebka', 'GET, HEAD, OPTIONS'],
    ['put', '/v1/crossings/nearest', 'GET, HEAD, OPTIONS'],
    ['get', '/v1/zones/preview', 'POST, OPTIONS'],
    ['patch', '/v1/agencies/tun-douane', 'GET, PUT, HEAD, OPTIONS'],
    ['post', '/healthz', 'GET, HEAD, OPTIONS'],
  ] as const)(
    'with the wrong method (%s %s) is 405 and names the right ones',
    async (method, path, allow) => {
      const { body, headers } = await service.api[method](path).expect(405);
      expect(headers.allow).toBe(allow);
      expect(body.detail).toContain(`possible are ${allow}`);
      // OPTIONS tells what the caller may do, here one without a key
      const { headers: plain } = await service.api.options(path).expect(200);
      expect(allow.split(', ')).toEqual(expect.arrayContaining(plain.allow!.split(', ')));
    },
  );

  test.each(['/v1/zones/%zz', '/v1/zones/%', '/v1/zones/%ff', '/v1/segments/%C3%28', '/problems/%zz'])(
    'with broken percent-encoding (%s) is 400',
    async (path) => {
      const { body } = await service.api.get(path).expect(400);
      expect(body.detail).toMatch(/percent-encoding/);
    },
  );

  test('with broken percent-encoding in the query is 400', async () => {
    for (const query of ['bbox=%zz', '%zz=1', 'bbox=%00', 'bbox=%ff'])
      await service.api.get(`/v1/borders?${query}`).expect(400);
  });

  test('that is very long is refused briefly', async () => {
    const long = 'x'.repeat(8000);
    for (const path of [`/v1/zones/${long}`, `/v1/borders?bbox=${long}`, `/v1/borders?cursor=${long}`]) {
      const { body } = await service.api.get(path).expect(400);
      expect(body.detail.length).toBeLessThan(200);
    }
  });

  test('with an invalid host is refused', async () => {
    for (const host of ['a b', 'x:99999', '[', ''])
      for (const path of ['/v1/borders', '/v1/mandates', '/v1/crossings/nearest?lon=8&lat=35']) {
        const { body } = await service.api.get(path).set('Host', host).expect(400);
        expect(body.detail).toMatch(/Host/);
      }
  });
});

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  example?: unknown;
  schema: { example?: unknown };
}
interface Described {
  operationId: string;
  parameters?: (Parameter & { $ref?: string })[];
  requestBody?: unknown;
}

const LONG_MS = 200_000;

describe('no input makes the service fail', () => {
  const odd = [
    '',
    '\0',
    "'; DROP TABLE base.zone; --",
    '%',
    '9'.repeat(400),
    'POINT(8 35)',
    '-1',
    '1e308',
    '🛂',
    '../..',
    'null',
    '{}',
  ];
  let operations: (Described & { method: string; path: string })[];
  let components: { parameters?: Record<string, Parameter> };

  beforeAll(async () => {
    const { body } = await service.api
      .get('/v1/openapi.json')
      .buffer(true)
      .parse(asJson as never)
      .expect(200);
    components = body.components ?? {};
    operations = Object.entries(body.paths as Record<string, Record<string, Described>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods)
          .filter(([method]) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
          .map(([method, described]) => ({ ...described, method, path: path.replace(/^(?!\/v1)/, '/v1') })),
    );
  });

  const parametersOf = ({ parameters = [] }: Described): Parameter[] =>
    parameters.map((one) => (one.$ref ? components.parameters![one.$ref.split('/').at(-1)!]! : one));
  const exampleOf = ({ example, schema }: Parameter): string => String(example ?? schema.example ?? '8');
  const pathWith = (path: string, parameters: Parameter[], change: Record<string, string> = {}) =>
    parameters
      .filter((one) => one.in === 'path')
      .reduce(
        (filled, one) =>
          filled.replace(`{${one.name}}`, encodeURIComponent(change[one.name] ?? exampleOf(one))),
        path,
      );

  test(
    'in any parameter of any read',
    async () => {
      const reads = operations.filter(({ method }) => method === 'get');
      expect(reads.length).toBeGreaterThan(15);
      for (const operation of reads) {
        const parameters = parametersOf(operation);
        const needed = parameters.filter((one) => one.in === 'query' && one.required);
        for (const { name, in: place } of parameters.filter((one) => ['path', 'query'].includes(one.in)))
          for (const value of odd) {
            const path = pathWith(operation.path, parameters, place === 'path' ? { [name]: value } : {});
            const query = new URLSearchParams(needed.map((one) => [one.name, exampleOf(one)]));
            if (place === 'query') query.set(name, value);
            const { status } = await service.api.get(`${path}?${query}`).set(as(keyOf('TUN', 'admin')));
            expect([operation.operationId, name, value, status < 500]).toEqual([
              operation.operationId,
              name,
              value,
              true,
            ]);
          }
      }
    },
    LONG_MS,
  );

  test(
    'in any body of any write',
    async () => {
      const bodies = [
        '',
        '{',
        'null',
        '[]',
        '{}',
        '5',
        '"x"',
        '{"type":"Feature"}',
        '{"type":"Feature","properties":null}',
        '{"type":"Feature","geometry":{"type":"Polygon","coordinates":[]},"properties":{}}',
        '{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[]]]},"properties":{}}',
        '{"properties":{"names":{"en":5}},"state":{},"scope":[],"agency":{},"traffic":{"a":1}}',
      ];
      const writes = operations.filter(({ requestBody }) => requestBody);
      expect(writes.length).toBeGreaterThan(7);
      for (const { operationId, method, path, ...operation } of writes)
        for (const role of ['reporter', 'operator', 'admin'] as const)
          for (const body of bodies) {
            const address = pathWith(path, parametersOf({ operationId, ...operation }));
            const request = service.api[method as 'post'](address).set(as(keyOf('TUN', role)));
            const { status } = await request.set('Content-Type', 'application/json').send(body);
            expect([operationId, role, body, status < 500]).toEqual([operationId, role, body, true]);
          }
    },
    LONG_MS,
  );
});

function asJson(response: NodeJS.ReadableStream, done: (error: Error | null, body: unknown) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, JSON.parse(Buffer.concat(chunks).toString())));
}
