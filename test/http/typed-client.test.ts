import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { describeTripoint } from '../../src/app.ts';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import { keyOf, startService, type TestService } from '../support/service.ts';

// docs/examples/typed-client.ts as its first lines say: types are made from the document, it compiles, it runs.
const run = promisify(execFile);
const PROGRAM = 'typed-client.ts';
const MISTAKES = `
import createClient from 'openapi-fetch';
import type { components, paths } from './tripoint.d.ts';
const client = createClient<paths, 'application/json' | 'application/problem+json'>({ baseUrl: '/v1' });
// @ts-expect-error no such path
await client.GET('/crossing/nearest');
// @ts-expect-error lat is needed
await client.GET('/crossings/nearest', { params: { query: { lon: 8 } } });
// @ts-expect-error a word that is no severity
const severity: components['schemas']['Severity'] = 'bad';
const { data, error } = await client.GET('/locate', { params: { query: { lon: 8, lat: 35 } } });
// @ts-expect-error a number
const country: number | undefined = data?.country;
// @ts-expect-error may be null
const name: string = {} as components['schemas']['Alert']['properties']['severity'];
export const read = [severity, country, name, error?.errors?.[0]?.path];
`;
const SETTINGS = {
  compilerOptions: {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    types: ['node'],
  },
  include: ['*.ts'],
};

let service: TestService;
let http: HttpServer;
let folder: string;

beforeAll(async () => {
  service = await startService({ withDemo: true });
  http = await openHttpServer(service.app, { host: '127.0.0.1', port: 0 });
  folder = mkdtempSync(join(tmpdir(), 'typed-client-'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  copyFileSync(join('docs/examples', PROGRAM), join(folder, PROGRAM));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(SETTINGS));
  const types = await openapiTypescript(JSON.stringify(describeTripoint().document('/v1')), {
    defaultNonNullable: false,
  });
  writeFileSync(join(folder, 'tripoint.d.ts'), astToString(types));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  http.server.closeAllConnections();
  await http.close();
  await service.stop();
});

async function compile(): Promise<string> {
  const { stdout } = await run(process.execPath, [
    resolve('node_modules/typescript/bin/tsc'),
    '-p',
    folder,
  ]).catch((failure) => failure);
  return stdout;
}

test('the program compiles with types made from the document', async () => {
  expect(await compile()).toBe('');
});

test('mistakes do not compile', async () => {
  writeFileSync(join(folder, 'mistakes.ts'), MISTAKES);
  // each of them is expected: one that compiled would be named
  expect(await compile()).toBe('');
});

test('the program reads, and reports an exercise', async () => {
  const { port } = http.server.address() as AddressInfo;
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', join(folder, PROGRAM), '8.5', '35.4', '--report'],
    {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        TRIPOINT_URL: `http://127.0.0.1:${port}`,
        TRIPOINT_KEY: keyOf('TUN', 'reporter'),
      },
    },
  );
  expect(stdout).toMatch(/^ras-el-aioun-haidra: 20 km, open$/m);
  expect(stdout).toMatch(/^reported [0-9a-f-]{36}: GREEN, km [\d.]+ of DZA-TUN$/m);
});
