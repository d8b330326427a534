import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { shell } from '../../console/words/shell.words.ts';
import type { HttpServer } from '../../src/http/listen.ts';
import { anIncident } from '../support/builders.ts';
import { hasChromium, openBrowser } from '../support/chromium.ts';
import { onDuty } from '../support/console.officers.ts';
import { button, openConsole, serveConsole } from '../support/console.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const withChromium = hasChromium ? describe : describe.skip;
const SECRET_PLACE = 'wadi of the seventh well';

withChromium('what the console leaves behind', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    service = await startService({ withDemo: true });
    ({ http, base } = await serveConsole(service));
    browser = await openBrowser();
    await service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ tlp: 'GREEN', placeText: SECRET_PLACE, occurredAt: new Date().toISOString() }))
      .expect(201);
  });
  afterAll(async () => {
    await browser?.close();
    await http?.close();
    await service?.stop();
  });

  test('after sign-out the browser keeps nothing', async () => {
    const officer = await onDuty({ country: 'TUN', language: 'fr', base, browser, service });
    const { page } = officer;
    await page.getByText(SECRET_PLACE).first().waitFor();
    for (const part of await page.getByRole('navigation').getByRole('button').all()) await part.click();
    await button(officer, () => shell.signOut()).click();
    await button(officer, () => shell.signIn()).waitFor();
    await page.getByText(SECRET_PLACE).first().waitFor({ state: 'detached' });
    expect(await storedIn(page)).toEqual({ local: [], session: [], databases: [], caches: [] });
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.content()).not.toContain(SECRET_PLACE);
    // back and forward show no page of before
    await page.goBack().catch(() => null);
    expect(await page.content()).not.toContain(SECRET_PLACE);
    await officer.leave();
  });

  test('the policy of the page allows no inline script or style and no other host', async () => {
    const { page, faults, close } = await openConsole(browser, base);
    const answer = await page.reload();
    const policy = answer!.headers()['content-security-policy']!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(faults).toEqual([]);
    await close();
  });
});

const storedIn = (page: Page) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
  }));
