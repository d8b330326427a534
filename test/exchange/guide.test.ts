import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import { anIncident } from '../support/builders.ts';
import { settled } from '../support/feed.ts';
import { sectionsOf } from '../support/guide.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

const run = promisify(execFile);
const sections = sectionsOf('docs/exchange.md');

let service: TestService;
let http: HttpServer;
let folder: string;
beforeAll(async () => {
  service = await startService();
  http = await openHttpServer(service.app, { host: '127.0.0.1', port: 0 });
  folder = mkdtempSync(join(tmpdir(), 'guide-'));
  await service.api
    .post('/v1/incidents')
    .set(as(keyOf('TUN', 'reporter')))
    .send(anIncident({ tlp: 'GREEN' }))
    .expect(201);
  await settled(service);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  http.server.closeAllConnections();
  await http.close();
  await service.stop();
});

/** Runs a command as it stands in the guide, against the service of this test. */
async function shell(code: string): Promise<string> {
  const base = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
  const here = code.replaceAll('http://127.0.0.1:3000', base).replaceAll('/tmp/tripoint-', `${folder}/`);
  const script = ['set -e', 'curl() { command curl -sS --fail-with-body -w "\\n" "$@"; }', here].join('\n');
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    KEY: keyOf('DZA', 'reader'),
    OPERATOR_KEY: keyOf('DZA', 'operator'),
    ADMIN_KEY: keyOf('DZA', 'admin'),
    AGENCY: agencyOf(keyOf('DZA', 'reader')),
  };
  return (await run('bash', ['-c', script], { env, maxBuffer: 50_000_000 })).stdout;
}

describe('each command of docs/exchange.md works as written:', () => {
  const commands = [...sections].flatMap(([name, codes]) =>
    codes.map((code): [section: string, code: string] => [name, code]),
  );
  test.each(commands)(
    '%s: %s',
    async (section, code) => {
      const out = await shell(code);
      if (section.includes('CAP')) return expect(out).toContain('<georss:point>');
      if (code.startsWith('curl') || code.startsWith('CURSOR')) {
        if (code.includes('curl -N')) return expect(out).toContain('event: ping');
        for (const line of out.trim().split('\n')) expect(JSON.parse(line)).toBeInstanceOf(Object);
      }
    },
    60_000,
  );

  test('the copies exist', () => {
    expect(existsSync(join(folder, 'copy', 'cursor'))).toBe(true);
    expect(readFileSync(join(folder, 'lines', 'incidents.geojsonl'), 'utf8')).toContain('"Feature"');
  });
});

test('every path in backticks in docs/exchange.md exists', () => {
  const guide = readFileSync('docs/exchange.md', 'utf8');
  const files = [...guide.matchAll(/`(docs\/[\w./-]*)`/g)].map(([, path]) => path!);
  expect(files.length).toBeGreaterThanOrEqual(4);
  expect(files.filter((path) => !existsSync(path))).toEqual([]);
  const named = [...guide.matchAll(/`(?:(?:GET|POST|PATCH|DELETE) )?\/v1(\/[\w{}./-]+)/g)].map(
    ([, path]) => path!,
  );
  const document = JSON.parse(readFileSync('openapi/openapi.json', 'utf8'));
  const known = Object.keys(document.paths).map(
    (path) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  );
  expect(named.filter((path) => !known.some((pattern) => pattern.test(path)))).toEqual([]);
});
