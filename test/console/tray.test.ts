import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { sql } from '../../src/db/sql.ts';
import type { HttpServer } from '../../src/http/listen.ts';
import { asTableOwner } from '../support/audit.ts';
import { proposeZone } from '../support/builders.zones.ts';
import { callerOf } from '../support/callers.ts';
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
import { assess } from '../support/impact.ts';
import { proposedVersion } from '../support/procedures.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const withChromium = hasChromium ? describe : describe.skip;

withChromium('the in-tray in Chromium (/usr/bin/chromium, from the package chromium)', () => {
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

  const open = async (...[key, language, viewport = WIDE]: [string, 'en' | 'fr' | 'ar', typeof WIDE?]) => {
    const one = await openConsole(browser, base, { key, language, viewport, address: 'part=tray' });
    opened.push(one);
    return one;
  };
  const ask = async (text: string, more: object = {}): Promise<string> => {
    const { body } = await service.api
      .post('/v1/crossings/ras-ajdir/requests')
      .set(as(keyOf('LBY', 'operator')))
      .send({ kind: 'support', needs: ['drones'], to: ['TUN'], dueAt: '2099-01-01T12:00:00Z', text, ...more })
      .expect(201);
    return body.id;
  };
  const stateOf = async (id: string) =>
    (
      await service.db.query<{ state: string; answer: string | null }>(
        callerOf('TUN', 'coordinator'),
        sql`SELECT q.state, q.answer FROM incident_request AS q WHERE q.id = ${id}`,
      )
    )[0];
  const card = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });

  test('holds what waits for the country, as SQL as that caller says, and counts it on its tab', async () => {
    const zone = await proposeZone(service.api, 'DZA', {
      names: { en: 'North of Feriana', fr: 'Nord de Fériana' },
    });
    await proposedVersion(service, 'DZA', '/crossings/bouchebka/procedures', {
      names: { en: 'Handover at night', fr: 'Remise de nuit' },
    });
    await assess(service, 'DZA', 'DZA-TUN-09', { level: 'critical', rationale: 'Groups each night.' });
    await assess(service, 'TUN', 'DZA-TUN-08', { level: 'high', rationale: 'Twice as many.' }, 'operator');
    const { page } = await open(keyOf('TUN', 'coordinator'), 'fr');
    for (const title of ['Nord de Fériana', 'Remise de nuit', 'Groups each night.', 'Twice as many.'])
      await card(page, title).waitFor();
    const [waiting] = await service.db.query<{ n: number }>(
      callerOf('TUN', 'coordinator'),
      sql`SELECT (
          (SELECT count(*) FROM zone_revision AS z WHERE z.state = 'proposed' AND 'TUN' = ANY (z.participants)
            AND NOT EXISTS (SELECT 1 FROM zone_consent AS c WHERE c.zone = z.id AND c.revision = z.revision AND c.country = 'TUN'))
        + (SELECT count(*) FROM joint_proposal AS p WHERE p.state = 'proposed' AND 'TUN' = ANY (p.participants)
            AND NOT EXISTS (SELECT 1 FROM joint_consent AS c WHERE c.proposal = p.id AND c.country = 'TUN'))
        + (SELECT count(*) FROM impact_assessment AS a WHERE a.country = 'TUN' AND a.assessed_at IS NULL AND a.declined_at IS NULL)
        + (SELECT count(*) FROM reaction AS r WHERE r.country = 'TUN' AND r.done_at IS NULL AND r.due_at <= now()
            AND r.cancelled_at IS NULL)
        + (SELECT count(*) FROM incident_request AS q WHERE q.state IN ('open', 'accepted') AND 'TUN' = ANY (q.recipients))
        )::int AS n`,
    );
    await page.getByRole('button', { name: `À traiter ${waiting!.n}`, exact: true }).waitFor();
    expect(zone.properties.awaiting).toContain('TUN');
  });

  test('a consent is given and refused in place, and goes from the screen of a colleague', async () => {
    const names = { en: 'Strip at Hazoua', fr: 'Bande de Hazoua', ar: 'شريط حزوة' };
    const { id } = await proposeZone(service.api, 'DZA', { names });
    const [algeria, tunisia, colleague] = await Promise.all([
      open(keyOf('DZA', 'coordinator'), 'ar'),
      open(keyOf('TUN', 'coordinator'), 'fr'),
      open(keyOf('TUN', 'coordinator'), 'en'),
    ]);
    await card(colleague.page, names.en).waitFor();
    const arabic = card(algeria.page, names.ar);
    await arabic.getByRole('button', { name: 'موافقة' }).click();
    await arabic.getByRole('button', { name: 'تأكيد' }).click();
    await algeria.page.getByRole('status').filter({ hasText: names.ar }).waitFor();
    const french = card(tunisia.page, names.fr);
    await french.getByRole('button', { name: 'Refuser' }).click();
    await french.getByRole('button', { name: 'Confirmer' }).click();
    await french.getByRole('alert').filter({ hasText: 'Écrivez d’abord le texte' }).waitFor();
    await french.getByRole('textbox', { name: 'Motif' }).fill('Trop large du côté tunisien.');
    await french.getByRole('button', { name: 'Confirmer' }).click();
    await card(tunisia.page, names.fr).waitFor({ state: 'detached' });
    await card(colleague.page, names.en).waitFor({ state: 'detached' });
    const decisions = await service.db.query(
      callerOf('DZA', 'coordinator'),
      sql`SELECT c.country, c.decision, c.reason FROM zone_consent AS c WHERE c.zone = ${id} ORDER BY c.at`,
    );
    expect(decisions).toEqual([
      { country: 'DZA', decision: 'approve', reason: null },
      { country: 'TUN', decision: 'reject', reason: 'Trop large du côté tunisien.' },
    ]);
  });

  test('a request arrives by itself, its answer reaches the asking officer, and a refusal keeps the text', async () => {
    const [tunisia, libya] = await Promise.all([
      open(keyOf('TUN', 'operator'), 'fr'),
      open(keyOf('LBY', 'operator'), 'ar'),
    ]);
    const id = await ask('Un drone pour la nuit à Dehiba');
    const owed = card(tunisia.page, 'Un drone pour la nuit à Dehiba');
    await owed.getByRole('button', { name: 'Répondre' }).click();
    const answer = owed.getByRole('textbox', { name: 'Votre réponse' });
    await answer.fill('Appelez le +216 98 765 432.');
    await owed.getByRole('button', { name: 'Confirmer' }).click();
    await owed.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
    expect(await answer.inputValue()).toBe('Appelez le +216 98 765 432.');
    expect(await stateOf(id)).toEqual({ state: 'open', answer: null });
    await owed.getByRole('button', { name: 'Accepter' }).click();
    await owed.getByRole('textbox').fill('Il décolle à 22 heures.');
    await owed.getByRole('button', { name: 'Confirmer' }).click();
    const asked = libya.page.getByRole('list', { name: 'طلبات جهتك' });
    await asked.getByRole('listitem').filter({ hasText: 'Il décolle à 22 heures.' }).waitFor();
    expect(await stateOf(id)).toEqual({ state: 'accepted', answer: 'Il décolle à 22 heures.' });
  });

  test('what is overdue comes first and is marked, and a measure is told as done', async () => {
    const assessment = await assess(service, 'TUN', 'LBY-TUN-03', { level: 'medium' });
    await asTableOwner(
      service.db,
      sql`WITH quiet AS MATERIALIZED (SELECT set_config('session_replication_role', 'replica', true))
          UPDATE base.reaction SET due_at = now() - interval '1 minute' FROM quiet
          WHERE assessment = ${assessment} AND kind = 'control_measures'`,
    );
    const { page } = await open(keyOf('TUN', 'operator'), 'en');
    const late = page
      .getByRole('list', { name: 'Overdue' })
      .getByRole('listitem')
      .filter({ hasText: 'LBY-TUN-03' });
    await late.getByText(/^Overdue since/).waitFor();
    expect(
      await page
        .getByRole('list')
        .filter({ hasText: /Overdue since/ })
        .count(),
    ).toBe(1);
    await late.getByRole('button', { name: 'Done' }).click();
    await late.getByRole('textbox').fill('Two more patrols.');
    await late.getByRole('button', { name: 'Confirm' }).click();
    await late.waitFor({ state: 'detached' });
    const done = await service.db.query(
      callerOf('TUN', 'operator'),
      sql`SELECT r.note FROM reaction AS r WHERE r.assessment = ${assessment} AND r.done_at IS NOT NULL`,
    );
    expect(done).toEqual([{ note: 'Two more patrols.' }]);
  });

  test('a text about what a colleague settled meanwhile is not lost', async () => {
    const id = await ask('Interpreters at Ras Ajdir');
    const { page } = await open(keyOf('TUN', 'operator'), 'en');
    const owed = card(page, 'Interpreters at Ras Ajdir');
    await owed.getByRole('button', { name: 'Answer' }).click();
    await owed.getByRole('textbox').fill('They come at noon.');
    await service.api
      .patch(`/v1/requests/${id}`)
      .set(as(keyOf('TUN', 'reporter')))
      .send({ state: 'fulfilled', answer: 'They are there.' })
      .expect(200);
    await page.getByRole('alert').filter({ hasText: 'They come at noon.' }).waitFor();
    expect(await owed.count()).toBe(0);
  });

  test.each(CONSOLE_LANGUAGES)('in %s it is accessible, wide and on a phone', async (language) => {
    for (const viewport of [WIDE, PHONE]) {
      const { page, faults } = await open(keyOf('TUN', 'coordinator'), language, viewport);
      await page.getByRole('heading', { level: 3 }).first().waitFor();
      await page.getByRole('main').getByRole('listitem').getByRole('button').nth(1).click();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await isSideways(page)).toBe(false);
      expect(faults).toEqual([]);
    }
  });
});
