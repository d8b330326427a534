import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import { anIncident } from '../support/builders.ts';
import { hasChromium, openBrowser } from '../support/chromium.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const key = keyOf('TUN', 'reporter');
const SIGN_IN = '/v1/me';

let service: TestService;
let http: HttpServer;
let base: string;
let strict: string;
beforeAll(async () => {
  service = await startService();
  const incident = anIncident({ kind: 'fire' });
  const { body } = await service.api.post('/v1/incidents').set(as(key)).send(incident).expect(201);
  strict = body.id;
  http = await openHttpServer(service.app, { host: '127.0.0.1', port: 0 });
  base = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await http.close();
  await service.stop();
});

/** The lines of WWW-Authenticate as they are sent. */
async function challenges(headers: Record<string, string>): Promise<string[]> {
  const sent = request(`${base}${SIGN_IN}`, { headers }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  expect(response.statusCode).toBe(401);
  return response.headersDistinct['www-authenticate'];
}

describe('the challenge', () => {
  test.each([
    ['programs', {}],
    ['the window of a browser', { 'Sec-Fetch-Mode': 'navigate' }],
  ])('of %s has one line for each scheme', async (_who, headers) => {
    expect(await challenges(headers)).toEqual(['Bearer', 'Basic realm="Tripoint"']);
  });

  test.each(['cors', 'no-cors', 'same-origin', 'websocket'])(
    'of a script with mode %s is Bearer',
    async (mode) => {
      expect(await challenges({ 'Sec-Fetch-Mode': mode })).toEqual(['Bearer']);
    },
  );
});

test('the page of a problem says how a person gets in', async () => {
  const { text } = await service.api.get('/v1/audit').set('Accept', 'text/html').expect(401);
  expect(text).toContain('<a class="button" href="/session?return=%2Fv1%2Faudit">Sign in</a>');
});

test('a program learns whom its key acts for', async () => {
  const { body } = await service.api.get(SIGN_IN).set(as(key)).expect(200);
  expect(body).toMatchObject({ agency: 'tun-garde-nationale', country: 'TUN', roles: ['reporter'] });
});

const hasWget = spawnSync('wget', ['--version']).status === 0;
(hasWget ? test : test.skip)('wget (from the package wget) sends the key after the challenge', async () => {
  const { spawn } = await import('node:child_process');
  const url = `${base}/v1/me`;
  const wget = spawn('wget', ['-qO-', `--user=desk`, `--password=${key}`, url]);
  const chunks: Buffer[] = [];
  wget.stdout.on('data', (chunk) => chunks.push(chunk));
  await once(wget, 'close');
  expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ country: 'TUN' });
});

(hasChromium ? describe : describe.skip)('in Chromium (/usr/bin/chromium, from the package chromium)', () => {
  let browser: Browser;
  let foreign: Server;
  beforeAll(async () => {
    browser = await openBrowser();
    foreign = createServer((_req, res) => {
      res.setHeader('Content-Type', 'text/html');
      res.end(`<form method="post" enctype="text/plain" action="${base}/v1/incidents"></form>`);
    }).listen(0, '127.0.0.1');
    await once(foreign, 'listening');
  });
  afterAll(async () => {
    await browser?.close();
    foreign?.close();
  });

  /** A window of its own, in which a person answers the dialog, if it opens, with the key. */
  async function openWindow(): Promise<{ page: Page; dialogs: () => number }> {
    const context = await browser.newContext();
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    let dialogs = 0;
    devtools.on('Fetch.requestPaused', ({ requestId }) =>
      // the page may be closed by then
      devtools.send('Fetch.continueRequest', { requestId }).catch(() => undefined),
    );
    devtools.on('Fetch.authRequired', ({ requestId }) => {
      dialogs += 1;
      const credentials = { response: 'ProvideCredentials' as const, username: 'desk', password: key };
      void devtools.send('Fetch.continueWithAuth', { requestId, authChallengeResponse: credentials });
    });
    await devtools.send('Fetch.enable', { handleAuthRequests: true });
    return { page, dialogs: () => dialogs };
  }

  const statusOf = (page: Page, path: string) =>
    page.evaluate(async (url) => (await fetch(url)).status, path);

  test('a person signs in with a form, comes back, sees what the key may see, and signs out', async () => {
    const { page, dialogs } = await openWindow();
    const hidden = `/v1/collections/incidents/items/${strict}`;
    expect((await page.goto(base + hidden))!.status()).toBe(404);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Key').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(base + hidden);
    await page.getByRole('cell', { name: 'fire' }).first().waitFor();
    // scripts of the page send the cookie, too, and cannot read it
    expect(await statusOf(page, SIGN_IN)).toBe(200);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await page.getByRole('link', { name: 'Signed in: tun-garde-nationale' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(base + hidden);
    expect(await statusOf(page, hidden)).toBe(404);
    expect(dialogs()).toBe(0);
    await page.context().close();
  });

  test('a person without a session answers the dialog and then sees what the key may see', async () => {
    const { page, dialogs } = await openWindow();
    const hidden = `/v1/collections/incidents/items/${strict}`;
    await page.goto(base + SIGN_IN);
    await page.getByText('You act for tun-garde-nationale').waitFor();
    expect((await page.goto(base + hidden))!.status()).toBe(200);
    await page.getByRole('cell', { name: 'fire' }).first().waitFor();
    // scripts of the page send the key, too
    expect(await statusOf(page, SIGN_IN)).toBe(200);
    expect(dialogs()).toBe(1);
    await page.context().close();
  });

  test('a request of a script opens no dialog', async () => {
    const { page, dialogs } = await openWindow();
    await page.goto(`${base}/v1/conformance`);
    expect(await statusOf(page, SIGN_IN)).toBe(401);
    expect(dialogs()).toBe(0);
    await page.context().close();
  });

  test.each(['key', 'session'])(
    'the form of another site writes nothing with the %s of a person who is signed in',
    async (by) => {
      const { page } = await openWindow();
      if (by === 'session') {
        await page.goto(`${base}/session?return=${SIGN_IN}`);
        await page.getByLabel('Key').fill(key);
        await page.getByRole('button', { name: 'Sign in' }).click();
      } else await page.goto(base + SIGN_IN);
      await page.getByText('You act for').waitFor();
      const { port } = foreign.address() as AddressInfo;
      const statuses: number[] = [];
      for (const host of ['127.0.0.1', 'localhost']) {
        await page.goto(`http://${host}:${port}/`);
        const answered = page.waitForResponse((response) => response.request().method() === 'POST');
        await page.evaluate(() => document.querySelector('form')!.submit());
        statuses.push((await answered).status());
        await page.waitForURL('**/v1/incidents');
      }
      expect(statuses).toEqual([403, 403]);
      await page.context().close();
    },
  );
});
