import { type ChildProcess, spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import { anIncident } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { settled } from '../support/feed.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let http: HttpServer;
let child: ChildProcess | undefined;
beforeAll(async () => {
  service = await startService();
  http = await openHttpServer(service.app, { host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  child?.kill('SIGKILL');
  http.server.closeAllConnections();
  await http.close();
  await service.stop();
});

async function report(): Promise<string> {
  const reporter = as(keyOf('TUN', 'reporter'));
  const { body } = await service.api
    .post('/v1/incidents')
    .set(reporter)
    .send(anIncident({ tlp: 'GREEN' }))
    .expect(201);
  return body.id;
}

test('listen.mjs prints events, and resumes without loss or duplicates after a broken connection', async () => {
  await settled(service);
  const { body } = await service.api.get('/v1/changes').expect(200);
  const { port } = http.server.address() as AddressInfo;
  child = spawn(process.execPath, ['docs/examples/listen.mjs', 'collections=incidents'], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      TRIPOINT_URL: `http://127.0.0.1:${port}`,
      TRIPOINT_KEY: keyOf('DZA', 'reader'),
      LAST_EVENT_ID: body.cursor,
    },
  });
  let output = '';
  child.stdout!.on('data', (chunk) => {
    output += chunk;
  });
  const hears = (id: string) => eventually(() => output.includes(id));
  const made: string[] = [];
  for (let round = 0; round < 3; round++) {
    made.push(await report(), await report());
    await hears(made.at(-1)!);
    http.server.closeAllConnections();
    made.push(await report());
  }
  await hears(made.at(-1)!);
  const told = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line.replace(/^change /, '')).id);
  expect(told).toEqual(made);
}, 90_000);
