import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { said as alarmWords } from '../../console/alarms/alarm.words.ts';
import { said as distressWords } from '../../console/alarms/distress.words.ts';
import { said as crossingWords } from '../../console/crossings/crossing.words.ts';
import { said as detailWords } from '../../console/incidents/detail.words.ts';
import { said as reportWords } from '../../console/report/report.words.ts';
import { said as trayWords } from '../../console/tray/tray.words.ts';
import { language as spoken } from '../../console/words/language.ts';
import { shell } from '../../console/words/shell.words.ts';
import { said as zoneWords } from '../../console/zones/zone.words.ts';
import type { HttpServer } from '../../src/http/listen.ts';
import { proposeZone } from '../support/builders.zones.ts';
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts';
import { type DutyDesk, dutyDesk } from '../support/console.desk.ts';
import { walkThrough } from '../support/console.keyboard.ts';
import { latinIn, rawIn, settled } from '../support/console.said.ts';
import {
  accessibilityFaults,
  CONSOLE_LANGUAGES,
  type ConsoleLanguage,
  isSideways,
  type OpenConsole,
  openConsole,
  serveConsole,
  signIn,
  WIDE,
} from '../support/console.ts';
import { as, startService, type TestService } from '../support/service.ts';

// the embedded database answers no differently
const withChromium = hasChromium && process.env.TEST_DATABASE_URL ? describe : describe.skip;

/** Of two words or more, and not the same in French, as `3 incidents` is. */
const isEnglish = (text: string): boolean =>
  / /.test(text) && latinIn([text]).some((word) => !/^(incidents?|zones?)$/i.test(word));

const WHOLE_WALK = { missed: [], repeated: [], unmarked: [], covered: [], astray: [] };

