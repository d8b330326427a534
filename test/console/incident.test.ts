import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { sql } from '../../src/db/sql.ts';
import type { HttpServer } from '../../src/http/listen.ts';
import { anIncident } from '../support/builders.ts';
import { callerOf } from '../support/callers.ts';
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
const HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>';

withChromium('one incident in the console', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  const key = keyOf('TUN', 'reporter');
  const reporter = callerOf('TUN', 'reporter');
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

  const report = async (change: object = {}): Promise<string> => {
    const properties = { tlp: 'GREEN', kind: 'fire', occurredAt: new Date().toISOString(), at: [8.45, 35.2] };
    const { body } = await service.api
      .post('/v1/incidents')
      .set(as(key))
      .send(anIncident({ ...properties, ...change } as never))
      .expect(201);
    return body.id;
  };
  const detail = (page: Page) => page.getByRole('complementary', { name: 'The incident' });
  const list = (page: Page, name: string) => detail(page).getByRole('list', { name });
  const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
  const act = async (page: Page, name: string) => {
    await detail(page).getByRole('button', { name }).click();
    return dialog(page, name);
  };
  const openAt = (id: string, officer = key) =>
    openConsole(browser, base, { key: officer, address: `incident=${id}` });

  test.each(CONSOLE_LANGUAGES)('in %s it is accessible, wide and on a phone', async (language) => {
    const id = await report({ placeText: HOSTILE, counts: { best: 12, low: 10, high: 15 } });
    const { page, faults, close } = await openConsole(browser, base, {
      key,
      language,
      address: `incident=${id}`,
    });
    await page.getByRole('complementary').getByRole('list').first().waitFor();
    for (const viewport of [WIDE, PHONE]) {
      await page.setViewportSize(viewport);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await isSideways(page)).toBe(false);
    }
    expect(faults).toEqual([]);
    await close();
  });

  test('is opened from the list, and shows what the database keeps', async () => {
    const id = await report({ placeText: 'by the old mill' });
    const { page, close } = await openConsole(browser, base, { key });
    await page.getByRole('list', { name: 'Incidents' }).getByText('by the old mill').click();
    await detail(page).getByText('km', { exact: false }).first().waitFor();
    await detail(page).getByText('Nearest crossing').waitFor();
    const [row] = await service.db.query<{ segment: string; km: number; border: string }>(
      reporter,
      sql`SELECT i.segment, i.border_km AS km, i.border FROM incident AS i WHERE i.id = ${id}`,
    );
    const shown = (await detail(page).innerText()).replace(/[\u2068\u2069]/g, '');
    expect(shown).toContain(row!.segment);
    expect(shown).toContain(`km ${row!.km.toFixed(1)} of ${row!.border}`);
    expect(shown).toContain('35.20000, 8.45000');
    expect(shown).toContain('Algeria, Libya, Tunisia');
    await close();
  });

  test('is acknowledged and answered, and the neighbour sees it at once', async () => {
    const id = await report();
    const [tunisia, algeria] = await Promise.all([openAt(id), openAt(id, keyOf('DZA', 'reader'))]);
    expect(await detail(algeria.page).getByRole('button', { name: 'Acknowledge' }).count()).toBe(0);
    await detail(tunisia.page).getByRole('button', { name: 'Acknowledge' }).click();
    await list(algeria.page, 'Acknowledged by').getByRole('listitem').waitFor();
    const form = await act(tunisia.page, 'Add a response');
    await form.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Firefighting' });
    await form.getByRole('textbox', { name: 'In words' }).fill(HOSTILE);
    await form.getByRole('button', { name: 'Save' }).click();
    await list(algeria.page, 'Responses').getByText(HOSTILE).waitFor();
    await list(tunisia.page, 'Responses')
      .getByRole('button', { name: /Set to: .Done/ })
      .click();
    await list(algeria.page, 'Responses').getByText('Done').waitFor();
    const responses = await service.db.query<{ kind: string; state: string }>(
      reporter,
      sql`SELECT r.kind, r.state FROM incident_response AS r WHERE r.incident = ${id}`,
    );
    expect(responses).toEqual([{ kind: 'fire_response', state: 'done' }]);
    expect([...tunisia.faults, ...algeria.faults]).toEqual([]);
    await Promise.all([tunisia.close(), algeria.close()]);
  });

  test('keeps what was typed in a report that comes too late, and shows what changed', async () => {
    const id = await report();
    const { page, close } = await openAt(id);
    const form = await act(page, 'Add a report');
    await form.getByRole('textbox', { name: 'In words' }).fill('smoke again');
    await form.getByRole('combobox', { name: 'State' }).selectOption({ label: 'Ongoing' });
    await service.api
      .post(`/v1/incidents/${id}/reports`)
      .set(as(key))
      .send({ state: 'cancelled' })
      .expect(201);
    await form.getByText('Changed by others while this was open').waitFor();
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByRole('alert').filter({ hasText: 'cancelled' }).waitFor();
    expect(await form.getByRole('textbox', { name: 'In words' }).inputValue()).toBe('smoke again');
    await form.getByRole('combobox', { name: 'State' }).selectOption({ label: 'Unchanged' });
    await form.getByRole('button', { name: 'Save' }).click();
    await list(page, 'Reports').getByText('smoke again').waitFor();
    await close();
  });

  test('carries a request to the other country', async () => {
    const id = await report();
    const [tunisia, algeria] = await Promise.all([openAt(id), openAt(id, keyOf('DZA', 'reporter'))]);
    const form = await act(tunisia.page, 'Ask for help');
    await form.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Request for support' });
    await form.getByRole('checkbox', { name: 'Drones' }).check();
    await form.getByRole('checkbox', { name: 'Algeria' }).check();
    await form.getByRole('textbox', { name: 'In words' }).fill('one with a thermal camera');
    await form.getByRole('button', { name: 'Send the request' }).click();
    await list(algeria.page, 'Requests').getByText('one with a thermal camera').waitFor();
    const requests = await service.db.query<{ needs: string[]; to: string[] }>(
      reporter,
      sql`SELECT r.needs, r.recipients AS to FROM incident_request AS r WHERE r.incident = ${id}`,
    );
    expect(requests).toEqual([{ needs: ['drones'], to: ['DZA'] }]);
    await Promise.all([tunisia.close(), algeria.close()]);
  });

  test('is released after a look at who would see it', async () => {
    const id = await report({ tlp: 'AMBER+STRICT' });
    const [tunisia, libya] = await Promise.all([
      openAt(id, keyOf('TUN', 'coordinator')),
      openAt(id, keyOf('LBY', 'reporter')),
    ]);
    await detail(libya.page).getByText('There is no such incident').waitFor();
    const form = await act(tunisia.page, 'Change who sees it');
    expect(await form.getByRole('button', { name: 'Change it' }).isDisabled()).toBe(true);
    await form.getByRole('combobox').selectOption({ label: 'Own country and those named' });
    await form.getByRole('checkbox', { name: 'Libya' }).check();
    await form.getByRole('button', { name: 'Preview' }).click();
    await form.getByText('This widens who sees it.').waitFor();
    expect(await form.getByRole('row', { name: 'Libya does not see it sees it' }).count()).toBe(1);
    expect(await form.getByRole('row', { name: 'Algeria does not see it does not see it' }).count()).toBe(1);
    await form.getByRole('button', { name: 'Change it' }).click();
    await detail(libya.page).getByRole('heading', { name: 'Fire' }).waitFor();
    await Promise.all([tunisia.close(), libya.close()]);
  });
});
