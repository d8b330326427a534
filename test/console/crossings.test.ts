import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { sql } from '../../src/db/sql.ts';
import type { HttpServer } from '../../src/http/listen.ts';
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

const withChromium = hasChromium ? describe : describe.skip;
const HOUR_MS = 3_600_000;

withChromium('the crossing board in Chromium (/usr/bin/chromium, from the package chromium)', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  let opened: OpenConsole[] = [];
  beforeAll(async () => {
    service = await startService({ withDemo: true });
    ({ http, base } = await serveConsole(service));
    browser = await openBrowser();
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

  const open = async (country: 'DZA' | 'LBY' | 'TUN', language: ConsoleLanguage, viewport = WIDE) => {
    const key = keyOf(country, 'operator');
    const one = await openConsole(browser, base, { key, language, viewport, address: 'part=crossings' });
    opened.push(one);
    await one.page.getByRole('listitem').getByRole('heading', { level: 2 }).first().waitFor();
    return one;
  };
  const say = (crossing: string, country: 'DZA' | 'LBY' | 'TUN', body: object) =>
    service.api
      .post(`/v1/crossings/${crossing}/status`)
      .set(as(keyOf(country, 'operator')))
      .send(body)
      .expect(201);
  const card = (page: Page, name: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2, name }) });

  test('shows each crossing as SQL as that caller says, and the filters of the address', async () => {
    const rows = await service.db.query<{ name: string; state: string; border: string }>(
      callerOf('TUN', 'operator'),
      sql`SELECT c.names->>'en' AS name, tripoint.crossing_state(c.id, now()) AS state, c.border FROM crossing AS c ORDER BY c.id`,
    );
    const { page } = await open('TUN', 'en');
    const shown = page.getByRole('listitem').getByRole('heading', { level: 2 });
    expect(await shown.allTextContents()).toEqual(rows.map(({ name }) => name));
    for (const { name, state } of rows)
      await card(page, name)
        .getByText(new RegExp(`^\\S ${state}$`, 'i'))
        .waitFor();
    const closed = rows.filter(({ state, border }) => state === 'closed' && border === 'DZA-LBY');
    await page.getByRole('combobox', { name: 'Border' }).selectOption({ label: 'Algeria–Libya border' });
    await page.getByRole('combobox', { name: 'State' }).selectOption({ label: 'Closed' });
    await page.getByText(new RegExp(`^${closed.length} crossings?$`)).waitFor();
    expect(await shown.allTextContents()).toEqual(closed.map(({ name }) => name));
    expect(page.url()).toMatch(/border=DZA-LBY&status=closed/);
  });

  test('a closing in French is read in Arabic by the neighbour, with its direction, traffic and end', async () => {
    const [tunisia, libya] = await Promise.all([open('TUN', 'fr'), open('LBY', 'ar')]);
    const end = new Date(Date.now() + 2 * HOUR_MS);
    const local = new Date(end.getTime() - end.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    await card(tunisia.page, 'Ras Jedir').getByRole('button', { name: 'Modifier notre côté' }).click();
    const dialog = tunisia.page.getByRole('dialog', { name: /Ras Jedir/ });
    await dialog.getByRole('radio', { name: 'Fermé' }).check();
    await dialog.getByRole('combobox', { name: 'Sens' }).selectOption({ label: 'Sortie de Tunisie' });
    await dialog.getByRole('checkbox', { name: 'Marchandises', exact: true }).check();
    await dialog.getByLabel(/^Fin/).fill(local);
    await dialog.getByRole('textbox', { name: /^Motif/ }).fill('Route inondée');
    await dialog
      .getByRole('list', { name: 'Ouverts à la place' })
      .getByText(/\d\W+km/)
      .first()
      .waitFor();
    const clock = local.slice(11);
    const french = new RegExp(`^Sortie de Tunisie : fermée, marchandises, jusqu’(à|au) .*${clock}$`);
    await dialog.getByText(french).waitFor();
    await dialog.getByRole('button', { name: 'Publier' }).click();
    await card(tunisia.page, 'Ras Jedir').getByText(french).waitFor();
    const arabic = card(libya.page, 'رأس اجدير');
    await arabic.getByText(new RegExp(`^الخروج من تونس: مغلق، بضائع، حتى .*${clock}$`)).waitFor();
    await arabic.getByText('Route inondée').waitFor();
    const stated = await service.db.query(
      callerOf('LBY', 'operator'),
      sql`SELECT t.entering, t.traffic, t.state, s.reason FROM tripoint.side_table('ras-ajdir', 'TUN', now()) AS t
          JOIN crossing_status AS s ON s.id = t.statement WHERE t.state = 'closed'`,
    );
    expect(stated).toEqual([{ entering: 'LBY', traffic: 'goods', state: 'closed', reason: 'Route inondée' }]);
  });

  test('a mistake is withdrawn with its reason, and goes from the screen of the neighbour', async () => {
    await say('dehiba-wazin', 'TUN', { state: 'closed', reason: 'Meant for another crossing' });
    const [tunisia, libya] = await Promise.all([open('TUN', 'en'), open('LBY', 'en')]);
    const name = 'Dehiba – Wazin';
    const wrong = card(libya.page, name).getByText('Both directions: closed, all traffic');
    await wrong.waitFor();
    const own = card(tunisia.page, name);
    await own.getByRole('button', { name: 'History' }).click();
    const entry = own.getByRole('list', { name: 'History' }).getByRole('listitem').first();
    await entry.getByRole('button', { name: 'Withdraw as a mistake' }).click();
    await entry.getByRole('button', { name: 'Confirm' }).click();
    await entry.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
    await entry.getByRole('textbox', { name: 'What was wrong' }).fill('Wrong crossing');
    await entry.getByRole('button', { name: 'Confirm' }).click();
    await entry.getByText(/^Withdrawn .*Wrong crossing/).waitFor();
    await wrong.waitFor({ state: 'detached' });
    const withdrawn = await service.db.query(
      callerOf('LBY', 'operator'),
      sql`SELECT s.withdrawal_reason AS reason FROM crossing_status AS s
          WHERE s.crossing = 'dehiba-wazin' AND s.withdrawn_at IS NOT NULL`,
    );
    expect(withdrawn).toEqual([{ reason: 'Wrong crossing' }]);
  });

  test('what is planned, opening hours and old statements are told; a refusal keeps the text', async () => {
    const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
    await say('bouchebka', 'DZA', { state: 'closed', from: at(30), to: at(40), reason: 'Works' });
    const weekly = [{ days: ['mon', 'fri'], opens: '07:00', closes: '19:00' }];
    await say('bouchebka', 'TUN', { hours: { weekly } });
    const { page } = await open('TUN', 'en');
    const both = card(page, 'Bouchebka');
    await both.getByText(/Planned Both directions: closed, all traffic, from .*, until .*Works/).waitFor();
    await both.getByText(/Opening hours: Monday.*Friday: \W*07:00\W+19:00/).waitFor();
    await card(page, 'Tarat')
      .getByText(/^Not confirmed since/)
      .first()
      .waitFor();
    await both.getByRole('button', { name: 'Change our side' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Until/).fill('2020-01-01T00:00');
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill('Sandstorm');
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await dialog.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
    expect(await dialog.getByRole('textbox', { name: /^Reason/ }).inputValue()).toBe('Sandstorm');
  });

  test.each(CONSOLE_LANGUAGES)('in %s it is accessible, wide and on a phone', async (language) => {
    for (const viewport of [WIDE, PHONE]) {
      const { page, faults } = await open('TUN', language, viewport);
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole('main').getByRole('listitem').getByRole('button').nth(1).click();
      await page.getByRole('dialog').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await isSideways(page)).toBe(false);
      expect(faults).toEqual([]);
    }
  });
});
