import type { Browser, Page } from 'playwright-core';
import { createKey } from '../src/access/key.store.ts';
import { asOwner } from '../src/db/migrations.ts';
import { openBrowser } from '../test/support/chromium.ts';
import type { Options } from './options.ts';
import { type OwnScript, profiled } from './own.script.ts';
import { say } from './say.ts';
import { type Service, startService } from './service.process.ts';
import { densestSpot, type Spot } from './tiles.ts';

/** One way to look at the map, with the incidents and without them in turns. */
export interface PanMeasure {
  zoom: number;
  /** 95th percentile of the time from frame to frame. */
  frameMs: { full: number; empty: number };
  /** Of the console's own script in a frame with incidents, and in the longest task. */
  ownMs: { p95: number; longest: number };
  frames: number;
}

export interface ConsoleMeasures {
  pans: PanMeasure[];
  /** From the answer of a write to the incident in the list and on the map of a neighbour. */
  arrivals: { listMs: number[]; mapMs: number[]; longestOwnMs: number };
  firstView: FirstView;
  /** Compressed script of the console, without MapLibre. */
  scriptBytes: number;
}

/** Of a browser that has never been here. */
export interface FirstView {
  /** From the address to the list, and to the drawn map. */
  listMs: number[];
  mapMs: number[];
}

const ZOOMS = [6, 9, 12];
const VIEWS = 5;
const WRITES = 20;

interface Frames {
  /** When each was drawn: milliseconds of `performance.now()`. */
  at: number[];
  own: OwnScript;
}

const deltasOf = ({ at }: Frames): number[] => at.slice(1).map((ms, n) => ms - at[n]!);

/** Of own script in each frame. */
const ownOf = ({ at, own: { spells } }: Frames): number[] =>
  at
    .slice(1)
    .map((end, n) =>
      spells.filter(({ atMs }) => atMs >= at[n]! && atMs < end).reduce((sum, { ms }) => sum + ms, 0),
    );

/** Pans the map of the console with all incidents and without them, in one run. */
export async function measureConsole(databaseUrl: string, options: Options): Promise<ConsoleMeasures> {
  const spot = await densestSpot(databaseUrl);
  const keys = await makeKeys(databaseUrl);
  const service = await startService(databaseUrl);
  const browser = await openBrowser();
  try {
    const firstView = await measureFirstView({ browser, service, key: keys.reader });
    const pans = [];
    for (const zoom of ZOOMS)
      pans.push(await measurePans({ browser, service, key: keys.reader }, zoom, spot, options));
    const arrivals = await measureArrivals({ browser, service, key: keys.reader }, keys.writer, spot);
    return { pans, arrivals, firstView, scriptBytes: await scriptBytesOf(service) };
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

const newContext = (browser: Browser, key: string) =>
  browser.newContext({
    viewport: { width: 1440, height: 900 },
    extraHTTPHeaders: { Authorization: `Bearer ${key}` },
  });

async function openMap({ browser, service, key }: Viewer, address: string): Promise<Page> {
  const page = await (await newContext(browser, key)).newPage();
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
      const { answer: at, own } = await profiled(page, () => page.evaluate(panAndBack, seconds * 1000));
      // the first round reads the tiles
      if (round > 0) found[name].push({ at, own });
    }
    say(`zoom ${zoom}, round ${round} of ${rounds}`);
  }
  await Promise.all([full, empty].map((page) => page.context().close()));
  const p95 = (all: Frames[]) => percentile(all.flatMap(deltasOf), 0.95);
  return {
    zoom,
    frameMs: { full: p95(found.full), empty: p95(found.empty) },
    ownMs: {
      p95: percentile(found.full.flatMap(ownOf), 0.95),
      longest: Math.max(...found.full.map(({ own }) => own.longestMs)),
    },
    frames: found.full.flatMap(deltasOf).length,
  };
}

