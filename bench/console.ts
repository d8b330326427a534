import type { Browser, Page } from 'playwright-core';
import { createKey } from '../src/access/key.store.ts';
import { asOwner } from '../src/db/migrations.ts';
import { openBrowser } from '../test/support/chromium.ts';
import type { Options } from './options.ts';
import { say } from './say.ts';
import { type Service, startService } from './service.process.ts';
import { densestSpot, type Spot } from './tiles.ts';

/** One way to look at the map, with the incidents and without them in turns. */
export interface PanMeasure {
  zoom: number;
  /** 95th percentile of the time from frame to frame. */
  frameMs: { full: number; empty: number };
  /** Of the console's own script in a frame with incidents, and the longest. */
  ownMs: { p95: number; most: number };
  frames: number;
}

export interface ConsoleMeasures {
  pans: PanMeasure[];
  /** From the answer of a write to the incident on the map of a neighbour. */
  arrivalMs: { p50: number; p95: number; count: number };
  /** Compressed script of the console, without MapLibre. */
  scriptBytes: number;
}

const ZOOMS = [6, 9, 12];
const WRITES = 20;

interface Frames {
  deltas: number[];
  own: number[];
}

/** Pans the map of the console with all incidents and without them, in one run. */
export async function measureConsole(databaseUrl: string, options: Options): Promise<ConsoleMeasures> {
  const spot = await densestSpot(databaseUrl);
  const keys = await makeKeys(databaseUrl);
  const service = await startService(databaseUrl);
  const browser = await openBrowser();
  try {
    const pans = [];
    for (const zoom of ZOOMS)
      pans.push(await measurePans({ browser, service, key: keys.reader }, zoom, spot, options));
    const arrivalMs = await measureArrival({ browser, service, key: keys.reader }, keys.writer, spot);
    return { pans, arrivalMs, scriptBytes: await scriptBytesOf(service) };
  } finally {
    await browser.close();
    await service.stop();
  }
}

const makeKeys = (databaseUrl: string) =>
  asOwner(databaseUrl, async (knex) => {
    const { key: reader } = await createKey(knex, { agency: 'dza-gardes-frontieres', roles: ['operator'] });
    const { key: writer } = await createKey(knex, { agency: 'tun-garde-nationale', roles: ['reporter'] });
    return { reader, writer };
  });

interface Viewer {
  browser: Browser;
  service: Service;
  key: string;
}

async function openMap({ browser, service, key }: Viewer, address: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    extraHTTPHeaders: { Authorization: `Bearer ${key}` },
  });
  const page = await context.newPage();
  // functions for the page are compiled by tsx, which names inner ones by this
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.goto(`http://127.0.0.1:${service.port}/?lang=en&${address}`);
  await page.locator('#map[data-state=drawn]').waitFor({ timeout: 120_000 });
  return page;
}

async function measurePans(
  viewer: Viewer,
  zoom: number,
  { lon, lat }: Spot,
  { rounds, seconds }: Options,
): Promise<PanMeasure> {
  const address = `map=${zoom}/${lat.toFixed(4)}/${lon.toFixed(4)}`;
  const full = await openMap(viewer, address);
  const empty = await openMap(viewer, `${address}&hide=incidents`);
  const found = { full: [] as Frames[], empty: [] as Frames[] };
  for (let round = 0; round <= rounds; round++) {
    for (const [name, page] of [
      ['full', full],
      ['empty', empty],
    ] as const) {
      await page.bringToFront();
      const frames = await page.evaluate(panAndBack, seconds * 1000);
      // the first round reads the tiles
      if (round > 0) found[name].push(frames);
    }
    say(`zoom ${zoom}, round ${round} of ${rounds}`);
  }
  await Promise.all([full, empty].map((page) => page.context().close()));
  const deltasOf = (all: Frames[]) => all.flatMap(({ deltas }) => deltas);
  const own = found.full.flatMap((frames) => frames.own);
  return {
    zoom,
    frameMs: { full: percentile(deltasOf(found.full), 0.95), empty: percentile(deltasOf(found.empty), 0.95) },
    ownMs: { p95: percentile(own, 0.95), most: Math.max(0, ...own) },
    frames: deltasOf(found.full).length,
  };
}

