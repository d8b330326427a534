import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { entriesOf } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { describedOperations } from '../support/document.parameters.ts';
import { type HttpClient, openClient } from '../support/http.client.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const lines: string[] = [];
let service: TestService;
let client: HttpClient;
beforeAll(async () => {
  service = await startService({
    logger: pino({ level: 'trace' }, { write: (line) => void lines.push(line) }),
  });
  client = await openClient(service.app);
});
afterAll(async () => {
  await client.close();
  await service.stop();
});

const CRLF = [
  '%0d%0aSet-Cookie:%20tripoint=1',
  '%0aSet-Cookie:%20tripoint=1',
  '%E5%98%8A%E5%98%8DSet-Cookie:%20tripoint=1',
  '%0d%0a%0d%0a<script>',
];
const reporter = as(keyOf('TUN', 'reporter'));

/** Sends bytes as they are, and answers all that comes back until the service closes the connection. */
async function exchange(...pieces: string[]): Promise<string> {
  const socket = connect(client.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(pieces.join('\r\n'));
  return text(socket);
}
const answersIn = (bytes: string): string[] => bytes.match(/^HTTP\/1\.1 \d+/gm) ?? [];

describe('line breaks in a URL', () => {
  test('create no header, wherever the URL is repeated', async () => {
    for (const { path, parameters } of describedOperations.filter(({ method }) => method === 'get'))
      for (const broken of CRLF) {
        const inPath = parameters
          .filter((one) => one.in === 'path')
          .reduce((filled, { name }) => filled.replace(`{${name}}`, broken), path);
        for (const asked of [inPath, `${path}?limit=${broken}`, `${path}?${broken}=1`]) {
          const {
            status,
            headers,
            text: body,
          } = await client.ask({ path: asked.replaceAll(/\{\w+\}/g, 'x') });
          expect({ asked, isFailure: status >= 500, cookie: headers.get('set-cookie') }).toEqual({
            asked,
            isFailure: false,
            cookie: null,
          });
          expect(body).not.toMatch(/^Set-Cookie/m);
        }
      }
  });

  test('create no log line', async () => {
    const forged = '{"level":50,"msg":"forged"}';
    const before = lines.length;
    const asked = [
      `/v1/zones/%0a${encodeURIComponent(forged)}`,
      `/v1/borders?bbox=%0d%0a${encodeURIComponent(forged)}`,
    ];
    for (const path of asked)
      await client.ask({ prefix: '', path, headers: { 'X-Request-Id': `x"},${forged}` } });
    expect(lines.length).toBeGreaterThan(before);
    for (const line of lines.slice(before)) {
      expect(line.trim().split('\n')).toHaveLength(1);
      expect(JSON.parse(line).msg).not.toBe('forged');
    }
  });
});

describe('line breaks in a header', () => {
  test.each([
    ['a bare carriage return', 'X-Request-Id: a\rSet-Cookie: tripoint=1'],
    ['a line that is continued', 'X-Purpose: patrol\r\n Set-Cookie: tripoint=1'],
    ['a NUL', 'X-Request-Id: a\0b'],
    ['a space before the colon', 'Authorization : Bearer x'],
  ])('%s is refused or repeated nowhere', async (_what, header) => {
    const answer = await exchange(
      'GET /v1/borders?limit=1 HTTP/1.1',
      'Host: x',
      header,
      'Connection: close',
      '',
      '',
    );
    expect(answersIn(answer)).toHaveLength(1);
    expect(answer).not.toMatch(/^Set-Cookie/im);
    expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
  });

  test('in encoded form are refused as a purpose, and are in no entry', async () => {
    const path = '/incidents';
    const headers = { ...reporter, 'X-Request-Id': 'broken-purpose' };
    for (const purpose of [
      'patrol%0d%0aagency: none',
      'patrol%0aagency',
      'patrol%E2%80%A8agency',
      'patrol%1b[31m',
    ]) {
      const sent = {
        path,
        method: 'post',
        headers: { ...headers, 'X-Purpose': purpose },
        body: anIncident(),
      };
      expect((await client.ask(sent)).status).toBe(400);
    }
    expect(await entriesOf(service.db, 'broken-purpose')).toEqual([]);
  });
});

// A balancer in front may see one request where the service sees two.
describe('a request with an ambiguous length', () => {
  const hidden = 'GET /v1/keys HTTP/1.1\r\nHost: x\r\n\r\n';
  const head = ['POST /v1/zones/preview HTTP/1.1', 'Host: x', 'Content-Type: application/json'];
  test.each([
    [
      'by Content-Length and Transfer-Encoding',
      ['Content-Length: 6', 'Transfer-Encoding: chunked', '', `0\r\n\r\n${hidden}`],
    ],
    ['by two lengths', ['Content-Length: 2', `Content-Length: ${2 + hidden.length}`, '', `{}${hidden}`]],
    [
      'by an encoding that is not the last',
      ['Transfer-Encoding: chunked, identity', '', `0\r\n\r\n${hidden}`],
    ],
    [
      'by an encoding of two words',
      ['Transfer-Encoding: chunked', 'Transfer-Encoding: x', '', `0\r\n\r\n${hidden}`],
    ],
    ['by a length with a sign', ['Content-Length: +2', '', `{}${hidden}`]],
    [
      'by a chunk that is longer than it says',
      ['Transfer-Encoding: chunked', '', `1\r\n{}\r\n0\r\n\r\n${hidden}`],
    ],
  ])('%s gets one refusal, and the connection closes', async (_how, rest) => {
    const answer = await exchange(...head, ...rest);
    expect(answersIn(answer)).toHaveLength(1);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/);
  });
});

