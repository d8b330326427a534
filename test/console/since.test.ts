import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { sql } from '../../src/db/sql.ts';
import type { HttpServer } from '../../src/http/listen.ts';
import { anIncident } from '../support/builders.ts';
import { callerOf } from '../support/callers.ts';
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts';
import {
  accessibilityFaults,
  CONSOLE_LANGUAGES,
  type ConsoleLanguage,
  isSideways,
  type OpenConsole,
  openConsole,
  serveConsole,
  WIDE,
} from '../support/console.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { shiftSteps } from '../support/shifts.ts';

const withChromium = hasChromium ? describe : describe.skip;

withChromium('since I left, in Chromium (/usr/bin/chromium, from the package chromium)', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  let opened: OpenConsole[] = [];
  let handedOverAt: string;
  beforeAll(async () => {
    service = await startService({ withDemo: true });
    ({ http, base } = await serveConsole(service));
    browser = await openBrowser();
    const steps = shiftSteps(service);
    const { body } = await steps.get(`/${await steps.shiftIn('closed')}`);
    handedOverAt = body.closedAt;
    await report('LBY', { kind: 'distress', placeText: 'east of the wells' });
    await report('LBY', { kind: 'flood', placeText: 'in the wadi' });
    await service.api
      .post('/v1/crossings/ras-ajdir/requests')
      .set(as(keyOf('LBY', 'operator')))
      .send({ kind: 'information', to: ['TUN'], dueAt: '2099-01-01T12:00:00Z', text: 'Is the road free?' })
      .expect(201);
  });
  afterEach(async () => {
    await Promise.all(opened.map((one) => one.close()));
    opened = [];
  });
  afterAll(async () => {
    await browser?.close();
    await http?.close();
    await service?.stop();
  });

  const report = async (country: 'LBY' | 'DZA', more: object): Promise<string> => {
    const { body } = await service.api
      .post('/v1/incidents')
      .set(as(keyOf(country, 'reporter')))
      .send(anIncident({ tlp: 'GREEN', occurredAt: new Date().toISOString(), ...more }))
      .expect(201);
    return body.id;
  };
  const open = async (language: ConsoleLanguage, viewport = WIDE) => {
    const key = keyOf('TUN', 'operator');
    const one = await openConsole(browser, base, { key, language, viewport, address: 'part=since' });
    opened.push(one);
    await list(
      one.page,
      { en: 'Other incidents', fr: 'Autres incidents', ar: 'حوادث أخرى' }[language],
    ).waitFor();
    return one;
  };
  const list = (page: Page, name: string) => page.getByRole('list', { name });

  test('tells in groups what came after the last handover, as SQL as that caller says', async () => {
    const { page } = await open('fr');
    const notices = await service.db.query<{ n: number }>(
      callerOf('TUN', 'operator'),
      sql`SELECT count(*)::int AS n FROM distress_notice AS d WHERE d.occurred_at >= ${handedOverAt}::timestamptz`,
    );
    const rest = await service.db.query<{ n: number }>(
      callerOf('TUN', 'operator'),
      sql`SELECT count(*)::int AS n FROM incident AS i
          WHERE i.updated_at >= ${handedOverAt}::timestamptz AND i.kind <> 'distress'
            AND NOT EXISTS (SELECT 1 FROM alert AS a WHERE a.incident = i.id)`,
    );
    const rows = (name: string) => list(page, name).getByRole('listitem');
    expect(await rows('Personnes en détresse').count()).toBe(notices[0]!.n);
    expect(await rows('Autres incidents').count()).toBe(rest[0]!.n);
    await rows('À vous de répondre').filter({ hasText: 'Is the road free?' }).waitFor();
    expect(notices[0]!.n).toBe(1);
  });

  test('what comes meanwhile is added, unread, until it is opened or marked as read', async () => {
    const { page } = await open('en');
    const others = list(page, 'Other incidents').getByRole('button');
    const before = await others.count();
    await report('DZA', { kind: 'fire', placeText: 'on the ridge' });
    const fire = others.filter({ hasText: 'Fire' });
    await fire.filter({ hasText: 'unread' }).waitFor();
    expect(await others.count()).toBe(before + 1);
    await fire.click();
    expect(await fire.filter({ hasText: 'unread' }).count()).toBe(0);
    await page.waitForURL(/incident=/);
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    expect(await page.getByRole('button', { name: /unread/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Since I left', exact: true }).waitFor();
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept).not.toMatch(/incident|distress|alert/);
  });

  test.each(CONSOLE_LANGUAGES)('in %s it is accessible, wide and on a phone', async (language) => {
    for (const viewport of [WIDE, PHONE]) {
      const { page, faults } = await open(language, viewport);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await isSideways(page)).toBe(false);
      expect(faults).toEqual([]);
    }
  });
});
