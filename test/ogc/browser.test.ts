import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { assetUrl } from '../../src/http/assets.ts';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import { CROSSING_COLOURS } from '../../src/ogc/symbols/symbol.palette.ts';
import { LAND, SEA } from '../../src/ogc/tiles/backdrop.style.ts';
import { anIncident } from '../support/builders.ts';
import { hasChromium, openBrowser, PHONE, untilDrawn, watchedPage } from '../support/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { LAYERS } from '../support/ogc.ts';
import { PAGES } from '../support/pages.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const withChromium = hasChromium ? describe : describe.skip;
const rgbOf = (colour: string): number[] => [...Buffer.from(colour.slice(1), 'hex')];
// browsers have no key here, and alerts are shown to their agency alone
const TILED = LAYERS.filter((id) => !['agencies', 'alerts', 'indicators'].includes(id));
const RAS_AJDIR: [number, number] = [11.559339, 33.148003];
const items = '/v1/collections/incidents/items';

withChromium('in Chromium (/usr/bin/chromium, from the package chromium)', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    service = await startService({ withDemo: true });
    const placeText = '<script>alert(1)</script><img src=x onerror=alert(2)>';
    await service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ tlp: 'CLEAR', kind: 'fire', source: 'odd', placeText }))
      .expect(201);
    http = await openHttpServer(service.app, { host: '127.0.0.1', port: 0 });
    base = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await http?.close();
    await service?.stop();
  });

  const open = async (path: string) => {
    const watched = await watchedPage(browser, base);
    await watched.page.goto(base + path);
    await untilDrawn(watched.page);
    return watched;
  };

  // one opening of each page for all three: that is what takes long
  test.each(PAGES)('%s logs nothing to the console, is accessible, and fits on a phone', async (path) => {
    const { page, faults } = await open(path);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    expect(await violationsOf(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    // the layout follows the window within some frames
    await page.waitForFunction((width) => document.documentElement.scrollWidth <= width, PHONE.width);
    expect(faults).toEqual([]);
    await page.close();
  });

  test.each(['/v1/audit', '/v1/nowhere', '/v1/zones?limit=0&bbox=1', '/problems'])(
    'the page of the problem %s is accessible, and fits on a phone',
    async (path) => {
      const { text } = await service.api.get(path).set('Accept', 'text/html');
      const { page } = await watchedPage(browser, base);
      // without a person who closes the dialog Chromium shows no page of a 401
      await page.route(base + path, (route) => route.fulfill({ contentType: 'text/html', body: text }));
      await page.goto(base + path);
      expect(await violationsOf(page)).toEqual([]);
      await page.setViewportSize(PHONE);
      await page.waitForFunction((width) => document.documentElement.scrollWidth <= width, PHONE.width);
      await page.close();
    },
  );

  test.each([
    ['/v1/collections/segments/items', 'segments'],
    [`${items}?limit=30`, 'incidents'],
    ['/v1/collections/zones/items', 'zones'],
    ['/v1/collections/crossings/items/ras-ajdir', 'crossings'],
  ])('the map of %s draws each of its features', async (path, layer) => {
    const { page } = await open(path);
    const shapes = await page.evaluate(() => JSON.parse(document.getElementById('shapes')!.textContent!));
    const ids = shapes.features.map((shape: { properties: { id: string } }) => shape.properties.id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(await drawn(page, [layer]))).toEqual(new Set(ids));
    await page.close();
  });

  test('a point is drawn at its position, in the colour of its state', async () => {
    const { page } = await open('/v1/collections/crossings/items/ras-ajdir');
    const { properties } = (await service.api.get('/v1/collections/crossings/items/ras-ajdir')).body;
    const colour = rgbOf(CROSSING_COLOURS[properties.state as keyof typeof CROSSING_COLOURS]);
    const [longitude, latitude] = RAS_AJDIR;
    // below the mark in the middle of the picture; both sides are open
    expect(near(await pixelAt(page, [longitude, latitude - 0.0015]), colour)).toBe(true);
    expect(near(await pixelAt(page, [11.7, 33.148003]), colour)).toBe(false);
    await page.close();
  });

  test('the sea is sea, the Gulf of Sidra too, and the sources are credited', async () => {
    const { page } = await open('/v1/');
    await page.evaluate(lookAt, [18.5, 31.6] as [number, number]);
    expect(await pixelAt(page, [18.5, 31.6])).toEqual(rgbOf(SEA));
    await page.evaluate(lookAt, [17, 27] as [number, number]);
    expect(await pixelAt(page, [17, 27])).toEqual(rgbOf(LAND));
    const credit = await page.locator('.maplibregl-ctrl-attrib').innerText();
    for (const source of ['OpenStreetMap', 'GeoNames', 'Natural Earth']) expect(credit).toContain(source);
    await page.close();
  });

  test.each([
    ['/v1/', '/v1/style'],
    ['/v1/collections/incidents', '/v1/collections/incidents/style'],
  ])('the map of %s is the style %s', async (path, style) => {
    const { page } = await open(path);
    const drawn = await page.evaluate(() =>
      (document.getElementById('map') as unknown as Frame).map.getStyle(),
    );
    // the language of the browser
    const { body } = await service.api.get(`${style}?language=en`);
    expect(drawn.layers).toEqual(body.layers);
    await page.close();
  });

  test.each(['fr', 'ar'])('names on the map are those of the reader’s language %s', async (locale) => {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(`${base}/v1/`);
    await untilDrawn(page);
    const drawn = await page.evaluate(() =>
      (document.getElementById('map') as unknown as Frame).map.getStyle(),
    );
    const { body } = await service.api.get(`/v1/style?language=${locale}`);
    expect(drawn.layers).toEqual(body.layers);
    await context.close();
  });

  test('a click on a feature shows its values and its row, a click on a row the feature', async () => {
    const { page, faults } = await open(`${items}?source=odd`);
    const { x, y } = await placeOf(page);
    await page.mouse.click(x, y);
    const popup = page.locator('.maplibregl-popup-content');
    expect(await popup.innerText()).toMatch(/Kind\s+fire/);
    expect(await page.locator('tr.selected').count()).toBe(1);
    await popup.locator('button').click();
    expect(await page.locator('tr.selected').count()).toBe(0);
    await page.locator('tbody tr td').first().click();
    expect(await popup.innerText()).toContain('<script>alert(1)</script>');
    await untilDrawn(page);
    expect(faults).toEqual([]);
    await page.close();
  });

  test.each(TILED)('the page of %s draws its tiles, and only existing layers', async (id) => {
    const { page, faults } = await open(`/v1/collections/${id}`);
    const { features } = (await service.api.get(`/v1/collections/${id}/items?limit=10000`)).body;
    const [first] = features;
    await page.evaluate(lookAt, first.geometry.coordinates.flat(Infinity).slice(0, 2) as [number, number]);
    const ids = await page.evaluate(featuresOfTiles);
    expect(ids).toContain(first.id);
    const known = new Set(features.map((feature: { id: string }) => feature.id));
    expect(ids.filter((one) => !known.has(one))).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });

  test('a click on a tile leads to the feature', async () => {
    const { page, faults } = await open('/v1/collections/crossings');
    await page.evaluate(lookAt, RAS_AJDIR);
    await page.locator('#map canvas').click();
    await page.locator('.maplibregl-popup-content a').click();
    await page.waitForURL('**/items/ras-ajdir');
    expect(faults).toEqual([]);
    await page.close();
  });

  test('a click on a cell shows its count', async () => {
    const { page, faults } = await open('/v1/collections/incidents');
    const { length } = await page.evaluate(featuresOfTiles);
    expect(length).toBeGreaterThan(0);
    const { x, y } = await page.evaluate(() => {
      const { map } = document.getElementById('map') as unknown as Frame;
      const [cell] = map.queryRenderedFeatures({ layers: ['incidents-cells'] });
      const { left, top } = map.getCanvas().getBoundingClientRect();
      const at = map.project(cell!.geometry.coordinates);
      return { x: at.x + left, y: at.y + top };
    });
    await page.mouse.click(x, y);
    const popup = page.locator('.maplibregl-popup-content');
    expect(await popup.innerText()).toMatch(/count\s+\d/);
    expect(await popup.locator('a').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.close();
  });

  test('a page calls the host it was loaded from, with any PUBLIC_URL', async () => {
    const app = service.appWith({ publicUrl: 'https://layers.example' });
    const other = await openHttpServer(app, { host: '127.0.0.1', port: 0 });
    const here = `http://127.0.0.1:${(other.server.address() as AddressInfo).port}`;
    const { page, faults } = await watchedPage(browser, here);
    await page.goto(`${here}/v1/collections/segments`);
    await untilDrawn(page);
    expect((await page.evaluate(featuresOfTiles)).length).toBeGreaterThan(10);
    expect(faults).toEqual([]);
    await page.close();
    await other.close();
  });

  test.each(['/v1/style', ...TILED.map((id) => `/v1/collections/${id}/style`)])(
    'MapLibre draws the style %s as it is',
    async (style) => {
      const { page, faults } = await open('/v1/conformance');
      const drawn = await page.evaluate(drawStyle, { style, library: assetUrl('maplibre-gl.mjs') });
      expect(drawn).toBeGreaterThan(0);
      expect(faults).toEqual([]);
      await page.close();
    },
  );

  test('Swagger UI shows the API under the policy, fits on a phone, and names its fields', async () => {
    const { page, faults } = await open('/docs/');
    await page.setViewportSize(PHONE);
    await page.locator('#operations-tag-Borders').waitFor();
    for (const id of ['listIncidents', 'createIncident']) {
      const block = page.locator(`[id$="-${id}"]`);
      // a long list is drawn as it is scrolled
      await eventually(async () => {
        if ((await block.count()) > 0) return true;
        await page.mouse.wheel(0, PHONE.height);
        return false;
      });
      await block.locator('.opblock-summary-control').click();
      const example = block.locator('.responses-table pre').first();
      await example.waitFor();
      // most of the width is for the answer, not for codes and links
      expect((await example.boundingBox())!.width).toBeGreaterThan(PHONE.width * 0.7);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    expect(await violationsOf(page, 'critical')).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });

  test('the form sends only filled fields, and takes the area from the map', async () => {
    const { page } = await open('/v1/collections/crossings/items');
    await page.locator('summary').first().click();
    await page.locator('#from-map').click();
    await page.locator('select[name=kind]').selectOption('rail');
    await Promise.all([page.waitForNavigation(), page.locator('#filter button[type=submit]').click()]);
    const { searchParams } = new URL(page.url());
    expect([...searchParams.keys()].sort()).toEqual(['bbox', 'kind', 'limit']);
    expect(searchParams.get('bbox')!.split(',').map(Number)).toHaveLength(4);
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);
    await page.close();
  });

  test('a browser without WebGL says so and shows the table', async () => {
    const page = await browser.newPage();
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await page.goto(`${base}/v1/collections/segments/items?limit=3`);
    await page.getByText('it needs WebGL').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(3);
    await page.close();
  });
});

interface DrawnMap {
  getStyle(): { layers: { id: string; source?: string }[] };
  queryRenderedFeatures(options?: { layers: string[] }): {
    properties: { id: string };
    geometry: { coordinates: [number, number] };
  }[];
  project(place: [number, number]): { x: number; y: number };
  getCanvas(): HTMLCanvasElement;
  once(event: string, listener: () => void): void;
  triggerRepaint(): void;
  jumpTo(options: object): void;
}
type Frame = { map: DrawnMap };

/** Edges of pictures are smoothed. */
const near = (one: number[], other: number[]): boolean =>
  one.every((value, i) => Math.abs(value - other[i]!) < 24);

const drawn = (page: Page, layers: string[]): Promise<string[]> =>
  page.evaluate((names) => {
    const { map } = document.getElementById('map') as unknown as Frame;
    return map.queryRenderedFeatures({ layers: names }).map(({ properties }) => properties.id);
  }, layers);

/** Waits until what is around a place is drawn, in the browser. */
function lookAt(center: [number, number]): Promise<void> {
  const { map } = document.getElementById('map') as unknown as Frame;
  map.jumpTo({ center, zoom: 13 });
  return new Promise((resolve) => map.once('idle', resolve));
}

/** What the map draws of tiles, in the browser. */
function featuresOfTiles(): string[] {
  const { map } = document.getElementById('map') as unknown as Frame;
  const layers = map.getStyle().layers.filter((layer) => layer.source === 'tripoint');
  const found = map.queryRenderedFeatures({ layers: layers.map(({ id }) => id) });
  return found.map(({ properties }) => properties.id);
}

/** How many features a map of nothing but a style draws, in the browser. */
async function drawStyle({ style, library }: { style: string; library: string }): Promise<number> {
  const { Map: View } = (await import(library)) as { Map: new (options: object) => DrawnMap };
  const container = document.createElement('div');
  container.className = 'map';
  document.querySelector('h1')!.after(container);
  const map = new View({ container, style, center: [9.5, 33], zoom: 5 });
  await new Promise<void>((resolve) => map.once('idle', resolve));
  return map.queryRenderedFeatures().length;
}

/** Where the first shape of the page is on the screen. */
const placeOf = (page: Page): Promise<{ x: number; y: number }> =>
  page.evaluate(() => {
    const { map } = document.getElementById('map') as unknown as Frame;
    const [shape] = JSON.parse(document.getElementById('shapes')!.textContent!).features;
    const { x, y } = map.project(shape.geometry.coordinates);
    const { left, top } = map.getCanvas().getBoundingClientRect();
    return { x: x + left, y: y + top };
  });

const pixelAt = (page: Page, place: [number, number]): Promise<number[]> =>
  page.evaluate(
    (at) =>
      new Promise<number[]>((resolve) => {
        const { map } = document.getElementById('map') as unknown as Frame;
        map.once('render', () => {
          const canvas = map.getCanvas();
          const gl = canvas.getContext('webgl2')!;
          const { x, y } = map.project(at);
          const scale = canvas.width / canvas.clientWidth;
          const bytes = new Uint8Array(4);
          gl.readPixels(x * scale, canvas.height - y * scale, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
          resolve([...bytes.slice(0, 3)]);
        });
        map.triggerRepaint();
      }),
    place,
  );

/** What axe-core finds, by rule and element; all, or that of an impact. */
async function violationsOf(page: Page, only?: 'critical'): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (impact) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    const found = violations.filter((one) => impact === undefined || one.impact === impact);
    return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
  }, only);
}