describe('forwarding headers', () => {
  test('change neither caller nor request', async () => {
    const { body: made } = await client.ask({
      path: '/incidents',
      method: 'post',
      headers: reporter,
      body: anIncident(),
    });
    const path = `/incidents/${made.id}`;
    const forged = [
      { 'X-Agency': 'tun-garde-nationale' },
      { 'X-Country': 'TUN', 'X-Role': 'admin' },
      { 'X-Forwarded-User': 'tun-garde-nationale', 'X-Remote-User': 'admin' },
      { 'X-Forwarded-For': '127.0.0.1', 'X-Real-IP': '127.0.0.1' },
      { 'X-Original-URL': path, 'X-Rewrite-URL': path },
      { Cookie: `key=${keyOf('TUN', 'admin')}` },
      { 'Proxy-Authorization': `Bearer ${keyOf('TUN', 'admin')}` },
    ];
    for (const headers of forged) expect((await client.ask({ path, headers })).status).toBe(404);
    for (const name of ['X-HTTP-Method-Override', 'X-Method-Override', 'X-HTTP-Method']) {
      const sent = {
        path: '/incidents?_method=DELETE',
        method: 'post',
        headers: { ...reporter, [name]: 'DELETE' },
        body: anIncident(),
      };
      expect((await client.ask(sent)).status).toBe(400);
      expect((await client.ask({ ...sent, path: '/incidents' })).status).toBe(201);
    }
  });

  test('change no link if PUBLIC_URL is set', async () => {
    const known = await openClient(service.appWith({ publicUrl: 'https://tripoint.example' }));
    try {
      const headers = {
        Host: 'evil.example',
        'X-Forwarded-Host': 'evil.example',
        'X-Forwarded-Proto': 'gopher',
        Forwarded: 'host=evil.example',
      };
      for (const path of [
        '/borders?limit=1',
        '/mandates?limit=1',
        '/crossings/nearest?lon=8&lat=35',
        '/crossings/bouchebka/status',
      ]) {
        const answer = await known.ask({ path, headers });
        expect(answer.text).not.toContain('evil');
        expect(answer.body.links[0].href).toMatch(/^https:\/\/tripoint\.example\/v1\//);
      }
    } finally {
      await known.close();
    }
  });

  test('of untrusted proxies change no link either', async () => {
    const headers = { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'gopher' };
    const { text: body } = await client.ask({ path: '/borders?limit=1', headers });
    expect(body).not.toMatch(/evil|gopher/);
  });
});
