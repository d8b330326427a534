import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { view } from '../../src/db/labelled.ts';
import { sql } from '../../src/db/sql.ts';
import type { HttpServer } from '../../src/http/listen.ts';
import { agreeZone, proposeZone } from '../support/builders.zones.ts';
import { callerOf } from '../support/callers.ts';
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts';
import { hasFocus, press, type } from '../support/console.keyboard.ts';
import {
  accessibilityFaults,
  CONSOLE_LANGUAGES,
  isSideways,
  type OpenConsole,
  openConsole,
  serveConsole,
  WIDE,
} from '../support/console.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const withChromium = hasChromium ? describe : describe.skip;

withChromium('the zone workbench in Chromium (/usr/bin/chromium, from the package chromium)', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  const opened: OpenConsole[] = [];
  beforeAll(async () => {
    service = await startService();
    ({ http, base } = await serveConsole(service));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await http?.close();
    await service?.stop();
  });

  // every open map draws
  afterEach(async () => {
    await Promise.all(opened.map(({ close }) => close()));
  });

  type Officer = Parameters<typeof openConsole>[2];
  async function officer(settings: Officer): Promise<Page> {
    const one = await openConsole(browser, base, { address: 'part=zones', ...settings });
    opened.push(one);
    return one.page;
  }

  interface StoredZone {
    id: string;
    state: string;
    agreed: boolean;
    revision: number;
    participants: string[];
    rule: Record<string, unknown> | null;
    area: number;
    corners: number[][][][];
  }
  /** The newest revision of a zone as an officer of a country may read it. */
  async function stored(name: string, country: 'DZA' | 'TUN'): Promise<StoredZone | undefined> {
    const rows = await service.db.query<StoredZone>(
      callerOf(country, 'operator'),
      sql`SELECT z.id, z.state, z.agreed, z.revision, z.participants, z.derived_from AS rule,
            round(z.area_km2::numeric, 1)::float AS area, ST_AsGeoJSON(z.area, 6)::json -> 'coordinates' AS corners
          FROM ${view.zoneRevision} AS z WHERE z.names ->> 'en' = ${name} ORDER BY z.revision DESC`,
    );
    return rows[0];
  }
  const consentsOf = (id: string) =>
    service.db.query<{ country: string; decision: string; reason: string | null }>(
      callerOf('DZA', 'coordinator'),
      sql`SELECT c.country, c.decision, c.reason FROM ${view.zoneConsent} AS c WHERE c.zone = ${id} ORDER BY c.n`,
    );

  async function beginZone(page: Page, name: string): Promise<void> {
    await page.getByRole('button', { name: 'New zone' }).click();
    await page.getByRole('textbox', { name: 'In English' }).fill(name);
    await page.getByRole('textbox', { name: 'Purpose' }).fill('Joint watch of the fuel routes');
  }
  const preview = (page: Page) => page.getByRole('region', { name: 'What it would cover' });
  const total = (page: Page) =>
    preview(page)
      .getByRole('row', { name: /^Total/ })
      .getByRole('cell');

  test('a strip is proposed by keyboard alone and agreed in the other country, and its author sees that at once', async () => {
    const author = await officer({ key: keyOf('DZA', 'operator') });
    await press(author.getByRole('button', { name: 'New zone' }));
    for (const [name, km] of Object.entries({ 'From km': '320', 'To km': '350', 'Width of a side': '12' }))
      await type(author.getByRole('spinbutton', { name }), km);
    const texts = {
      'In English': 'Watch of the pass',
      'In French': 'Veille du col',
      'In Arabic': 'مراقبة الممر',
      Purpose: 'Joint watch of the fuel routes',
    };
    for (const [name, text] of Object.entries(texts)) await type(author.getByRole('textbox', { name }), text);
    const south = author.getByRole('slider', { name: 'Southern end' });
    await press(south, 'PageDown', 'ArrowUp');
    expect(await hasFocus(south)).toBe(true);
    expect(await author.getByRole('spinbutton', { name: 'To km' }).inputValue()).toBe('359');
    await preview(author)
      .getByText(/round ends add/)
      .waitFor();
    await press(author.getByRole('button', { name: 'Propose to the participants' }));
    await author
      .getByRole('status')
      .getByText(/Waits for .*Algeria · Tunisia/)
      .waitFor();

    const zone = (await stored('Watch of the pass', 'DZA'))!;
    expect(zone).toMatchObject({ state: 'proposed', agreed: false, participants: ['DZA', 'TUN'] });
    expect(zone.rule).toEqual({
      border: 'DZA-TUN',
      fromKm: 320,
      toKm: 359,
      widthMetres: 12000,
      side: 'both',
    });

    const neighbour = await officer({ key: keyOf('TUN', 'coordinator'), language: 'ar' });
    await neighbour.getByRole('button', { name: /مراقبة الممر.*بانتظار رد بلدكم/ }).click();
    await neighbour.getByRole('button', { name: 'الموافقة' }).click();
    await neighbour.getByRole('row', { name: /تونس موافقة/ }).waitFor();
    const own = await officer({
      key: keyOf('DZA', 'coordinator'),
      language: 'fr',
      address: `part=zones&item=${zone.id}`,
    });
    await own.getByRole('row', { name: /Tunisie Accord/ }).waitFor();
    await author.getByRole('row', { name: /Tunisia Approval/ }).waitFor();
    await own.getByRole('button', { name: 'Donner l’accord' }).click();
    await own.getByRole('status').getByText('En vigueur').waitFor();

    await author.getByRole('status').getByText('Agreed by all').waitFor();
    await neighbour.getByRole('status').getByText('سارية').waitFor();
    expect(await stored('Watch of the pass', 'TUN')).toMatchObject({ state: 'active', agreed: true });
    expect(await consentsOf(zone.id)).toEqual([
      { country: 'TUN', decision: 'approve', reason: null },
      { country: 'DZA', decision: 'approve', reason: null },
    ]);
  });

  test('an area is drawn on the map, mended by numbers, and kept as a draft that only its country sees', async () => {
    const page = await officer({ key: keyOf('TUN', 'operator') });
    await beginZone(page, 'Drawn by hand');
    await page.getByRole('radio', { name: 'Drawn on the map' }).check();
    const { x, y } = (await page.locator('#map').boundingBox())!;
    const corners = [
      [560, 300],
      [640, 300],
      [640, 380],
      [560, 380],
    ];
    const latitudes = page.getByRole('spinbutton', { name: /^Latitude/ });
    await page.locator('#map canvas').and(page.locator('[style*=crosshair]')).waitFor();
    const click = async ([right, down]: number[]) => {
      await page.mouse.move(x + right!, y + down!, { steps: 4 });
      await page.mouse.click(x + right!, y + down!);
    };
    await click(corners[0]!);
    await click(corners[1]!);
    await click([700, 460]);
    await page.getByRole('button', { name: 'Undo' }).click();
    for (const corner of [corners[2]!, corners[3]!, corners[0]!]) await click(corner);
    await latitudes.nth(3).waitFor();
    expect(await latitudes.count()).toBe(4);
    await latitudes.first().fill('33.5');
    await latitudes.first().press('Tab');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await latitudes.first().inputValue()).not.toBe('33.5');
    await page.getByRole('button', { name: 'Redo' }).click();
    await total(page).waitFor();
    await page.getByRole('checkbox', { name: 'Tunisia' }).first().check();
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByRole('status').getByText('Draft').waitFor();

    const zone = (await stored('Drawn by hand', 'TUN'))!;
    expect(zone).toMatchObject({ state: 'draft', rule: null });
    expect(zone.corners[0]![0]!.map(([, lat]) => lat)).toContain(33.5);
    expect(zone.corners[0]![0]).toHaveLength(5);
    const shown = page.getByRole('definition').filter({ hasText: 'km²' });
    expect(Number((await shown.innerText()).replace(/[^\d.]/g, ''))).toBe(zone.area);
    expect(await stored('Drawn by hand', 'DZA')).toBeUndefined();
  });

  test('a refused area is told in the language of the reader, and nothing typed is lost', async () => {
    const page = await officer({ key: keyOf('TUN', 'operator'), language: 'fr' });
    await page.getByRole('button', { name: 'Nouvelle zone' }).click();
    await page.getByRole('textbox', { name: 'En anglais' }).fill('Bow tie');
    await page.getByRole('textbox', { name: 'Objet' }).fill('Essai');
    await page.getByRole('radio', { name: 'Dessinée sur la carte' }).check();
    const bow = [
      [33, 9],
      [34, 10],
      [33, 10],
      [34, 9],
    ];
    for (const [i, [lat, lon]] of bow.entries()) {
      await page.getByRole('button', { name: 'Ajouter un sommet' }).click();
      await page.getByRole('spinbutton', { name: `Latitude du sommet ${i + 1}` }).fill(String(lat));
      await page.getByRole('spinbutton', { name: `Longitude du sommet ${i + 1}` }).fill(String(lon));
      await page.keyboard.press('Tab');
    }
    await page.getByRole('button', { name: 'Enregistrer le projet' }).click();
    const { body } = await service.api
      .post('/v1/zones')
      .set(as(keyOf('TUN', 'operator')))
      .set('Accept-Language', 'fr')
      .send({
        type: 'Feature',
        geometry: { type: 'Polygon', coordinates: [[...bow, bow[0]!].map(([lat, lon]) => [lon, lat])] },
        properties: { names: { en: 'Bow tie' }, kind: 'buffer', purpose: 'Essai', participants: ['TUN'] },
      })
      .expect(422);
    await page.getByRole('alert').filter({ hasText: body.detail }).first().waitFor();
    expect(await page.getByRole('textbox', { name: 'En anglais' }).inputValue()).toBe('Bow tie');
    expect(await page.getByRole('spinbutton', { name: 'Latitude du sommet 2' }).inputValue()).toBe('34');
    expect(await stored('Bow tie', 'TUN')).toBeUndefined();
  });

  test('the next revision is compared with the one in force, and refused with a reason that both read', async () => {
    const { id } = await agreeZone(service.api, 'DZA', { names: { en: 'Two revisions' } });
    const author = await officer({ key: keyOf('DZA', 'operator'), address: `part=zones&item=${id}` });
    await author.getByRole('button', { name: 'Next revision' }).click();
    await author.getByRole('spinbutton', { name: 'To km' }).fill('360');
    await author.getByRole('button', { name: 'Propose to the participants' }).click();
    await author.getByRole('status').getByText('Revision 2').waitFor();
    await author.getByRole('button', { name: 'What changed' }).click();
    const table = author.getByRole('table', { name: 'What changed' });
    expect(await table.getByRole('row', { name: /^Along the border/ }).innerText()).toMatch(
      /km 320 to 340.*km 320 to 360/s,
    );
    const [first, second] = await Promise.all(
      [1, 2].map(async (revision) => {
        const { body } = await service.api
          .get(`/v1/zones/${id}/revisions/${revision}`)
          .set(as(keyOf('DZA', 'operator')));
        return body.properties.areaKm2.toFixed(1) as string;
      }),
    );
    const areas = await table.getByRole('row', { name: /^Area/ }).innerText();
    expect(areas.replaceAll(',', '').match(/[\d.]+/g)).toEqual(
      [first, second].map((km2) => String(Number(km2))),
    );

    const neighbour = await officer({
      key: keyOf('TUN', 'coordinator'),
      language: 'fr',
      viewport: PHONE,
      address: `part=zones&item=${id}`,
    });
    await neighbour.getByRole('button', { name: 'Refuser' }).click();
    const dialog = neighbour.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Motif' }).fill('Trop large au sud.');
    await dialog.getByRole('button', { name: 'Refuser' }).click();
    await neighbour.getByRole('row', { name: /Tunisie Rejet.*Trop large au sud/ }).waitFor();
    expect(await consentsOf(id)).toContainEqual({
      country: 'TUN',
      decision: 'reject',
      reason: 'Trop large au sud.',
    });
    expect(await stored('Two revisions', 'TUN')).toMatchObject({ revision: 2, state: 'proposed' });
  });

  test.each(CONSOLE_LANGUAGES)(
    'in %s the list, a zone and the workbench are accessible, wide and on a phone',
    async (language) => {
      const name = `Screen ${language}`;
      await proposeZone(service.api, 'DZA', { names: { en: name, fr: name, ar: name } });
      const page = await officer({ key: keyOf('DZA', 'operator'), language });
      await page.locator('.rows button').filter({ hasText: name }).waitFor();
      await expectUsable(page);
      await page.locator('.rows button').filter({ hasText: name }).click();
      await page.getByRole('article').waitFor();
      await expectUsable(page);
      await page.locator('.panel button').first().click();
      await page.locator('.panel button.main').first().click();
      await page.getByRole('slider').nth(1).waitFor();
      await expectUsable(page);
      await page.getByRole('radio').nth(1).check();
      await expectUsable(page);
    },
  );

  async function expectUsable(page: Page): Promise<void> {
    for (const viewport of [PHONE, WIDE]) {
      await page.setViewportSize(viewport);
      expect(await isSideways(page)).toBe(false);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
  }

  test('no style or script that the policy forbids was asked for', () => {
    const refused = opened.flatMap(({ faults }) => faults).filter((fault) => !/status of 4\d\d/.test(fault));
    expect(refused).toEqual([]);
  });
});
