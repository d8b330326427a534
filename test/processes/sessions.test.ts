import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { askEach, askOnce } from '../support/many.processes.ts';
import { openProcesses, type Processes, type Running } from '../support/processes.ts';
import { keyOf, startService, type TestService } from '../support/service.ts';
import { OWN_PAGE } from '../support/sessions.ts';
import { openStream } from '../support/stream.ts';

// The embedded database has one process.
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;
const COUNT = 2;
const admin = keyOf('TUN', 'admin');

onServer('the sessions of a service of two processes', () => {
  let service: TestService;
  let processes: Processes;
  let running: Running;
  beforeAll(async () => {
    service = await startService();
    processes = await openProcesses();
    running = await processes.start({
      DATABASE_URL: (service.connection as { connectionString: string }).connectionString,
      PROCESSES: String(COUNT),
      DOWNLOAD_FOLDER: join(processes.folder, 'files'),
      LOG_LEVEL: 'info',
    });
  }, 120_000);
  afterAll(async () => {
    await processes.end();
    await service.stop();
  });

  async function signIn(key: string): Promise<Record<string, string>> {
    const asked = { path: '/session', method: 'POST', headers: OWN_PAGE, body: { key } };
    const { headers } = await askOnce(running.url, asked);
    return { ...OWN_PAGE, Cookie: headers['set-cookie']![0]!.split(';', 1)[0]! };
  }
  const statuses = async (headers: Record<string, string>) =>
    new Set((await askEach(running.url, COUNT, { path: '/v1/me', headers }, 4)).map(({ status }) => status));
  const openStreams = (headers: Record<string, string>) =>
    Promise.all(
      Array.from({ length: 4 }, () => openStream({ port: Number(new URL(running.url).port), headers })),
    );

  test('are known to each, files that another keeps included', async () => {
    const browser = await signIn(keyOf('TUN', 'reporter'));
    expect(await statuses(browser)).toEqual(new Set([200]));
    const path = '/v1/collections/incidents/items?f=gpkg';
    const answers = await askEach(running.url, COUNT, { path, headers: browser }, 2);
    for (const { headers } of answers) {
      const file = await askEach(running.url, COUNT, {
        path:
          new URL(headers.location!, running.url).pathname + new URL(headers.location!, running.url).search,
        headers: browser,
      });
      expect(file.map(({ status }) => status)).toEqual([200, 200]);
      for (const one of file) expect(one.headers['cache-control']).toContain('private');
    }
  });

  test('end in each at once by signing out, and so do their streams', async () => {
    const browser = await signIn(keyOf('TUN', 'reporter'));
    expect(await statuses(browser)).toEqual(new Set([200]));
    const streams = await openStreams(browser);
    await askOnce(running.url, { path: '/session', method: 'DELETE', headers: browser });
    expect(await statuses(browser)).toEqual(new Set([401]));
    await Promise.all(streams.map(({ ended }) => ended));
  });

  test('end in each at once with their key, and so do their streams', async () => {
    const made = await askOnce(running.url, {
      path: '/v1/keys',
      method: 'POST',
      key: admin,
      body: { agency: 'tun-douane', roles: ['reader'] },
    });
    const { id, key } = made.json();
    const browser = await signIn(key);
    expect(await statuses(browser)).toEqual(new Set([200]));
    const streams = await openStreams(browser);
    await askOnce(running.url, { path: `/v1/keys/${id}`, method: 'DELETE', key: admin });
    expect(await statuses(browser)).toEqual(new Set([401]));
    await Promise.all(streams.map(({ ended }) => ended));
    for (const secret of [key, browser.Cookie!.split('=')[1]!])
      expect(running.output().includes(secret)).toBe(false);
  });
});
