import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type HttpServer, openHttpServer } from '../src/http/listen.ts';
import { testDatabase } from './support/database.ts';
import { startService, type TestService } from './support/service.ts';

// docs/exchange.md has a test of its own: test/exchange/guide.test.ts
const pages = readdirSync('docs')
  .filter((file) => file.endsWith('.md') && file !== 'exchange.md')
  .map((file) => `docs/${file}`);
const readme = readFileSync('README.md', 'utf8');
const texts = [readme, ...pages.map((page) => readFileSync(page, 'utf8'))];
const blocks = texts.flatMap((text) =>
  [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code]) => code!.trim()),
);
const run = promisify(execFile);

// Commands that other tests run, or that whoever runs the tests has already run.
const ELSEWHERE =
  /^(npm ci|npm start|export DATABASE_URL=|npm run (migrate|seed)|npm run tripoint -- (keys|world))/;

// test/database/logins.test.ts and test/worlds/guide.test.ts run these on a server of their own.
const OTHER_SERVER = /^export DATABASE_ADMIN_URL=/;

let service: TestService;
let http: HttpServer;
let base: string;
beforeAll(async () => {
  service = await startService({ withDemo: true });
  http = await openHttpServer(service.app, { host: '127.0.0.1', port: 0 });
  base = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await http.close();
  await service.stop();
});

const KEY_BLOCK = blocks.find((code) => code.startsWith('KEY='))!;

/** Runs a block as it stands in the page, against the service of this test. */
function shell(code: string): Promise<{ stdout: string }> {
  const keys = join(process.env.TRIPOINT_TEST_FOLDER!, 'keys.json');
  const script = [
    'set -e',
    'curl() { command curl -sS --fail-with-body -w "\\n" "$@"; }',
    KEY_BLOCK,
    code.replace(/(npm run tripoint -- import .*)/, `$1 --url ${base}`),
  ].join('\n');
  const here = script.replaceAll('http://127.0.0.1:3000', base).replaceAll('.tripoint/demo-keys.json', keys);
  return run('bash', ['-c', here], { maxBuffer: 50_000_000 });
}

describe('each command of the README and of docs/ works as written', () => {
  const own = blocks.filter(
    (code) =>
      !code.split('\n').every((line) => ELSEWHERE.test(line)) &&
      code !== KEY_BLOCK &&
      !OTHER_SERVER.test(code),
  );
  test.each(own)('%s', async (code) => {
    const { stdout } = await shell(code);
    if (!code.includes('curl')) return expect(stdout).toMatch(/3 accepted|3 unchanged/);
    for (const answer of stdout.trim().split('\n')) expect(JSON.parse(answer)).toBeInstanceOf(Object);
  });

  test('the first answer contains everything that the README shows', async () => {
    const shown = JSON.parse(/```json\n([\s\S]*?)```/.exec(readme)![1]!);
    const { stdout } = await shell(blocks[1]!);
    expect(JSON.parse(stdout)).toMatchObject(shown);
  });

  test('the commands for a server start one', async () => {
    const { connection, isEmbedded, drop } = await testDatabase({ isEmpty: true });
    try {
      if (isEmbedded) return;
      const [, ...commands] = blocks.find((code) => code.startsWith('export DATABASE_URL='))!.split('\n');
      const env = { ...process.env, DATABASE_URL: connection.connectionString, DATABASE_OWNER_URL: '' };
      for (const command of commands.filter((line) => line !== 'npm start')) {
        const { stdout } = await run('bash', ['-c', command], { env });
        if (command.includes('--json')) expect(stdout).toContain('"key":"tp_');
      }
    } finally {
      await drop();
    }
  });
});

/** Paths in backticks, and targets of links. */
function pathsIn(page: string): string[] {
  const text = readFileSync(page, 'utf8');
  const quoted = text.matchAll(/`((?:src|test|docs|data|openapi|migrations|schema|seeds|bench)\/[\w./-]*)`/g);
  const linked = text.matchAll(/\]\((?!https?:)([^)#]+)/g);
  return [
    ...[...quoted].map(([, path]) => path!),
    ...[...linked].map(([, path]) => join(dirname(page), path!)),
  ];
}

const ROOT_PAGES = readdirSync('.').filter((file) => file.endsWith('.md'));
const DECISIONS = readdirSync('docs/decisions').map((file) => `docs/decisions/${file}`);

test.each([...ROOT_PAGES, ...pages, ...DECISIONS])('%s names only paths that exist', (page) => {
  expect(pathsIn(page).filter((path) => !existsSync(path))).toEqual([]);
});

test('the README links every page of docs/', () => {
  const linked = pathsIn('README.md');
  expect([...pages, 'docs/exchange.md'].filter((page) => !linked.includes(page))).toEqual([]);
});
