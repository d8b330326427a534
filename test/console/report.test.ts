import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { sql } from '../../src/db/sql.ts';
import type { HttpServer } from '../../src/http/listen.ts';
import { callerOf } from '../support/callers.ts';
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts';
import { hasFocus, reach } from '../support/console.keyboard.ts';
import {
  accessibilityFaults,
  CONSOLE_LANGUAGES,
  isSideways,
  openConsole,
  serveConsole,
  WIDE,
} from '../support/console.ts';
import { keyOf, startService, type TestService } from '../support/service.ts';

const withChromium = hasChromium ? describe : describe.skip;
const HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>';

withChromium('a report in the console', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  const reporter = callerOf('TUN', 'reporter');
  const key = keyOf('TUN', 'reporter');
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

  interface Row {
    id: string;
    kind: string;
    severity: string;
    segment: string;
    km: number;
    country: string;
    tlp: string;
    best: number | null;
    text: string | null;
    accuracy: number;
    far: number;
  }
  /** As the officer who reported it. */
  const rows = (lat: number, lon: number) =>
    service.db.query<Row>(
      reporter,
      sql`SELECT i.id, i.kind, i.severity, i.segment, i.border_km AS km, i.country, i.tlp, i.counts_best AS best,
            i.place_text AS text, i.horizontal_accuracy_m AS accuracy,
            ST_Distance(i.point::geography, ST_SetSRID(ST_MakePoint(${lon}::float, ${lat}::float), 4326)::geography) AS far
          FROM incident AS i WHERE i.source = 'console' ORDER BY i.reported_at DESC`,
    );

  const form = (page: Page) => page.getByRole('form', { name: 'New report' });
  const choose = async (page: Page, kind: string, severity: string) => {
    await form(page).getByRole('radio', { name: kind, exact: true }).check();
    await form(page).getByRole('radio', { name: severity, exact: true }).check();
  };
  const send = (page: Page) => form(page).getByRole('button', { name: 'Send the report' }).click();
  const write = async (page: Page, place: string) => {
    await form(page).getByRole('textbox', { name: 'Place', exact: true }).fill(place);
    await form(page).getByRole('region', { name: 'Where this is' }).getByText('Nearest crossing').waitFor();
  };

  test.each(CONSOLE_LANGUAGES)('in %s the form is accessible, wide and on a phone', async (language) => {
    const { page, faults, close } = await openConsole(browser, base, {
      key,
      language,
      address: 'part=report',
    });
    await page.getByRole('form').locator('input[name=place]').fill('33.2, 11.4');
    await page.getByRole('form').getByRole('term').first().waitFor();
    await page.getByRole('radio').nth(11).check();
    await page.keyboard.press('3');
    for (const viewport of [WIDE, PHONE]) {
      await page.setViewportSize(viewport);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await isSideways(page)).toBe(false);
    }
    expect(faults).toEqual([]);
    await close();
  });

  test('is made by the keyboard alone, and the screen says what the database keeps', async () => {
    const { page, close } = await openConsole(browser, base, { key });
    await page.getByRole('button', { name: 'Report (N)' }).waitFor();
    await page.keyboard.press('n');
    await form(page).waitFor();
    const place = form(page).getByRole('textbox', { name: 'Place', exact: true });
    await page.keyboard.press('Tab');
    expect(await hasFocus(place)).toBe(true);
    await page.keyboard.type('PK 412 DZA-TUN');
    const where = form(page).getByRole('region', { name: 'Where this is' });
    await where.getByText(/^km .412\.0. of .DZA-TUN/).waitFor();
    const shown = await where.innerText();
    await page.keyboard.press('Tab');
    await page.keyboard.press('3');
    expect(await form(page).getByRole('radio', { name: 'Severe', exact: true }).isChecked()).toBe(true);
    await reach(form(page).getByRole('radio', { name: 'Irregular border crossing' }));
    await page.keyboard.press('Space');
    for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowDown');
    expect(await form(page).getByRole('radio', { name: 'Suspected trafficking' }).isChecked()).toBe(true);
    await reach(form(page).getByRole('button', { name: 'Send the report' }));
    await page.keyboard.press('Enter');
    await page
      .getByRole('status')
      .getByText(/^Saved at/)
      .waitFor();
    const { body } = await service.api.get('/v1/borders/DZA-TUN/points?km=412').expect(200);
    const [lon, lat] = body.geometry.coordinates;
    const [row] = await rows(lat, lon);
    expect(row).toMatchObject({
      kind: 'trafficking_suspected',
      severity: 'severe',
      tlp: 'AMBER+STRICT',
      segment: body.properties.segment,
    });
    expect(row!.far).toBeLessThan(1);
    const [named] = await service.db.query<{ name: string }>(
      reporter,
      sql`SELECT s.names ->> 'en' AS name FROM segment AS s WHERE s.id = ${row!.segment}`,
    );
    expect(shown).toMatch(`${named!.name}\n${row!.segment}`);
    expect(page.url()).toContain(row!.id);
    await close();
  });

  test('takes its place from a click on the map, and says who will see it', async () => {
    const { page, close } = await openConsole(browser, base, { key, address: 'map=9/33.2000/11.4000' });
    await page.getByRole('button', { name: 'Report (N)' }).click();
    await form(page).waitFor();
    await page.locator('#map').click();
    const shown = await form(page).getByRole('textbox', { name: 'Place', exact: true }).inputValue();
    const [lat, lon] = shown.split(',').map(Number) as [number, number];
    expect(Math.hypot(lat - 33.2, lon - 11.4)).toBeLessThan(0.05);
    await choose(page, 'Fire', 'Moderate');
    await form(page)
      .getByText(/^Visible to: .Tunisia.$/)
      .waitFor();
    await form(page)
      .getByRole('combobox', { name: 'Who will see it' })
      .selectOption({ label: 'The three countries' });
    await form(page)
      .getByText(/^Visible to: .Algeria, Libya, Tunisia.$/)
      .waitFor();
    await form(page).getByRole('spinbutton', { name: 'Best estimate' }).fill('12');
    await send(page);
    await page
      .getByRole('status')
      .getByText(/^Saved at/)
      .waitFor();
    const [row] = await rows(lat, lon);
    expect(row).toMatchObject({ kind: 'fire', severity: 'moderate', tlp: 'GREEN', best: 12 });
    expect(row!.far).toBeLessThan(1);
    await close();
  });

  /** What the service was asked while it was away, it is asked again. */
  async function expectAskedAgain(page: Page): Promise<void> {
    const known = form(page).getByText('Nearest crossing');
    await page.context().setOffline(true);
    await form(page).getByRole('textbox', { name: 'Place', exact: true }).fill('km 100 DZA-TUN');
    const failure = form(page).getByRole('alert').filter({ hasText: 'cannot be reached' });
    await failure.waitFor();
    await page.context().setOffline(false);
    await known.waitFor();
    expect(await failure.count()).toBe(0);
    await page.route('**/v1/locate?*', (route) => route.abort(), { times: 1 });
    await page.getByRole('textbox', { name: 'Place', exact: true }).fill('33.3 11.3');
    await known.waitFor({ state: 'detached' });
    await known.waitFor();
  }

  test('says what it has understood, and what it has not', async () => {
    const { page, close } = await openConsole(browser, base, { key, address: 'part=report' });
    const place = form(page).getByRole('textbox', { name: 'Place', exact: true });
    await place.fill('33.2 11.4');
    await form(page)
      .getByText(/latitude .33\.20000., longitude .11\.40000./)
      .waitFor();
    await form(page).getByRole('button', { name: 'Swap the two' }).click();
    await form(page)
      .getByText(/latitude .11\.40000., longitude .33\.20000./)
      .waitFor();
    await form(page).getByText('outside the three countries').waitFor();
    await place.fill('somewhere');
    await place.blur();
    await form(page).getByText('This is not a place that the console understands.').waitFor();
    await place.fill('km 9999 DZA-TUN');
    await form(page)
      .getByText(/must be at most/)
      .waitFor();
    expect(await form(page).getByRole('button', { name: 'Send the report' }).isDisabled()).toBe(true);
    await expectAskedAgain(page);
    await close();
  });

  test('keeps what was typed when the service refuses, and hostile texts are texts', async () => {
    const { page, faults, close } = await openConsole(browser, base, { key, address: 'part=report' });
    await write(page, '33.21, 11.41');
    await choose(page, 'People in distress', 'Extreme');
    await form(page).getByText('Rescue bodies on both sides').waitFor();
    const known = form(page).getByRole('textbox', { name: 'What is known' });
    await known.fill('call +216 20 123 456');
    for (const name of ['The place in words', 'How rescuers reach the place'])
      await form(page).getByRole('textbox', { name }).fill(HOSTILE);
    await send(page);
    await form(page).getByRole('alert').filter({ hasText: 'description' }).waitFor();
    expect(await known.inputValue()).toBe('call +216 20 123 456');
    expect((await rows(33.21, 11.41)).filter(({ far }) => far < 1)).toEqual([]);
    await known.fill(HOSTILE);
    await send(page);
    await page.getByRole('list', { name: 'Incidents' }).getByText(HOSTILE).first().waitFor();
    const [row] = await rows(33.21, 11.41);
    expect(row).toMatchObject({ kind: 'distress', text: HOSTILE });
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
    await close();
  });

  test('waits in the page while the service is away, and goes out once under its own UUID', async () => {
    const { page, close } = await openConsole(browser, base, { key, address: 'part=report' });
    await write(page, '33.22, 11.42');
    await choose(page, 'Flood', 'Minor');
    await page.context().setOffline(true);
    await send(page);
    const unsent = page.getByRole('alert', { name: 'Reports not sent yet' });
    await unsent.getByText(/^Not sent yet/).waitFor();
    expect(
      await page
        .getByRole('status')
        .getByText(/^Saved at/)
        .count(),
    ).toBe(0);
    const isHere = async () => (await rows(33.22, 11.42)).filter(({ far }) => far < 1);
    expect(await isHere()).toEqual([]);
    const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    expect(kept).not.toContain('11.42');
    await page.context().setOffline(false);
    await unsent.waitFor({ state: 'detached' });
    expect(await isHere()).toHaveLength(1);
    await page
      .getByRole('status')
      .getByText(/^Saved at/)
      .waitFor();
    await close();
  });
});
