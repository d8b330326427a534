import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { HttpServer } from '../../src/http/listen.ts';
import { anIncident } from '../support/builders.ts';
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts';
import {
  accessibilityFaults,
  CONSOLE_LANGUAGES,
  isSideways,
  openConsole,
  serveConsole,
  WIDE,
} from '../support/console.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const withChromium = hasChromium ? describe : describe.skip;

withChromium('the console in Chromium (/usr/bin/chromium, from the package chromium)', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    service = await startService({ withDemo: true });
    ({ http, base } = await serveConsole(service));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await http?.close();
    await service?.stop();
  });

  const report = (placeText: string, tlp = 'CLEAR') =>
    service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(
        anIncident({ tlp, kind: 'fire', placeText, source: 'console', occurredAt: new Date().toISOString() }),
      )
      .expect(201);

  test.each(CONSOLE_LANGUAGES)(
    'in %s it is accessible, wide and on a phone, and logs no fault',
    async (language) => {
      for (const viewport of [WIDE, PHONE]) {
        const { page, faults, close } = await openConsole(browser, base, { language, viewport });
        await page.getByRole('list').locator('button').first().waitFor();
        expect(await accessibilityFaults(page)).toEqual([]);
        expect(await isSideways(page)).toBe(false);
        expect(faults).toEqual([]);
        await close();
      }
    },
  );

  test('a stranger sees what is CLEAR, an officer also what is shared with his country, as soon as it is there', async () => {
    const stranger = await openConsole(browser, base);
    const officer = await openConsole(browser, base, { key: keyOf('LBY', 'operator') });
    await report('north of the salt lake');
    await stranger.page.getByText('north of the salt lake').waitFor();
    await officer.page.getByText('north of the salt lake').waitFor();
    await report('south of the salt lake', 'GREEN');
    await officer.page.getByText('south of the salt lake').waitFor();
    await report('west of the salt lake');
    await stranger.page.getByText('west of the salt lake').waitFor();
    expect(await stranger.page.getByText('south of the salt lake').count()).toBe(0);
    await Promise.all([stranger.close(), officer.close()]);
  });

  test('filters stand in the address, which opens the same view', async () => {
    const { page, close } = await openConsole(browser, base);
    await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Fire' });
    await page.waitForURL(/kind=fire/);
    const again = await openConsole(browser, base, { address: new URL(page.url()).search.slice(1) });
    expect(await again.page.getByRole('combobox', { name: 'Kind' }).inputValue()).toBe('fire');
    await Promise.all([close(), again.close()]);
  });

  test('texts of people are texts, whatever they hold', async () => {
    await report('<img src=x onerror=alert(1)><script>alert(2)</script>');
    const { page, faults, close } = await openConsole(browser, base);
    await page.getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(faults).toEqual([]);
    await close();
  });
});
