/** Takes the pictures of docs/pages.md and docs/console.md: the demo, in a real browser, as wide as a desk and as a phone. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startServiceWith } from '../bench/service.process.ts';
import { openBrowser, PHONE, untilDrawn } from '../test/support/chromium.ts';
import { beginDuty, CONSOLE_SCREENS, takeConsole } from './pictures.console.ts';
import { smallPng } from './small.png.ts';

const COLOURS = 48;
const DESK = { width: 1440, height: 900 };
const FOLDER = new URL('../docs/pictures/', import.meta.url);

interface Picture {
  name: string;
  path: string;
  /** Where the map looks instead: longitude, latitude, zoom. */
  view?: readonly [number, number, number];
  isLegendOpen?: boolean;
}

const PICTURES: readonly Picture[] = [
  { name: 'start', path: '/v1/' },
  { name: 'incidents', path: '/v1/collections/incidents', view: [9.6, 33.2, 6.2], isLegendOpen: true },
  { name: 'incidents-near', path: '/v1/collections/incidents', view: [10.2, 30.93, 11.2] },
  { name: 'incident-list', path: '/v1/collections/incidents/items?limit=50' },
  { name: 'crossings', path: '/v1/collections/crossings', view: [8.2, 34.3, 7.8] },
  { name: 'crossing', path: '/v1/collections/crossings/items/ras-ajdir' },
  { name: 'segments', path: '/v1/collections/segments/items' },
  { name: 'zones', path: '/v1/collections/zones/items' },
];

const folder = process.env.PICTURES_FOLDER ? new URL(`file://${process.env.PICTURES_FOLDER}/`) : FOLDER;
const work = await mkdtemp(join(tmpdir(), 'tripoint-pictures-'));
const service = await startServiceWith({ DATABASE_URL: undefined, TRIPOINT_DATA: join(work, 'data') });
const browser = await openBrowser();
await mkdir(folder, { recursive: true });
const kept = { count: 0, bytes: 0 };
async function keep(name: string, picture: Buffer): Promise<void> {
  const png = smallPng(picture, COLOURS);
  kept.count++;
  kept.bytes += png.length;
  await writeFile(new URL(`${name}.png`, folder), png);
}
for (const picture of PICTURES)
  for (const viewport of [DESK, PHONE])
    await keep(`${picture.name}-${viewport.width}`, await taken(browser, picture, viewport));
const base = `http://127.0.0.1:${service.port}`;
const demoKeys = JSON.parse(await readFile(join(work, 'data', 'demo-keys.json'), 'utf8'));
await takeConsole(browser, {
  base,
  ...(await beginDuty(base, demoKeys)),
  screens: CONSOLE_SCREENS,
  viewports: [DESK, PHONE],
  keep,
});
await browser.close();
await service.stop();
await rm(work, { recursive: true, force: true });
process.stdout.write(`${kept.count} pictures, ${Math.ceil(kept.bytes / 1024)} KiB\n`);

async function taken(from: Browser, { path, view, isLegendOpen }: Picture, viewport: typeof DESK) {
  const page = await from.newPage({ viewport });
  await page.goto(`http://127.0.0.1:${service.port}${path}`);
  await untilDrawn(page);
  if (view) await page.evaluate(lookAt, view);
  if (isLegendOpen) await page.locator('.legend summary').click();
  const png = await page.screenshot();
  await page.close();
  return png;
}

/** In the page. */
async function lookAt([lon, lat, zoom]: readonly [number, number, number]): Promise<void> {
  const { map } = document.getElementById('map') as unknown as {
    map: { jumpTo(view: object): void; once(event: string, heard: () => void): void };
  };
  await new Promise<void>((resolve) => {
    map.once('idle', resolve);
    map.jumpTo({ center: [lon, lat], zoom });
  });
}
