import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

export const hasChromium = existsSync(executablePath);

interface BrowserSettings {
  args?: readonly string[];
  /** A screen for it (test/support/virtual.screen.ts), so that tabs can be hidden. Absent: headless. */
  display?: string;
}

/** Draws maps by the processor, and speaks to nobody that a page does not name. */
export const openBrowser = ({ args = [], display }: BrowserSettings = {}): Promise<Browser> =>
  chromium.launch({
    executablePath,
    ...(display && { headless: false, env: { ...process.env, DISPLAY: display } }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  });

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
