import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { HttpServer } from '../../src/http/listen.ts';
import { anIncident } from '../support/builders.ts';
import { hasChromium, openBrowser } from '../support/chromium.ts';
import { latinIn, rawIn, settled } from '../support/console.said.ts';
import { CONSOLE_LANGUAGES, type ConsoleLanguage, openConsole, serveConsole } from '../support/console.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const withChromium = hasChromium ? describe : describe.skip;

withChromium('every screen of the console', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    service = await startService({ withDemo: true });
    ({ http, base } = await serveConsole(service));
    browser = await openBrowser();
    for (const kind of ['armed_incident', 'mine_or_uxo', 'distress'])
      await service.api
        .post('/v1/incidents')
        .set(as(keyOf('TUN', 'reporter')))
        .send(anIncident({ kind, tlp: 'GREEN', occurredAt: new Date().toISOString() }))
        .expect(201);
  });
  afterAll(async () => {
    await browser?.close();
    await http?.close();
    await service?.stop();
  });

  const read = new Map<string, Promise<string[]>>();
  const allSaid = (language: ConsoleLanguage): Promise<string[]> => {
    if (!read.has(language)) read.set(language, readAll(language));
    return read.get(language)!;
  };

  /** Texts of all parts, as a coordinator opens one after another. */
  async function readAll(language: ConsoleLanguage): Promise<string[]> {
    const { page, close } = await openConsole(browser, base, {
      key: keyOf('TUN', 'coordinator'),
      language,
    });
    const said: string[] = [];
    const tabs = page.locator('nav.parts button');
    await tabs.first().waitFor();
    const { length } = await tabs.all();
    for (let i = 0; i < length; i++) {
      await tabs.nth(i).click();
      said.push(...(await settled(page)));
    }
    await close();
    return [...new Set(said)];
  }

  test.each(CONSOLE_LANGUAGES)('shows no raw value of the API in %s', async (language) => {
    const said = await allSaid(language);
    expect(said.length).toBeGreaterThan(20);
    expect(rawIn(said)).toEqual([]);
  });

  test('has no Latin word in Arabic but names and codes', async () => {
    expect(latinIn(await allSaid('ar'))).toEqual([]);
  });
});
