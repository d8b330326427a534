import type { AddressInfo } from 'node:net';
import axe from 'axe-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { shell } from '../../console/words/shell.words.ts';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import type { TestService } from './service.ts';

export const CONSOLE_LANGUAGES = ['en', 'fr', 'ar'] as const;
export type ConsoleLanguage = (typeof CONSOLE_LANGUAGES)[number];
/** For a machine that draws the maps of several browsers by its processor. */
export const PATIENCE_MS = 90_000;
export const WIDE = { width: 1440, height: 900 };

/** The service over HTTP, for browsers. */
export async function serveConsole(service: TestService): Promise<{ http: HttpServer; base: string }> {
  const http = await openHttpServer(service.app, { host: '127.0.0.1', port: 0 });
  return { http, base: `http://127.0.0.1:${(http.server.address() as AddressInfo).port}` };
}

interface Officer {
  /** Absent: a stranger. */
  key?: string;
  language?: ConsoleLanguage;
  viewport?: { width: number; height: number };
  /** Search parameters of the address: `part=zones`. */
  address?: string;
}

export interface OpenConsole {
  page: Page;
  /** What a person would find in the developer's console, and requests to other hosts. */
  faults: string[];
  close(): Promise<void>;
}

/** The console of one officer in a browser profile of its own. */
export async function openConsole(
  browser: Browser,
  base: string,
  officer: Officer = {},
): Promise<OpenConsole> {
  const { key, viewport = WIDE } = officer;
  const context = await browser.newContext({
    viewport,
    ...(key && { extraHTTPHeaders: { Authorization: `Bearer ${key}` } }),
  });
  return openConsoleIn(context, base, officer);
}

/** In a profile that is there. */
export async function openConsoleIn(
  context: BrowserContext,
  base: string,
  { language = 'en', viewport = WIDE, address = '' }: Omit<Officer, 'key'> = {},
): Promise<OpenConsole> {
  context.setDefaultTimeout(PATIENCE_MS);
  // without a screen the dialog of print() never closes; tests print the page themselves
  await context.addInitScript(() => {
    window.print = () => {};
  });
  const page = await context.newPage();
  await page.setViewportSize(viewport);
  const faults = faultsOf(page, base);
  await page.goto(`${base}/?lang=${language}&${address}`);
  await page.locator('main').waitFor();
  await untilMapDrawn(page);
  return { page, faults, close: () => context.close() };
}

/** Software draws: on a busy machine the first map takes long. */
export const untilMapDrawn = (page: Page) =>
  page.locator('#map[data-state=drawn]').waitFor({ timeout: 120_000 });

function faultsOf(page: Page, base: string): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    // software draws, and a stranger is asked who he is
    if (text.includes('GPU stall') || text.includes('/v1/me') || /status of 401/.test(text)) return;
    if (['error', 'warning'].includes(message.type())) faults.push(`${message.type()}: ${text}`);
  });
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${base}/`) && !/^(data|blob):/.test(request.url()))
      faults.push(`elsewhere: ${request.url()}`);
  });
  return faults;
}

/** Findings of axe as `rule: target`. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document);
    return violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => target.join(' ')) }));
  });
  return violations.flatMap(({ id, targets }) => targets.map((target) => `${id}: ${target}`));
}

/** Whether the page is wider than its window. */
export const isSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

interface ConsoleReader {
  page: Page;
  /** The words of the catalogue as this person reads them. */
  reads(say: () => string): string;
}

export const button = ({ page, reads }: ConsoleReader, say: () => string): Locator =>
  page.getByRole('button', { name: reads(say), exact: true });

/** With the dialog of the header, as a person does. */
export async function signIn(reader: ConsoleReader & { key: string }): Promise<void> {
  await button(reader, () => shell.signIn()).click();
  const dialog = reader.page.getByRole('dialog');
  await dialog
    .getByLabel(
      reader.reads(() => shell.key()),
      { exact: true },
    )
    .fill(reader.key);
  await dialog.getByRole('button', { name: reader.reads(() => shell.signIn()), exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}
