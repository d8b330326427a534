import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { eventually } from './eventually.ts';

const executablePath = '/usr/bin/chromium';

export const hasChromium = existsSync(executablePath);

/** The map is drawn by the processor, and the browser speaks to nobody that a page does not name. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openBrowser = ({ args = [] }: { args?: readonly string[] } = {}): Promise<Browser> =>
  chromium.launch({ executablePath, args: [...ARGS, ...args] });

/**
 * With tabs of one window on a screen (test/support/virtual.screen.ts), of which those behind are hidden: Playwright
 * itself keeps every page visible in the browsers that it launches.
 */
export async function openTabbedBrowser(
  display: string,
): Promise<{ context: BrowserContext; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'chromium-'));
  const args = [...ARGS, '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'];
  const program = spawn(executablePath, args, {
    env: { ...process.env, DISPLAY: display },
    stdio: ['ignore', 'ignore', 'pipe'],
    // with the processes that it starts it is a group
    detached: true,
  });
  const browser = await chromium.connectOverCDP(await endpointOf(program.stderr), { noDefaults: true });
  return {
    context: browser.contexts()[0]!,
    async close() {
      await browser.close();
      const ended = once(program, 'exit');
      process.kill(-program.pid!, 'SIGKILL');
      await ended;
      // its processes may still write while they end
      await eventually(() =>
        rm(folder, { recursive: true, force: true }).then(
          () => true,
          () => false,
        ),
      );
    },
  };
}

async function endpointOf(output: Readable): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [, endpoint] = /DevTools listening on (ws:\S+)/.exec(line) ?? [];
    if (endpoint) {
      output.resume();
      return endpoint;
    }
  }
  throw new Error('Chromium ended before it listened.');
}

export interface Watched {
  page: Page;
  /** What a person would find in the console, and what the page did that it should not. */
  faults: string[];
}

export async function watchedPage(browser: Browser, base: string): Promise<Watched> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  const faults: string[] = [];
  page.on('console', (message) => {
    // of the software that draws: reading pixels back is slow
    if (message.text().includes('GPU stall due to ReadPixels')) return;
    faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
  page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${base}/`) && !request.url().startsWith('data:'))
      faults.push(`elsewhere: ${request.url()}`);
  });
  return { page, faults };
}

export const PHONE = { width: 390, height: 844 };

/** Waits until the map of the page, if it has one, has drawn all of it. */
export const untilDrawn = (page: Page) =>
  page.waitForFunction(() => {
    const map = document.getElementById('map');
    return !map || map.dataset.state === 'drawn';
  });
