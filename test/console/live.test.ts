import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import { anIncident } from '../support/builders.ts';
import { hasChromium, openBrowser } from '../support/chromium.ts';
import { countStreams, linkOf, openTab, untilLive, untilLost } from '../support/console.tabs.ts';
import { serveConsole, WIDE } from '../support/console.ts';
import { eventually } from '../support/eventually.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

// the embedded database answers no differently
const withChromium = hasChromium && process.env.TEST_DATABASE_URL ? describe : describe.skip;
// a host without TLS is no secure context: its pages have no Web Locks
const LAN = 'operations.example';

withChromium('the live link of the console (/usr/bin/chromium, from the package chromium)', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  let port: number;
  let streams: ReturnType<typeof countStreams>;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    service = await startService();
    ({ http, base } = await serveConsole(service));
    port = Number(new URL(base).port);
    streams = countStreams(http.server);
    browser = await openBrowser({ args: [`--host-resolver-rules=MAP ${LAN} 127.0.0.1`] });
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    await eventually(() => streams.open() === 0);
  });
  afterAll(async () => {
    await browser?.close();
    await http?.close();
    await service?.stop();
  });

  async function profile(key?: string): Promise<BrowserContext> {
    const headers = key && { extraHTTPHeaders: { Authorization: `Bearer ${key}` } };
    const context = await browser.newContext({ viewport: WIDE, ...headers });
    contexts.push(context);
    return context;
  }

  const report = (placeText: string) =>
    service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(
        anIncident({
          tlp: 'CLEAR',
          kind: 'fire',
          placeText,
          source: 'live',
          occurredAt: new Date().toISOString(),
        }),
      )
      .expect(201);

  test.each([
    ['Web Locks', '127.0.0.1'],
    ['messages, where there is no TLS', LAN],
  ])(
    'three tabs share one stream by %s, and another tab takes over from one that closes',
    async (_, host) => {
      const context = await profile(keyOf('TUN', 'operator'));
      const tabs = [];
      for (let i = 0; i < 3; i++) tabs.push(await openTab(context, `http://${host}:${port}`));
      expect(await tabs[0]!.evaluate(() => isSecureContext)).toBe(host !== LAN);
      expect(streams.open()).toBe(1);
      await report(`first by ${host}`);
      for (const tab of tabs) await tab.getByText(`first by ${host}`).waitFor();

      const before = streams.ever().length;
      await Promise.all([tabs[0]!.close(), report(`while the first tab of ${host} closes`)]);
      for (const tab of tabs.slice(1)) await tab.getByText(`while the first tab of ${host} closes`).waitFor();
      await eventually(() => streams.open() === 1 && streams.ever().length === before + 1);
      // it goes on where the first one stopped
      expect(streams.ever().at(-1)).toContain('after=');
      await report(`after the first tab of ${host} closed`);
      for (const tab of tabs.slice(1)) await tab.getByText(`after the first tab of ${host} closed`).waitFor();
    },
  );

  test('an officer whose key is revoked is told that no alarm reaches him any more', async () => {
    const admin = as(keyOf('TUN', 'admin'));
    const { body } = await service.api
      .post('/v1/keys')
      .set(admin)
      .send({ agency: agencyOf(keyOf('TUN', 'operator')), roles: ['operator'] })
      .expect(201);
    const page = await openTab(await profile(body.key), base);
    await service.api.delete(`/v1/keys/${body.id}`).set(admin).expect(204);
    await page
      .getByRole('alert')
      .filter({ hasText: /^Your session ended at/ })
      .waitFor();
    await page.getByText('Not signed in').waitFor();
  });

  test('strangers and officers in two profiles have a stream each', async () => {
    await openTab(await profile(), base);
    await openTab(await profile(keyOf('LBY', 'operator')), base);
    expect(streams.open()).toBe(2);
  });

  test('a lost link is told in all tabs, and after it everything is read again', async () => {
    const context = await profile(keyOf('TUN', 'operator'));
    const [one, other] = [await openTab(context, base), await openTab(context, base)];
    http.server.closeAllConnections();
    await http.close();
    for (const tab of [one, other]) {
      await untilLost(tab);
      expect(await linkOf(tab).getByRole('alert').textContent()).toBe('Link lost.');
    }
    await report('while the service was away');
    http = await openHttpServer(service.app, { host: '127.0.0.1', port });
    streams = countStreams(http.server);
    for (const tab of [one, other]) {
      await tab.getByText('while the service was away').waitFor();
      await untilLive(tab);
    }
    expect(streams.open()).toBe(1);
  });
});
