import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type HttpClient, openClient } from '../support/http.client.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let client: HttpClient;
beforeAll(async () => {
  service = await startService();
  client = await openClient(service.app);
});
afterAll(async () => {
  await client.close();
  await service.stop();
});

const UP = [
  '..',
  '%2e%2e',
  '%2E.',
  '..%2f..',
  '%2e%2e%2f',
  '..%5c',
  '..\\..',
  '%252e%252e%252f',
  '..%252f..',
  '%25252e%25252e',
  '....',
  '..;',
  '..%00',
  '%c0%ae%c0%ae',
  '%uff0e%uff0e',
  '.%09.',
];
const TARGETS = [
  'etc/passwd',
  'package.json',
  'package-lock.json',
  '.env',
  'src/server.ts',
  'swagger-ui-dist/package.json',
  'node_modules/express/package.json',
  'demo-keys.json',
  '.git/config',
];
const ROOTS = [
  '',
  '/docs',
  '/problems',
  '/v1',
  '/v1/zones',
  '/v1/incidents',
  '/v1/agencies',
  '/v1/borders/DZA-TUN',
  '/metrics',
  '/healthz',
];
// of the files above, whatever way they are served
const FILES = /root:x:|"(name|version|lockfileVersion)"\s*:|\[core\]|TRIPOINT_DATA=|import \{/;
const DEEP = [1, 3, 8];

test('no spelling of a path leads to a file', async () => {
  const wrong: object[] = [];
  for (const root of ROOTS)
    for (const up of UP)
      for (const [n, target] of TARGETS.entries()) {
        const depth = DEEP[n % DEEP.length]!;
        const path = `${root}/${`${up}/`.repeat(depth)}${target}`;
        const { status, text } = await client.ask({ prefix: '', path });
        if (status < 400 || status >= 500 || FILES.test(text))
          wrong.push({ path, status, text: text.slice(0, 100) });
      }
  expect(wrong).toEqual([]);
});

test('nor does an absolute path, or one with a scheme, a host or a NUL', async () => {
  const paths = [
    '//etc/passwd',
    '/docs//etc/passwd',
    '/docs/%2fetc%2fpasswd',
    '/docs/file:///etc/passwd',
    'http://127.0.0.1/../etc/passwd',
    '/docs/swagger-ui.css%00.txt',
    '/docs/swagger-ui.css/../package.json',
    '/docs/./package.json',
    '/docs/node_modules/',
    '/docs/.',
    '/docs/%2e',
    '/docs/~root',
    '/v1/openapi.json/..%2f..',
  ];
  for (const path of paths) {
    const { status, text } = await client.ask({ prefix: '', path });
    const isFile = FILES.test(text) || (status < 400 && !text.includes('Tripoint'));
    expect({ path, isFailure: status >= 500, isFile }).toEqual({ path, isFailure: false, isFile: false });
  }
});

test('an id that looks like a path is an id', async () => {
  for (const id of ['..%2f..%2fetc', '%2e%2e', 'a%2fb', '%00', '.%2fpreview']) {
    const { status } = await client.ask({ path: `/zones/${id}` });
    expect([400, 404]).toContain(status);
  }
});
