import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import { hasChromium, openTabbedBrowser } from '../support/chromium.ts';
import { cardsOf, takeAll } from '../support/console.alarms.ts';
import { allowNotices, noticesOf } from '../support/console.notices.ts';
import { loudnessOf, pitchOf, tapSound } from '../support/console.sound.ts';
import { openTab, untilLive, untilLost } from '../support/console.tabs.ts';
import { serveConsole } from '../support/console.ts';
import { eventually } from '../support/eventually.ts';
import { keyOf, startService, type TestService } from '../support/service.ts';
import { subscriptionSteps } from '../support/subscriptions.ts';
import { hasScreen, openScreen, type VirtualScreen } from '../support/virtual.screen.ts';

// the embedded database answers no differently
const canHide = hasChromium && hasScreen && process.env.TEST_DATABASE_URL;
const withScreen = canHide ? describe : describe.skip;

withScreen('the sound of alarms (/usr/bin/chromium on a screen of /usr/bin/Xvfb, package xvfb)', () => {
  let service: TestService;
  let http: HttpServer;
  let screen: VirtualScreen;
  let browser: Awaited<ReturnType<typeof openTabbedBrowser>> | undefined;
  let base: string;
  let steps: ReturnType<typeof subscriptionSteps>;
  beforeAll(async () => {
    service = await startService();
    steps = subscriptionSteps(service);
    await steps.subscribe('LBY', { triggers: ['created'], natures: ['actual', 'test'] });
    ({ http, base } = await serveConsole(service));
    screen = await openScreen();
  });
  afterEach(async () => {
    await browser?.close();
    browser = undefined;
    await takeAll(service);
  });
  afterAll(async () => {
    await screen?.close();
    await http?.close();
    await service?.stop();
  });

  /** The console as an officer leaves it: touched once, then behind another tab. */
  async function leftBehind(address = ''): Promise<Page> {
    browser = await openTabbedBrowser(screen.display);
    const { context } = browser;
    await context.setExtraHTTPHeaders({ Authorization: `Bearer ${keyOf('LBY', 'operator')}` });
    await tapSound(context);
    await allowNotices(context, base);
    const page = await openTab(context, base, { address });
    await page.getByText('Alarm sound blocked').waitFor();
    await page.getByRole('button', { name: 'Switch sound on' }).click();
    await page.getByText('Alarm sound on').waitFor();
    const other = await context.newPage();
    await other.goto('about:blank');
    await other.bringToFront();
    await eventually(() => page.evaluate(() => document.visibilityState === 'hidden'));
    return page;
  }
  async function report(more: object = {}): Promise<void> {
    await steps.report({ kind: 'fire', severity: 'severe', ...more });
    await steps.tell();
  }
  const untilHeard = (page: Page) => eventually(async () => (await loudnessOf(page)) > 0.01);
  const untilSilent = (page: Page) => eventually(async () => (await loudnessOf(page)) === 0);

  test('it is heard from a hidden tab and shown by the system, repeats until somebody touches it, and again with the next alarm', async () => {
    const page = await leftBehind('kind=flood');
    expect(await loudnessOf(page)).toBe(0);
    expect(await noticesOf(page)).toEqual([]);
    await report();
    await untilHeard(page);
    expect(await page.evaluate(() => document.visibilityState)).toBe('hidden');
    // of kind and severity alone: the system keeps it longer than the page
    const notice = { title: 'Alarm: \u2068Fire\u2069', body: 'Severe' };
    await eventually(async () => (await noticesOf(page))[0]?.state === 'shown');
    expect(await noticesOf(page)).toEqual([{ ...notice, state: 'shown' }]);
    // longer than one turn of the loop
    const until = Date.now() + 3_000;
    await eventually(() => Date.now() > until);
    await untilHeard(page);
    await page.bringToFront();
    await page.getByRole('button', { name: 'Silence' }).click();
    await untilSilent(page);
    await eventually(async () => (await noticesOf(page))[0]!.state === 'closed');
    expect(await cardsOf(page).count()).toBe(1);
    await report({ kind: 'flood' });
    await untilHeard(page);
    await page.getByRole('button', { name: 'Acknowledge all 2' }).click();
    await untilSilent(page);
  });

  test('it is heard after a lost link, for what was raised meanwhile', async () => {
    const page = await leftBehind();
    const { port } = new URL(base);
    http.server.closeAllConnections();
    await http.close();
    await untilLost(page);
    await report();
    expect(await loudnessOf(page)).toBe(0);
    http = await openHttpServer(service.app, { host: '127.0.0.1', port: Number(port) });
    await untilHeard(page);
    await untilLive(page);
    expect(await page.evaluate(() => document.visibilityState)).toBe('hidden');
  });

  test('a colleague who takes the alarm silences it, and a test sounds lower than what is real', async () => {
    const page = await leftBehind();
    await report({ nature: 'test' });
    await untilHeard(page);
    expect(await pitchOf(page)).toBeLessThan(450);
    await takeForAgency();
    await untilSilent(page);
    await report();
    await untilHeard(page);
    expect(await pitchOf(page)).toBeGreaterThan(550);
  });

  test('muted, it says by whom and since when, and is silent', async () => {
    const page = await leftBehind();
    await page.bringToFront();
    await page.getByRole('button', { name: 'Mute' }).click();
    await page.getByText(/Alarm sound muted by .*\d\d:\d\d/).waitFor();
    await report();
    await cardsOf(page).waitFor();
    expect(await loudnessOf(page)).toBe(0);
    await page.getByRole('button', { name: 'Switch sound on' }).click();
    await untilHeard(page);
  });

  async function takeForAgency(): Promise<void> {
    const key = { Authorization: `Bearer ${keyOf('LBY', 'reporter')}` };
    const { body } = await service.api.get('/v1/alerts?acknowledged=false').set(key).expect(200);
    const alerts = body.features.map(({ id }: { id: string }) => id);
    await service.api.post('/v1/alerts/acknowledgements').set(key).send({ alerts }).expect(200);
  }
});
