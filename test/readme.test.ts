import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type HttpServer, openHttpServer } from '../src/http/listen.ts';
import { testDatabase } from './support/database.ts';
import { startService, type TestService } from './support/service.ts';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code]) => code!.trim());
const run = promisify(execFile);

// Each command of a block that stands apart: these are run by other tests, or by whoever runs the tests.
const ELSEWHERE = /^(npm ci|npm start|export DATABASE_URL=|npm run (migrate|seed)|npm run tripoint -- keys)/;

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

/** Runs a block as it stands in the README, against the service of this test. */
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

describe('each command of the README answers as it stands', () => {
  const own = blocks.filter(
    (code) => !code.split('\n').every((line) => ELSEWHERE.test(line)) && code !== KEY_BLOCK,
  );
  test.each(own)('%s', async (code) => {
    const { stdout } = await shell(code);
    if (!code.includes('curl')) return expect(stdout).toMatch(/3 accepted|3 unchanged/);
    for (const answer of stdout.trim().split('\n')) expect(JSON.parse(answer)).toBeInstanceOf(Object);
  });

  test('the first answer holds all that the README shows of it', async () => {
    const shown = JSON.parse(/```json\n([\s\S]*?)```/.exec(readme)![1]!);
    const { stdout } = await shell(blocks[1]!);
    expect(JSON.parse(stdout)).toMatchObject(shown);
  });

  test('the commands for a server bring one up', async () => {
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

test('every path in backticks exists', () => {
  const paths = [
    ...readme.matchAll(/`((?:src|test|docs|data|openapi|migrations|seeds|bench)\/[\w./-]*)`/g),
  ].map(([, path]) => path!);
  expect(paths.length).toBeGreaterThanOrEqual(5);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});
