import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { sql } from '../../src/db/sql.ts';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import { asTableOwner } from '../support/audit.ts';
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts';
import { cardsOf, takeAll } from '../support/console.alarms.ts';
import { untilLive, untilLost } from '../support/console.tabs.ts';
import {
  accessibilityFaults,
  CONSOLE_LANGUAGES,
  isSideways,
  type OpenConsole,
  openConsole,
  serveConsole,
  WIDE,
} from '../support/console.ts';
import { agencyOf, keyOf, startService, type TestService } from '../support/service.ts';
import { subscriptionSteps } from '../support/subscriptions.ts';

// the embedded database answers no differently
const withChromium = hasChromium && process.env.TEST_DATABASE_URL ? describe : describe.skip;
const OFFICER = keyOf('LBY', 'operator');
const COLLEAGUE = keyOf('LBY', 'reporter');

withChromium('alarms in the console (/usr/bin/chromium, from the package chromium)', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  let steps: ReturnType<typeof subscriptionSteps>;
  const opened: OpenConsole[] = [];
  beforeAll(async () => {
    service = await startService();
    steps = subscriptionSteps(service);
    await steps.subscribe('LBY', { triggers: ['created', 'updated'], natures: ['actual', 'test'] });
    ({ http, base } = await serveConsole(service));
    browser = await openBrowser();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ close }) => close()));
    await takeAll(service);
  });
  afterAll(async () => {
    await browser?.close();
    await http?.close();
    await service?.stop();
  });

  const open = async (officer: Parameters<typeof openConsole>[2] = {}) => {
    const one = await openConsole(browser, base, { key: OFFICER, ...officer });
    opened.push(one);
    await untilLive(one.page);
    return one.page;
  };
  async function report(more: object = {}): Promise<string> {
    const id = await steps.report({ kind: 'fire', severity: 'severe', ...more });
    await steps.tell();
    return id;
  }
  const waitingOf = (agency: string) =>
    asTableOwner<{ incident: string }>(
      service.db,
      sql`SELECT a.incident FROM base.alert AS a WHERE a.agency = ${agency} AND a.acknowledged_at IS NULL`,
    );

  test('an incident is one alarm, however many alerts it raises, and worse ones stand first', async () => {
    const page = await open();
    await report({ kind: 'flood', severity: 'minor' });
    await cardsOf(page).filter({ hasText: 'Flood' }).waitFor();
    const incident = await report({ severity: 'moderate' });
    await steps.add(incident, { severity: 'extreme' });
    await steps.tell();
    await cardsOf(page).filter({ hasText: 'Extreme' }).waitFor();
    expect(await waitingOf(agencyOf(OFFICER))).toHaveLength(3);
    const texts = await cardsOf(page).allTextContents();
    expect(texts).toEqual([
      expect.stringMatching(/^Extreme.*Fire.*Updated/),
      expect.stringMatching(/^Minor.*Flood.*Reported/),
    ]);
    expect(await page.title()).toMatch(/\(2\) Alarms/);
  });

  test('a filter that hides the row does not hide the alarm', async () => {
    const page = await open({ address: 'kind=mine_or_uxo' });
    await report();
    await cardsOf(page).filter({ hasText: 'Fire' }).waitFor();
    await page.getByText('No incident matches.').waitFor();
    expect(await page.getByRole('alert').filter({ hasText: 'Alarm: ' }).textContent()).toContain('Fire');
  });

  test('who takes an alarm takes it on every screen of the agency, and for it alone', async () => {
    await steps.subscribe('DZA', { triggers: ['created'] });
    const page = await open();
    const colleague = await open({ key: COLLEAGUE, language: 'fr' });
    const neighbour = await open({ key: keyOf('DZA', 'operator') });
    await report();
    for (const [screen, name] of [
      [page, 'Alarms'],
      [colleague, 'Alarmes'],
      [neighbour, 'Alarms'],
    ] as const)
      await cardsOf(screen, name).first().waitFor();
    await cardsOf(page).getByRole('button', { name: 'Acknowledge' }).click();
    await cardsOf(page)
      .getByText(/Taken by .*\d\d:\d\d/)
      .waitFor();
    await cardsOf(colleague, 'Alarmes')
      .getByText(/Prise en charge par .*\d\d:\d\d/)
      .waitFor();
    expect(await cardsOf(neighbour).getByRole('button', { name: 'Acknowledge' }).count()).toBe(1);
    expect(await waitingOf(agencyOf(OFFICER))).toEqual([]);
    expect(await waitingOf(agencyOf(keyOf('DZA', 'operator')))).toHaveLength(1);
  });

  test('many are taken at once: those that are selected, else all', async () => {
    for (const kind of ['fire', 'flood', 'smuggling_goods', 'health_event']) await report({ kind });
    const page = await open();
    await cardsOf(page).nth(3).waitFor();
    await page.getByRole('checkbox', { name: /Fire/ }).check();
    await page.getByRole('checkbox', { name: /Flood/ }).check();
    await page.getByRole('button', { name: 'Acknowledge 2 selected' }).click();
    await cardsOf(page).filter({ hasText: 'Taken by' }).nth(1).waitFor();
    expect(await waitingOf(agencyOf(OFFICER))).toHaveLength(2);
    await page.getByRole('button', { name: 'Acknowledge all 2' }).click();
    await cardsOf(page).filter({ hasText: 'Taken by' }).nth(3).waitFor();
    expect(await waitingOf(agencyOf(OFFICER))).toEqual([]);
  });

  test('what was raised while the service was away is told afterwards', async () => {
    const page = await open();
    const { port } = new URL(base);
    http.server.closeAllConnections();
    await http.close();
    await untilLost(page);
    await report({ kind: 'flood' });
    expect(await cardsOf(page).count()).toBe(0);
    http = await openHttpServer(service.app, { host: '127.0.0.1', port: Number(port) });
    await cardsOf(page).filter({ hasText: 'Flood' }).waitFor();
    await untilLive(page);
  });

  test('a test looks different from what is real', async () => {
    const page = await open();
    await report({ nature: 'test' });
    await report({ kind: 'flood' });
    await cardsOf(page).nth(1).waitFor();
    expect(await cardsOf(page).filter({ hasText: 'Fire' }).textContent()).toContain('Test');
    expect(await page.locator('.alarm.drill').count()).toBe(1);
  });

  test('readers are alarmed, but cannot take; strangers hear nothing', async () => {
    await report();
    const reader = await open({ key: keyOf('LBY', 'reader') });
    await cardsOf(reader).waitFor();
    expect(await reader.getByRole('button', { name: 'Acknowledge' }).count()).toBe(0);
    const { page, close } = await openConsole(browser, base);
    await untilLive(page);
    expect(await cardsOf(page).count()).toBe(0);
    await close();
  });

  test.each(CONSOLE_LANGUAGES)('in %s it is accessible, wide and on a phone', async (language) => {
    await report({ severity: 'extreme' });
    await report({ kind: 'flood', severity: 'moderate', nature: 'test' });
    await report({ kind: 'smuggling_fuel', severity: 'minor' });
    for (const viewport of [WIDE, PHONE]) {
      const page = await open({ language, viewport });
      await page.locator('.alarm').nth(2).waitFor();
      await page.locator('.alarm .main').nth(2).click();
      await page.locator('.alarm .taken').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await isSideways(page)).toBe(false);
      expect(opened.at(-1)!.faults).toEqual([]);
      if (process.env.PICTURES)
        await page.screenshot({ path: `${process.env.PICTURES}/alarms-${language}-${viewport.width}.png` });
      await report({ kind: 'smuggling_fuel', severity: 'minor' });
    }
  });
});
