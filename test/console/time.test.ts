import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { HttpServer } from '../../src/http/listen.ts';
import { anIncident } from '../support/builders.ts';
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts';
import { accessibilityFaults, isSideways, openConsole, serveConsole } from '../support/console.ts';
import { eventually } from '../support/eventually.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const withChromium = hasChromium ? describe : describe.skip;
const HOUR_MS = 3_600_000;

withChromium('the time bar of the console', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    service = await startService();
    ({ http, base } = await serveConsole(service));
    browser = await openBrowser();
    for (const [place, hoursAgo] of [
      ['seen just now', 0],
      ['seen some hours ago', 4],
      ['seen days ago', 60],
    ] as const)
      await report(place, new Date(Date.now() - hoursAgo * HOUR_MS - 60_000));
  });
  afterAll(async () => {
    await browser?.close();
    await http?.close();
    await service?.stop();
  });

  const report = (placeText: string, at: Date) =>
    service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ tlp: 'CLEAR', placeText, occurredAt: at.toISOString() }))
      .expect(201);

  const shown = async (page: Page): Promise<string[]> =>
    (await page.locator('.rows .place bdi').allInnerTexts()).sort();
  const isShown = (page: Page, ...places: string[]) =>
    eventually(async () => JSON.stringify(await shown(page)) === JSON.stringify(places.sort()));

  test('a span filters the list, stands in the address, and its bars count what began in it', async () => {
    const { page, faults, close } = await openConsole(browser, base);
    const time = page.getByRole('region', { name: 'Time' });
    await isShown(page, 'seen just now', 'seen some hours ago', 'seen days ago');
    await time.getByRole('button', { name: '6 hours' }).click();
    await isShown(page, 'seen just now', 'seen some hours ago');
    expect(new URL(page.url()).searchParams.get('time')).toBe('PT6H');
    await time.getByRole('img', { name: /^2 incidents began in this time; most, 1,/ }).waitFor();
    await time.getByRole('button', { name: '1 hour' }).click();
    await isShown(page, 'seen just now');
    await report('seen while looking', new Date(Date.now() - 1_000));
    await time.getByRole('img', { name: /^2 incidents/ }).waitFor();
    await page.goBack();
    await isShown(page, 'seen just now', 'seen some hours ago', 'seen while looking');
    expect(faults).toEqual([]);
    await close();
  });

  test('a replay shows again what began until its moment, and ends where it was', async () => {
    const { page, close } = await openConsole(browser, base, { address: 'time=P7D' });
    const time = page.getByRole('region', { name: 'Time' });
    await isShown(page, 'seen just now', 'seen some hours ago', 'seen days ago', 'seen while looking');
    await time.getByRole('button', { name: 'Replay' }).click();
    await isShown(page);
    const slider = time.getByRole('slider', { name: 'Moment of the replay' });
    await slider.focus();
    const first = Number(await slider.getAttribute('min'));
    await slider.fill(String(first + 6 * 24 * HOUR_MS));
    await isShown(page, 'seen days ago');
    await time.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await time.getByRole('button', { name: 'End the replay' }).click();
    await isShown(page, 'seen just now', 'seen some hours ago', 'seen days ago', 'seen while looking');
    await close();
  });

  test.each(['fr', 'ar'] as const)('in %s it is accessible and fits on a phone', async (language) => {
    const { page, close } = await openConsole(browser, base, { language, viewport: PHONE });
    await page.locator('.time-bars svg').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await isSideways(page)).toBe(false);
    await close();
  });
});