withChromium('what opens above the screens of the console (/usr/bin/chromium, package chromium)', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let desk: DutyDesk;
  let opened: OpenConsole;
  let page: Page;
  beforeAll(async () => {
    service = await startService();
    const served = await serveConsole(service);
    http = served.http;
    browser = await openBrowser();
    desk = await dutyDesk(service);
    await proposeZone(service.api, 'TUN', { names: { en: 'Own', fr: 'La nôtre', ar: 'منطقتنا' } });
    const place = { kind: 'room', name: 'Salle' };
    await service.api.post('/v1/shifts').set(as(desk.key)).send({ place }).expect(201);
    opened = await openConsole(browser, served.base);
    page = opened.page;
  });
  afterEach(leave);
  afterAll(async () => {
    await browser?.close();
    await http?.close();
    await service?.stop();
  });

  const button = (name: string, inside: Locator | Page = page) =>
    inside.getByRole('button', { name, exact: true }).first();
  const dialog = () => page.getByRole('dialog');
  const panel = () => page.locator('#panel');
  /** As the address names it, in any language. */
  const goTo = async (nth: number) => {
    await page.getByRole('navigation').getByRole('button').nth(nth).click();
    await settled(page);
  };
  const PARTS = { list: 0, report: 1, tray: 2, since: 3, zones: 4, crossings: 5, shift: 6 };

  /** How an officer opens each; what is a dialog is left by Escape. */
  const OPENINGS: [name: string, open: () => Promise<void>][] = [
    ['the call for help, alarms and the list', () => goTo(PARTS.list)],
    ['the keys', () => button(reportWords.keys()).click()],
    [
      'assistance',
      () => button(distressWords.record(), page.getByRole('region', { name: distressWords.title() })).click(),
    ],
    ['one incident', () => panel().getByText('by the old mill').click()],
    ['a response', () => button(detailWords.respond()).click()],
    ['a further report', () => button(detailWords.report()).click()],
    ['a request', () => button(detailWords.request()).click()],
    [
      'a release with its preview',
      async () => {
        await button(detailWords.release()).click();
        await dialog().getByRole('combobox').selectOption('CLEAR');
        await button(detailWords.preview(), dialog()).click();
        await dialog().getByRole('table').waitFor();
      },
    ],
    [
      'the answer to a request',
      async () => {
        await button(shell.close()).click();
        await goTo(PARTS.tray);
        await button(trayWords.answer()).click();
      },
    ],
    [
      'the end of a zone',
      async () => {
        await goTo(PARTS.zones);
        await panel()
          .getByText(/^(Own|La nôtre|منطقتنا)$/)
          .click();
        await button(zoneWords.end()).click();
      },
    ],
    [
      'the refusal of a zone',
      async () => {
        await button(zoneWords.back()).click();
        await panel()
          .getByText(/^(Strip at Hazoua|Bande de Hazoua|شريط حزوة)$/)
          .click();
        await button(zoneWords.reject()).click();
      },
    ],
    [
      'a statement about a crossing',
      async () => {
        await goTo(PARTS.crossings);
        await button(crossingWords.change()).click();
      },
    ],
    [
      'the handover',
      async () => {
        await goTo(PARTS.shift);
        await panel().getByText('Salle').first().click();
      },
    ],
  ];

  async function leave(): Promise<void> {
    if (!(await dialog().isVisible())) return;
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  }

  /** Whatever is open, wide and on a phone. Returns what it says. */
  async function expectUsable(): Promise<string[]> {
    const said = await settled(page);
    for (const viewport of [PHONE, WIDE]) {
      await page.setViewportSize(viewport);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await isSideways(page)).toBe(false);
    }
    return said;
  }

  async function speak(language: ConsoleLanguage): Promise<void> {
    await page.locator('.language select').selectOption(language);
    await page.locator(`html[lang=${language}]`).waitFor();
    spoken.value = language;
  }

  const english: string[] = [];
  describe.each(CONSOLE_LANGUAGES)('in %s', (language) => {
    const said: string[] = [];
    beforeAll(async () => {
      await speak(language);
      await signIn({ page, key: desk.key, reads: (say) => say() });
      await button(alarmWords.silence()).waitFor();
    });
    afterAll(async () => {
      spoken.value = 'en';
    });

    test.each(OPENINGS)('%s is accessible, wide and on a phone', async (_, open) => {
      await open();
      said.push(...(await expectUsable()));
      if (language === 'en' && (await dialog().isVisible())) {
        const { stops: _stops, ...faults } = await walkThrough(page);
        expect(faults).toEqual(WHOLE_WALK);
      }
    });

    if (language !== 'fr')
      test.each(Object.entries(PARTS))('Tab reaches everything of the part: %s', async (_, nth) => {
        await goTo(nth);
        const { stops, ...faults } = await walkThrough(page);
        expect(faults).toEqual(WHOLE_WALK);
        const back = await walkThrough(page, 'Shift+Tab');
        expect(back.stops.slice(1).map(({ id }) => id)).toHaveLength(stops.length - 1);
      });

    test('the menu of a phone opens, and Escape closes it', async () => {
      await page.setViewportSize(PHONE);
      const menu = button(shell.menu());
      expect(await button(shell.signOut()).isVisible()).toBe(false);
      await menu.click();
      await button(shell.signOut()).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await isSideways(page)).toBe(false);
      await page.keyboard.press('Escape');
      await button(shell.signOut()).waitFor({ state: 'hidden' });
      await page.setViewportSize(WIDE);
    });

    test('signing in is accessible, wide and on a phone', async () => {
      await button(shell.signOut()).click();
      await button(shell.signIn()).click();
      said.push(...(await expectUsable()));
    });

    test('nothing says a raw value, or a word of another language', () => {
      expect(said.length).toBeGreaterThan(100);
      expect(rawIn(said)).toEqual([]);
      if (language === 'en') english.push(...said);
      if (language === 'ar') expect(latinIn(said)).toEqual([]);
      if (language === 'fr')
        expect(said.filter((text) => english.includes(text) && isEnglish(text))).toEqual([]);
    });
  });

  test('nothing that the policy forbids was asked for', () => {
    expect(opened.faults).toEqual([]);
  });
});
