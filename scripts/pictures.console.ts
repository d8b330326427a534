import type { Browser, Page } from 'playwright-core';
import { language as spoken } from '../console/words/language.ts';
import { shell } from '../console/words/shell.words.ts';
import { LANGUAGES, type Language } from '../src/core/vocabulary.ts';
import { button, signIn } from '../test/support/console.ts';

export interface ConsoleScreen {
  name: string;
  /** Search parameters of the address. */
  address: string;
  isStranger?: boolean;
  /** What an officer does before the picture. */
  prepare?: (page: Page, reads: (say: () => string) => string) => Promise<void>;
}

/** The screens of docs/console.md. */
export const CONSOLE_SCREENS: readonly ConsoleScreen[] = [
  { name: 'start', address: 'map=6/33.5/9.5', isStranger: true },
  { name: 'incidents', address: 'map=7/33.0/10.2' },
  { name: 'report', address: 'part=report&map=9/33.2/11.2' },
  { name: 'zones', address: 'part=zones' },
  { name: 'tray', address: 'part=tray' },
  { name: 'crossings', address: 'part=crossings' },
  { name: 'since', address: 'part=since' },
  { name: 'shift', address: 'part=shift' },
];

interface DemoKey {
  country: string;
  role: string;
  agency: string;
  key: string;
}

/** A key with the roles of a duty officer of Tunisia; an open shift with a note, and a request from the neighbour. */
export async function dutyKey(base: string, demoKeys: readonly DemoKey[]): Promise<string> {
  const keyOf = (country: string, role: string) =>
    demoKeys.find((one) => one.country === country && one.role === role)!;
  const post = async (path: string, key: string, body: object) => {
    const answer = await fetch(`${base}/v1${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST ${path}: ${await answer.text()}`);
    return answer.json() as Promise<{ key: string; id: string }>;
  };
  const { agency, key: admin } = keyOf('TUN', 'admin');
  const roles = ['reader', 'reporter', 'operator', 'coordinator'];
  const { key } = await post('/keys', admin, { agency, roles, name: 'duty desk' });
  const dueAt = new Date(Date.now() + 3 * 3_600_000).toISOString();
  await post('/crossings/ras-ajdir/requests', keyOf('LBY', 'operator').key, {
    kind: 'information',
    to: ['TUN'],
    dueAt,
    text: 'How long will the lorries wait today?',
  });
  const { id } = await post('/shifts', key, { place: { kind: 'room', name: 'Operations room' } });
  await post(`/shifts/${id}/entries`, key, { text: 'Barrier 2 is out of order, the workshop knows.' });
  return key;
}

interface ConsolePictures {
  base: string;
  key: string;
  screens: readonly ConsoleScreen[];
  viewports: readonly { width: number; height: number }[];
  keep(name: string, png: Buffer): Promise<void>;
}

/** Every screen of the console in its three languages, as an officer sees it. */
export async function takeConsole(
  browser: Browser,
  { base, key, screens, viewports, keep }: ConsolePictures,
) {
  for (const language of LANGUAGES)
    for (const viewport of viewports) {
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      for (const screen of ordered(screens)) {
        await page.goto(`${base}/?lang=${language}&${screen.address}`);
        await page.locator('#map[data-state=drawn]').waitFor();
        if (!screen.isStranger) await signInOnce(page, language, key);
        await screen.prepare?.(page, readsIn(language));
        await page.waitForLoadState('networkidle').catch(() => null);
        await keep(`console-${screen.name}-${language}-${viewport.width}`, await page.screenshot());
      }
      await context.close();
    }
}

/** What a stranger sees comes before anybody signs in. */
const ordered = (screens: readonly ConsoleScreen[]) =>
  screens.toSorted((a, b) => Number(b.isStranger ?? false) - Number(a.isStranger ?? false));

const readsIn = (language: Language) => (say: () => string) => {
  spoken.value = language;
  return say();
};

async function signInOnce(page: Page, language: Language, key: string): Promise<void> {
  const officer = { page, key, reads: readsIn(language) };
  const signedIn = button(officer, () => shell.signOut());
  await signedIn
    .or(button(officer, () => shell.signIn()))
    .first()
    .waitFor();
  if (!(await signedIn.isVisible())) await signIn(officer);
}
