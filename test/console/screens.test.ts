import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type KindOfWord, VOCABULARIES, valuesOf } from '../../src/core/vocabulary.ts';
import type { HttpServer } from '../../src/http/listen.ts';
import { anIncident } from '../support/builders.ts';
import { hasChromium, openBrowser } from '../support/chromium.ts';
import { CONSOLE_LANGUAGES, type ConsoleLanguage, openConsole, serveConsole } from '../support/console.ts';
import { eventually } from '../support/eventually.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const withChromium = hasChromium ? describe : describe.skip;

/** Values of the API that no language has as a word: `in_progress`, `inForce`, `reaction-overdue`. */
const RAW = (Object.keys(VOCABULARIES.en) as KindOfWord[])
  .flatMap((kind) => valuesOf(kind) as string[])
  .filter((value) => /[a-z](_[a-z]|[A-Z]|-[a-z])/.test(value));

const NAMES = /^(Tripoint|OpenStreetMap|ODbL|GeoNames|Natural|Earth|WebGL|MapLibre|English|Français)$/;

/**
 * What the screen says: texts, labels and hints. Codes, values of people and names stand in `<bdi>`, `<code>`, an element
 * with a language of its own or between marks of isolation, and are not words of the console.
 */
const saidOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isOwn = (element: Element | null) =>
      !element?.closest('bdi, code, [lang]:not(html), script, style, noscript, .maplibregl-map');
    const texts: (string | null)[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      if (isOwn(walker.currentNode.parentElement)) texts.push(walker.currentNode.textContent);
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      if (isOwn(element))
        for (const name of ['aria-label', 'title', 'placeholder']) texts.push(element.getAttribute(name));
    return texts
      .map((text) => (text ?? '').replace(/[\u2066-\u2068][^\u2069]*\u2069/g, '').trim())
      .filter(Boolean);
  });

/** What the screen says once it says the same twice: answers have arrived. */
async function settled(page: Page): Promise<string[]> {
  let before: string[] = [];
  await eventually(async () => {
    const said = await saidOn(page);
    const isSame = said.join() === before.join();
    before = said;
    return isSame;
  });
  return before;
}

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
    const raw = said.filter((text) => RAW.some((value) => new RegExp(`\\b${value}\\b`).test(text)));
    expect(raw).toEqual([]);
    expect(said.filter((text) => /\b(undefined|NaN|null)\b|\[object/.test(text))).toEqual([]);
  });

  test('has no Latin word in Arabic but names and codes', async () => {
    const words = (await allSaid('ar')).flatMap((text) =>
      (text.match(/[A-Za-zÀ-ž][\wÀ-ž-]*/g) ?? []).map((word) => ({ word, text })),
    );
    expect(words.filter(({ word }) => !/^[A-Z0-9-]+$/.test(word) && !NAMES.test(word))).toEqual([]);
  });
});
