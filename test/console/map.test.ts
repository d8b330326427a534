import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Map as MapView } from 'maplibre-gl';
import type { Browser, Page } from 'playwright-core';
import type { HttpServer } from '../../src/http/listen.ts';
import { anIncident } from '../support/builders.ts';
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts';
import {
  accessibilityFaults,
  isSideways,
  openConsole,
  serveConsole,
  untilMapDrawn,
} from '../support/console.ts';
import { eventually } from '../support/eventually.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { pathOfTile, tileOf } from '../support/tiles.ts';

const withChromium = hasChromium ? describe : describe.skip;
const NEAR = 'map=12/34.2000/9.6000';

withChromium('the map of the console', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
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
    const { body } = await service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(
        anIncident({
          tlp: 'CLEAR',
          kind: 'flood',
          occurredAt: new Date().toISOString(),
          at: [9.6, 34.2],
          horizontalAccuracyMetres: 800,
          ...change,
        }),
      )
      .expect(201);
    return body.id;
  };

  /** Ids that the map draws in a layer. */
  const drawn = (page: Page, layer: string): Promise<string[]> =>
    page.evaluate((name) => {
      const { map } = document.getElementById('map') as unknown as { map: MapView };
      return map.queryRenderedFeatures({ layers: [name] }).map(({ properties }) => String(properties.id));
    }, layer);

  test('a new incident is on the map of a neighbour from the event, then from the tile that holds it', async () => {
    const { page, faults, close } = await openConsole(browser, base, {
      key: keyOf('LBY', 'operator'),
      address: NEAR,
    });
    const tiles: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.includes('/tiles/')) tiles.push(pathname);
    });
    const first = await report();
    await eventually(async () => (await drawn(page, 'fresh')).includes(first));
    // with it everything is read again that may have changed before the stream was open
    await eventually(async () => (await drawn(page, 'incidents')).includes(first));
    tiles.length = 0;
    const id = await report({ tlp: 'GREEN' });
    await eventually(async () => (await drawn(page, 'fresh')).includes(id));
    await eventually(async () => (await drawn(page, 'incidents')).includes(id));
    expect(tiles).toEqual([pathOfTile('incidents', tileOf(12, [9.6, 34.2]))]);
    expect(faults).toEqual([]);
    await close();
  });

  test('what the caller does not see is not on his map', async () => {
    const { page, close } = await openConsole(browser, base, {
      key: keyOf('DZA', 'operator'),
      address: NEAR,
    });
    const hidden = await report({ tlp: 'AMBER+STRICT' });
    const seen = await report({ tlp: 'GREEN' });
    await eventually(async () => (await drawn(page, 'incidents')).includes(seen));
    expect(await drawn(page, 'fresh')).not.toContain(hidden);
    expect(await drawn(page, 'incidents')).not.toContain(hidden);
    await close();
  });

  test('a row selects on the map, with its circle of error; a click on the map selects the row', async () => {
    const id = await report({ placeText: 'beside the old well' });
    const { page, faults, close } = await openConsole(browser, base, { address: 'map=12/30.0000/9.6000' });
    const row = page.getByRole('button', { name: /beside the old well/ });
    await row.click();
    await eventually(async () => (await drawn(page, 'selected-ring')).includes(id));
    expect((await drawn(page, 'selected-circle')).length).toBeGreaterThan(0);
    await row.click();
    await eventually(async () => (await drawn(page, 'selected-ring')).length === 0);
    const { x, y } = await page.evaluate(
      async (at) => {
        const { map } = document.getElementById('map') as unknown as { map: MapView };
        // the map is wider again without the incident beside it
        await new Promise((resolve) => {
          map.once('idle', resolve);
          map.triggerRepaint();
        });
        const { left, top } = map.getCanvas().getBoundingClientRect();
        const point = map.project(at as [number, number]);
        return { x: point.x + left, y: point.y + top };
      },
      [9.6, 34.2],
    );
    await page.mouse.click(x, y);
    await page.locator('.row[aria-pressed=true]').waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('the filters of the list are those of the map', async () => {
    const fire = await report({ kind: 'fire' });
    const flood = await report({ kind: 'flood' });
    const { page, close } = await openConsole(browser, base, { address: NEAR });
    await eventually(async () => (await drawn(page, 'incidents')).includes(flood));
    await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Fire' });
    await eventually(async () => !(await drawn(page, 'incidents')).includes(flood));
    await eventually(async () => (await drawn(page, 'incidents')).includes(fire));
    await close();
  });

  test('another language draws other names, without opening the map again', async () => {
    const { page, faults, close } = await openConsole(browser, base, { language: 'fr', address: NEAR });
    const names = () =>
      page.evaluate(() => {
        const { map } = document.getElementById('map') as unknown as { map: MapView };
        return JSON.stringify(map.getLayoutProperty('backdrop-towns-2', 'text-field'));
      });
    expect(await names()).toBe('["get","fr"]');
    await page.evaluate(() => {
      (document.getElementById('map') as unknown as { mark: boolean }).mark = true;
    });
    await page.locator('.language select').selectOption('ar');
    await eventually(async () => (await names()) === '["get","ar"]');
    expect(
      await page.evaluate(() => (document.getElementById('map') as unknown as { mark: boolean }).mark),
    ).toBe(true);
    expect(await page.getByRole('region', { name: /الخريطة/ }).count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await close();
  });

  test('view and switched layers stand in the address', async () => {
    const { page, close } = await openConsole(browser, base, { address: 'map=8.00/33.0000/11.2000' });
    await page.getByText('Layers').click();
    await page.getByRole('checkbox', { name: 'Zones' }).uncheck();
    await page.waitForURL(/hide=zones/);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.waitForURL(/map=9\.00/);
    const again = await openConsole(browser, base, { address: new URL(page.url()).search.slice(1) });
    expect(await drawn(again.page, 'zones')).toEqual([]);
    await again.page.getByText('Layers').click();
    await again.page.getByRole('checkbox', { name: 'Zones' }).check();
    await eventually(async () => (await drawn(again.page, 'zones')).length > 0);
    await Promise.all([close(), again.close()]);
  });

  test('the legend explains what is on the map, and nothing else', async () => {
    const { page, close } = await openConsole(browser, base, {
      address: 'map=11.5/33.1480/11.5593&kind=flood',
    });
    await page.getByText('Legend').click();
    const legend = page.locator('.map-legend');
    await legend.getByText('Crossings').waitFor();
    expect(await legend.innerText()).not.toContain('Severity');
    expect(await accessibilityFaults(page)).toEqual([]);
    await close();
  });

  test('the pointer tells coordinates and the km of the border; keys move the map', async () => {
    const { page, close } = await openConsole(browser, base, { address: 'map=9.00/33.1480/11.5593' });
    const { body } = await service.api.get('/v1/locate?lon=11.5593&lat=33.148');
    const told = page.locator('.map-place');
    await eventually(async () => (await told.innerText()).includes('LBY-TUN km'));
    const km = Number(/km ([\d.]+)/.exec(await told.innerText())![1]);
    expect(Math.abs(km - body.nearestBorder.borderKm)).toBeLessThan(0.2);
    await page.locator('#map canvas').focus();
    await page.keyboard.press('ArrowRight');
    await eventually(async () => !page.url().includes('11.5593'));
    await close();
  });

  test('on a phone it has its place, and every control', async () => {
    const { page, close } = await openConsole(browser, base, { viewport: PHONE, language: 'ar' });
    await untilMapDrawn(page);
    expect(await isSideways(page)).toBe(false);
    const tools = page.getByRole('group', { name: 'أدوات الخريطة' });
    expect(await tools.getByRole('button').count()).toBeGreaterThanOrEqual(3);
    await close();
  });
});
