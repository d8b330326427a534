import type { Server } from 'node:http';
import type { BrowserContext, Page } from 'playwright-core';
import { type ConsoleLanguage, PATIENCE_MS } from './console.ts';

interface OpenTab {
  language?: ConsoleLanguage;
  /** Search parameters of the address: `kind=fire`. */
  address?: string;
}

/** Another tab of the same browser profile. */
export async function openTab(
  context: BrowserContext,
  base: string,
  { language = 'en', address = '' }: OpenTab = {},
): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${base}/?lang=${language}&${address}`);
  await untilLive(page);
  return page;
}

/** What the header says of the link. */
export const linkOf = (page: Page) => page.locator('.link');
export const untilLive = (page: Page) => linkOf(page).and(page.locator('.live')).waitFor();
export const untilLost = (page: Page) => linkOf(page).and(page.locator('.lost')).waitFor();

/** Counts the streams that are open in the service, and those that ever were. */
export function countStreams(server: Server): { open: () => number; ever: () => string[] } {
  let open = 0;
  const ever: string[] = [];
  // before the service, which shortens the address on its way
  server.prependListener('request', (request, response) => {
    if (!request.url?.startsWith('/v1/stream')) return;
    open += 1;
    ever.push(request.url);
    response.once('close', () => {
      open -= 1;
    });
  });
  return { open: () => open, ever: () => ever };
}
