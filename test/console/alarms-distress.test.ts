import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { sql } from '../../src/db/sql.ts';
import type { HttpServer } from '../../src/http/listen.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts';
import {
  accessibilityFaults,
  CONSOLE_LANGUAGES,
  isSideways,
  type OpenConsole,
  openConsole,
  serveConsole,
  WIDE,
} from '../support/console.ts';
import { keyFor, RESCUE_AGENCY } from '../support/rescue.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

// the embedded database answers no differently
const withChromium = hasChromium && process.env.TEST_DATABASE_URL ? describe : describe.skip;
const AT_LIBYA: [number, number] = [11.2, 33.1];

withChromium('people in distress in the console (/usr/bin/chromium, from the package chromium)', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  let rescueKey: string;
  const opened: OpenConsole[] = [];
  beforeAll(async () => {
    service = await startService();
    ({ http, base } = await serveConsole(service));
    browser = await openBrowser();
    const { Authorization } = await keyFor(service, 'LBY', RESCUE_AGENCY.LBY, ['reporter']);
    rescueKey = Authorization!.replace('Bearer ', '');
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ close }) => close()));
    await asTableOwner(
      service.db,
      sql`UPDATE base.distress_notice SET assisted_at = now() WHERE assisted_at IS NULL`,
    );
  });
  afterAll(async () => {
    await browser?.close();
    await http?.close();
    await service?.stop();
  });

  const open = async (officer: Parameters<typeof openConsole>[2]): Promise<OpenConsole> => {
    const one = await openConsole(browser, base, officer);
    opened.push(one);
    return one;
  };

  async function distress(more: Record<string, unknown> = {}): Promise<string> {
    const occurredAt = new Date().toISOString();
    const { body } = await service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ kind: 'distress', at: AT_LIBYA, tlp: 'RED', occurredAt, ...more }))
      .expect(201);
    return body.id;
  }
  const strip = (page: Page, name = 'People in distress') => page.getByRole('region', { name });

  test('a call reaches the rescue body of the other country at once, with its place, its clock and who rescues', async () => {
    const { page, faults } = await open({ key: rescueKey });
    await page.locator('.link.live').waitFor();
    expect(await strip(page).count()).toBe(0);
    await distress({ counts: { best: 12 } });
    const item = strip(page).getByRole('listitem');
    await item.waitFor();
    await item.getByText('Rescue bodies').waitFor();
    const text = (await item.textContent())!;
    expect(text).toContain('12 people');
    // both sides of the border
    expect(text).toMatch(/Rescue bodies.*(Tunisia.*Libya|Libya.*Tunisia)/);
    expect(text).toMatch(/km \W?\d+\W? of \W?LBY-TUN/);
    expect(text).toMatch(/\d+ km from/);
    expect(await item.getByRole('timer').textContent()).toMatch(/Assistance due\W?\d:\d\d:\d\d/);
    expect(faults).toEqual([]);
  });

  test('assistance is recorded in two clicks, and the call leaves every screen', async () => {
    const incident = await distress();
    const { page } = await open({ key: rescueKey });
    const colleague = await open({ key: keyOf('TUN', 'operator') });
    await strip(colleague.page).waitFor();
    await strip(page).getByRole('button', { name: 'Record assistance' }).click();
    await page.getByRole('button', { name: 'Assistance on its way' }).click();
    await strip(page)
      .getByText(/on its way since/)
      .waitFor();
    await strip(colleague.page)
      .getByText(/on its way since/)
      .waitFor();

    await strip(page).getByRole('button', { name: 'Record assistance' }).click();
    await page.getByRole('button', { name: 'Rescued' }).click();
    await strip(page).waitFor({ state: 'detached' });
    await strip(colleague.page).waitFor({ state: 'detached' });
    const rows = await asTableOwner<{ agency: string; state: string; outcome: string | null }>(
      service.db,
      sql`SELECT s.agency, s.state, s.outcome FROM base.assistance AS s
        JOIN base.distress_notice AS n ON n.id = s.notice WHERE n.incident = ${incident} ORDER BY s.recorded_at`,
    );
    expect(rows).toEqual([
      { agency: RESCUE_AGENCY.LBY, state: 'under_way', outcome: null },
      { agency: RESCUE_AGENCY.LBY, state: 'given', outcome: 'rescued' },
    ]);
  });

  test('a deadline that has passed is loud, and a click shows the place and the incident', async () => {
    const incident = await distress({ tlp: 'GREEN' });
    await asTableOwner(
      service.db,
      sql`UPDATE base.distress_notice SET assistance_due_at = now() - interval '3 minutes' WHERE incident = ${incident}`,
    );
    const { page } = await open({ key: keyOf('TUN', 'operator') });
    expect(await strip(page).getByRole('timer').textContent()).toMatch(
      /Assistance overdue\W?0:03:\d\d\W? late/,
    );
    await strip(page).getByRole('button', { name: 'Show on the map' }).click();
    const shown = new URL(page.url()).searchParams;
    expect(shown.get('incident')).toBe(incident);
    expect(shown.get('map')).toContain('/33.1');
  });

  test('a refusal is shown, and nothing is recorded', async () => {
    await distress({ tlp: 'GREEN' });
    const other = keyOf('TUN', 'reporter', { second: true });
    expect(agencyOf(other)).not.toBe(agencyOf(keyOf('TUN', 'reporter')));
    const { page } = await open({ key: other });
    await strip(page).getByRole('button', { name: 'Record assistance' }).click();
    await page.getByRole('button', { name: 'Rescued' }).click();
    await page.getByRole('dialog').getByRole('alert').filter({ hasText: /\w/ }).waitFor();
    expect(await strip(page).count()).toBe(1);
  });

  test.each(CONSOLE_LANGUAGES)('in %s it is accessible, wide and on a phone', async (language) => {
    await distress({ counts: { best: 3 } });
    await distress({ at: [8.4, 34.9], tlp: 'GREEN' });
    for (const viewport of [WIDE, PHONE]) {
      const { page, faults } = await open({ key: keyOf('TUN', 'operator'), language, viewport });
      await page.locator('.distress .rescue').first().waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await isSideways(page)).toBe(false);
      expect(faults).toEqual([]);
      if (process.env.PICTURES)
        await page.screenshot({ path: `${process.env.PICTURES}/distress-${language}-${viewport.width}.png` });
      await page.locator('.distress button.alarm').first().click();
      await page.getByRole('dialog').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
    }
  });
});