/** In the page: pans there and back, and notes each frame; scripts by Long Animation Frames, which know who ran. */
function panAndBack(halfMs: number): Promise<Frames> {
  const { map } = document.getElementById('map') as unknown as {
    map: { panBy(by: [number, number], how: object): void };
  };
  const deltas: number[] = [];
  const long: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as unknown as LongFrame[]) {
      const own = entry.scripts.filter(({ sourceURL }) => sourceURL.includes('/console/'));
      long.push(own.reduce((sum, { duration }) => sum + duration, 0));
    }
  });
  observer.observe({ type: 'long-animation-frame' });
  interface LongFrame {
    scripts: { sourceURL: string; duration: number }[];
  }
  return new Promise((resolve) => {
    const started = performance.now();
    let last = started;
    let isBack = false;
    const steady = { duration: halfMs, easing: (share: number) => share };
    map.panBy([500, 120], steady);
    const frame = () => {
      const at = performance.now();
      deltas.push(at - last);
      last = at;
      if (!isBack && at - started > halfMs) {
        isBack = true;
        map.panBy([-500, -120], steady);
      }
      if (at - started < 2 * halfMs) requestAnimationFrame(frame);
      else {
        observer.disconnect();
        // frames that were not long had no long script either
        const short = Array.from({ length: Math.max(0, deltas.length - long.length) }, () => 0);
        resolve({ deltas, own: [...long, ...short] });
      }
    };
    requestAnimationFrame(frame);
  });
}

const PAUSE_MS = 1_000;

/** A neighbour's incidents, one after another, from the answer to its writer until the map draws them. */
async function measureArrival(viewer: Viewer, writer: string, { lon, lat }: Spot) {
  const page = await openMap(viewer, `map=12/${lat.toFixed(4)}/${lon.toFixed(4)}`);
  const delays: number[] = [];
  for (let n = 0; n < WRITES; n++) {
    const response = await fetch(`http://127.0.0.1:${viewer.service.port}/v1/incidents`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${writer}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(incidentAt(lon + n / 10_000, lat)),
    });
    const answered = Date.now();
    const { id } = (await response.json()) as { id: string };
    delays.push((await page.evaluate(untilDrawn, id)) - answered);
    await page.waitForTimeout(PAUSE_MS);
  }
  await page.context().close();
  return { p50: percentile(delays, 0.5), p95: percentile(delays, 0.95), count: delays.length };
}

const incidentAt = (lon: number, lat: number) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [lon, lat] },
  properties: {
    kind: 'other',
    severity: 'severe',
    certainty: 'observed',
    nature: 'test',
    occurredAt: new Date(Date.now() - 1_000).toISOString(),
    horizontalAccuracyMetres: 100,
    tlp: 'GREEN',
    source: 'bench-console',
  },
});

/** In the page: when the map draws the incident. */
function untilDrawn(id: string): Promise<number> {
  const { map } = document.getElementById('map') as unknown as {
    map: { queryRenderedFeatures(o: object): { properties: { id: string } }[] };
  };
  return new Promise((resolve) => {
    const look = () => {
      const drawn = map.queryRenderedFeatures({ layers: ['fresh'] });
      if (drawn.some(({ properties }) => properties.id === id)) resolve(Date.now());
      else requestAnimationFrame(look);
    };
    look();
  });
}

async function scriptBytesOf({ port }: Service): Promise<number> {
  const page = await (await fetch(`http://127.0.0.1:${port}/`, { headers: { Accept: 'text/html' } })).text();
  const [, path] = /<script type="module" src="([^"]+)"/.exec(page)!;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'Accept-Encoding': 'gzip' } });
  // fetch unzips, and Content-Length is that of what was sent
  return Number(response.headers.get('Content-Length'));
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
