import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { auditStore } from '../../src/audit/audit.store.ts';
import { sql } from '../../src/db/sql.ts';
import type { HttpServer } from '../../src/http/listen.ts';
import { addAlert } from '../support/alerts.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts';
import { accessibilityFaults, isSideways, openConsole, serveConsole, WIDE } from '../support/console.ts';
import { assess } from '../support/impact.ts';
import { releaseSteps } from '../support/release.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { AGENCY, LEAVING, shiftSteps } from '../support/shifts.ts';

const run = promisify(execFile);
// the embedded database answers shifts as a server does (test/shifts)
const withChromium = hasChromium && process.env.TEST_DATABASE_URL ? describe : describe.skip;
const PDFTOTEXT = '/usr/bin/pdftotext';
const withPdfToText = existsSync(PDFTOTEXT) ? test.each : test.skip.each;

const LEAVING_KEY = keyOf('TUN', 'reporter');
const COMING_KEY = keyOf('TUN', 'operator');
const ALGERIA = as(keyOf('DZA', 'reporter'));

withChromium('a shift in the console (/usr/bin/chromium, from the package chromium)', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  let steps: ReturnType<typeof shiftSteps>;
  let create: ReturnType<typeof releaseSteps>['create'];
  beforeAll(async () => {
    service = await startService();
    ({ http, base } = await serveConsole(service));
    browser = await openBrowser();
    steps = shiftSteps(service);
    ({ create } = releaseSteps(service));
  });
  afterAll(async () => {
    await browser?.close();
    await http?.close();
    await service?.stop();
  });

  const stored = async (name: string) =>
    (
      await asTableOwner<{ state: string; offered_by: string; closed_by: string; notes: string[] }>(
        service.db,
        sql`SELECT s.state, s.offered_by, s.closed_by,
              ARRAY(SELECT n.text FROM base.shift_note AS n WHERE n.shift = s.id ORDER BY n.at) AS notes
            FROM base.shift AS s WHERE s.name = ${name}`,
      )
    )[0];
  const keyId = async (key: string) => (await service.api.get('/v1/me').set(as(key)).expect(200)).body.key;
  const seal = async () => {
    while (await auditStore(service.db).seal());
  };

  test('is opened, kept and handed over to a second officer in another browser', async () => {
    const name = 'Salle nord';
    const leaving = await openConsole(browser, base, {
      key: LEAVING_KEY,
      language: 'fr',
      address: 'part=shift',
    });
    const coming = await openConsole(browser, base, { key: COMING_KEY, language: 'ar' });
    const { page } = leaving;
    await page.getByRole('textbox', { name: 'Nom du poste ou de la salle' }).fill(name);
    await page.getByRole('button', { name: 'Ouvrir le quart' }).click();
    await page
      .getByRole('banner')
      .getByRole('button', { name: /^Quart .*Salle nord/ })
      .waitFor();

    // a note that the service refuses is still there, to be mended
    const note = page.getByRole('textbox', { name: 'Note libre' });
    await note.fill('Appeler le +216 20 123 456');
    await page.getByRole('button', { name: 'Ajouter la note' }).click();
    await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
    expect(await note.inputValue()).toBe('Appeler le +216 20 123 456');
    expect((await stored(name))!.notes).toEqual([]);
    await note.fill('Barrière 2 en panne, atelier prévenu.');
    await page.getByRole('button', { name: 'Ajouter la note' }).click();
    await page.getByRole('list', { name: 'Main courante' }).getByText('Barrière 2 en panne').waitFor();
    expect(await note.inputValue()).toBe('');

    // what a colleague of the agency does is in the log by itself
    await create('/incidents', anIncident(), as(COMING_KEY));
    await seal();
    await page
      .getByRole('list', { name: 'Main courante' })
      .getByText(/Création.*Incidents/i)
      .waitFor();

    await page.getByRole('textbox', { name: 'Pour la relève' }).fill('Rien de particulier.');
    await page.getByRole('button', { name: 'Proposer la relève' }).click();
    await page.getByText('Un autre agent de l’organisme la confirme').waitFor();
    expect(await page.getByRole('button', { name: 'Prendre la relève' }).count()).toBe(0);
    expect(await page.getByRole('textbox', { name: 'Note libre' }).count()).toBe(0);

    await coming.page
      .getByRole('banner')
      .getByRole('button', { name: /Salle nord/ })
      .click();
    await coming.page.getByText('Rien de particulier.').waitFor();
    await coming.page.getByRole('button', { name: 'استلم المناوبة' }).click();
    for (const [one, words] of [
      [coming.page, 'تم التسليم: لا يتغير'],
      [page, 'Relève effectuée : plus rien'],
    ] as const) {
      await one.getByText(words).waitFor();
      expect(await one.getByRole('textbox', { name: /Note libre|ملاحظة/ }).count()).toBe(0);
    }
    expect(await stored(name)).toEqual({
      state: 'closed',
      offered_by: await keyId(LEAVING_KEY),
      closed_by: await keyId(COMING_KEY),
      notes: ['Barrière 2 en panne, atelier prévenu.'],
    });
    expect([...leaving.faults.filter((fault) => !fault.includes('422')), ...coming.faults]).toEqual([]);
    await Promise.all([leaving.close(), coming.close()]);
  }, 300_000);

  test('says what the service refuses: the same key, a second shift at one place', async () => {
    const { id, place } = await steps.open();
    const { page, close } = await openConsole(browser, base, { key: LEAVING_KEY, address: 'part=shift' });
    await page.getByRole('combobox', { name: /^Where/ }).selectOption('post');
    await page.getByRole('textbox', { name: 'Name of the post or room' }).fill(place.name);
    await page.getByRole('button', { name: 'Open the shift' }).click();
    await page
      .getByRole('form', { name: 'Open a shift' })
      .getByRole('alert')
      .filter({ hasText: place.name })
      .waitFor();
    expect(await page.getByRole('textbox', { name: 'Name of the post or room' }).inputValue()).toBe(
      place.name,
    );
    await steps.offer(id);
    await steps.confirm(id).expect(200);
    await close();
  }, 300_000);

  /** One item of each kind; answers what the print has to hold. */
  async function openItems(shift: string): Promise<string[]> {
    const rescued = 'near the dry well';
    await create(
      '/incidents',
      anIncident({ kind: 'distress', at: [8.42, 35.2], placeText: rescued }),
      LEAVING,
    );
    const theirs = await create(
      '/incidents',
      anIncident({ tlp: 'GREEN', placeText: 'at the old mill' }),
      ALGERIA,
    );
    const body = {
      kind: 'information',
      to: ['TUN'],
      dueAt: '2099-01-01T00:00:00Z',
      text: 'Which road is free?',
    };
    await create(`/incidents/${theirs}/requests`, body, ALGERIA);
    await addAlert(service, AGENCY, theirs);
    await assess(service, 'TUN', 'DZA-TUN-03', { level: 'high' });
    await steps.note(shift, 'Lane 2 is closed.');
    const { items } = await steps.offer(shift);
    const kinds = new Set(items.map(({ kind }: { kind: string }) => kind));
    expect(kinds).toEqual(new Set(['distress', 'request', 'alert', 'reaction']));
    return [...items.map(({ id }: { id: string }) => id), rescued, 'Lane 2 is closed.'];
  }

  const textOf = async (page: Page, name: string): Promise<string> => {
    const file = join(process.env.TRIPOINT_TEST_FOLDER!, `${name}.pdf`);
    await writeFile(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    const { stdout } = await run(PDFTOTEXT, [file, '-']);
    // marks of direction, and ends of lines
    return stdout.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/\s+/g, ' ');
  };

  withPdfToText([
    [
      'en',
      'Print',
      'Legend',
      ['Handover of a shift', 'Which road is free?', 'Scale about', 'Open at the handover'],
    ],
    [
      'fr',
      'Imprimer',
      'Légende',
      ['Relève de quart', 'Which road is free?', 'Échelle environ', 'En suspens à la relève'],
    ],
    ['ar', 'طباعة', 'مفتاح الخريطة', []],
  ] as const)(
    'is printed in %s with every open item, map, scale, label and page numbers',
    async (language, print, legend, words) => {
      const { id } = await steps.open();
      const wanted = await openItems(id);
      const { page, faults, close } = await openConsole(browser, base, {
        key: COMING_KEY,
        language,
        address: `part=shift&item=${id}`,
      });
      await page.getByRole('button', { name: print, exact: true }).click();
      await page.locator('.sheet').waitFor({ state: 'attached' });
      const text = await textOf(page, `shift-${language}`);
      for (const one of wanted) expect(text).toContain(one);
      for (const one of [...words, legend, 'TLP:AMBER+STRICT']) expect(text).toContain(one);
      expect(text).toMatch(/1 ?\/ ?2/);
      expect(await page.locator('.sheet figure > img').count()).toBe(1);
      expect(faults).toEqual([]);
      await steps.withdraw(id).expect(204);
      await close();
    },
    300_000,
  );

  test.each([
    ['en', 'Handover'],
    ['fr', 'Relève'],
    ['ar', 'التسليم والاستلام'],
  ] as const)(
    'in %s is accessible, wide and on a phone',
    async (language, heading) => {
      const { id, place } = await steps.open();
      await steps.note(id, 'Lane 2 is closed.');
      await steps.offer(id);
      const { page, faults, close } = await openConsole(browser, base, {
        key: COMING_KEY,
        language,
        address: 'part=shift',
      });
      const check = async () => {
        for (const viewport of [WIDE, PHONE]) {
          await page.setViewportSize(viewport);
          expect(await accessibilityFaults(page)).toEqual([]);
          expect(await isSideways(page)).toBe(false);
        }
      };
      const row = page.getByRole('listitem').getByRole('button', { name: place.name });
      await row.waitFor();
      await check();
      await row.click();
      await page.getByRole('heading', { name: heading, exact: true }).waitFor();
      await page.getByText('Lane 2 is closed.').waitFor();
      await check();
      expect(faults).toEqual([]);
      await close();
    },
    300_000,
  );
});