/** In the page: pans there and back, and answers when each frame was drawn. */
function panAndBack(halfMs: number): Promise<number[]> {
  const { map } = document.getElementById('map') as unknown as {
    map: { panBy(by: [number, number], how: object): void };
  };
  return new Promise((resolve) => {
    const started = performance.now();
    const drawn = [started];
    let isBack = false;
    const steady = { duration: halfMs, easing: (share: number) => share };
    map.panBy([500, 120], steady);
    const frame = () => {
      const at = performance.now();
      drawn.push(at);
      if (!isBack && at - started > halfMs) {
        isBack = true;
        map.panBy([-500, -120], steady);
      }
      if (at - started < 2 * halfMs) requestAnimationFrame(frame);
      else resolve(drawn);
    };
    requestAnimationFrame(frame);
  });
}

async function measureFirstView({ browser, service, key }: Viewer): Promise<FirstView> {
  const view: FirstView = { listMs: [], mapMs: [] };
  for (let n = 0; n < VIEWS; n++) {
    const context = await newContext(browser, key);
    const page = await context.newPage();
    const started = performance.now();
    await page.goto(`http://127.0.0.1:${service.port}/?lang=en`, { waitUntil: 'commit' });
    await page.getByRole('listitem').first().waitFor();
    view.listMs.push(performance.now() - started);
    await page.locator('#map[data-state=drawn]').waitFor({ timeout: 120_000 });
    view.mapMs.push(performance.now() - started);
    await context.close();
  }
  return view;
}

const PAUSE_MS = 1_000;

/** A neighbour's incidents, one after another, from the answer to its writer until list and map show them. */
async function measureArrivals(viewer: Viewer, writer: string, { lon, lat }: Spot) {
  const page = await openMap(viewer, `map=12/${lat.toFixed(4)}/${lon.toFixed(4)}`);
  const { answer, own } = await profiled(page, async () => {
    const seen: { listMs: number; mapMs: number }[] = [];
    for (let n = 0; n < WRITES; n++) {
      const text = `arrival ${n}`;
      const shown = page.evaluate(untilShown, text);
      const response = await fetch(`http://127.0.0.1:${viewer.service.port}/v1/incidents`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${writer}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(incidentAt(lon + n / 10_000, lat, text)),
      });
      const answered = Date.now();
      await response.body?.cancel();
      const { listed, drawn } = await shown;
      seen.push({ listMs: listed - answered, mapMs: drawn - answered });
      await page.waitForTimeout(PAUSE_MS);
    }
    return seen;
  });
  await page.context().close();
  return {
    listMs: answer.map(({ listMs }) => listMs),
    mapMs: answer.map(({ mapMs }) => mapMs),
    longestOwnMs: own.longestMs,
  };
}

const incidentAt = (lon: number, lat: number, placeText: string) => ({
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
    placeText,
    source: 'bench-console',
  },
});

/** In the page: when the list and the map show the incident. */
function untilShown(text: string): Promise<{ listed: number; drawn: number }> {
  const { map } = document.getElementById('map') as unknown as {
    map: {
      queryRenderedFeatures(o: object): { properties: { placeText: string } }[];
      on(event: 'render', listener: () => void): void;
      off(event: 'render', listener: () => void): void;
    };
  };
  const isListed = () => document.querySelector('main')!.textContent!.includes(text);
  const isDrawn = () =>
    map.queryRenderedFeatures({ layers: ['fresh'] }).some(({ properties }) => properties.placeText === text);
  // whoever asks at each frame has the page drawn all the time, which takes the thread from those who work
  const painted = () =>
    new Promise<number>((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(Date.now()))));
  const listed = new Promise<number>((resolve) => {
    const observer = new MutationObserver(() => {
      if (!isListed()) return;
      observer.disconnect();
      resolve(painted());
    });
    observer.observe(document.querySelector('main')!, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  const drawn = new Promise<number>((resolve) => {
    const look = () => {
      if (!isDrawn()) return;
      map.off('render', look);
      resolve(painted());
    };
    map.on('render', look);
  });
  return Promise.all([listed, drawn]).then(([listed, drawn]) => ({ listed, drawn }));
}

async function scriptBytesOf({ port }: Service): Promise<number> {
  const page = await (await fetch(`http://127.0.0.1:${port}/`, { headers: { Accept: 'text/html' } })).text();
  const [, path] = /<script type="module" src="([^"]+)"/.exec(page)!;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'Accept-Encoding': 'gzip' } });
  // fetch unzips, and Content-Length is that of what was sent
  return Number(response.headers.get('Content-Length'));
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
