import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { said as detail } from '../console/incidents/detail.words.ts';
import { language as spoken } from '../console/words/language.ts';
import { shell } from '../console/words/shell.words.ts';
import { COUNTRY_CODES } from '../src/core/caller.ts';
import { LANGUAGES, type Language } from '../src/core/vocabulary.ts';
import { button, signIn } from '../test/support/console.ts';

/** For civil protection and rescue at all land borders of their country (data/mandates.json). */
const RESCUERS = { DZA: 'dza-protection-civile', LBY: 'lby-securite-civile', TUN: 'tun-protection-civile' };
const QUIET_ROUNDS = 8;

export interface ConsoleScreen {
  name: string;
  /** Search parameters of the address; `{incident}` is one that the officer may act on. */
  address: string;
  isStranger?: boolean;
  /** The part of the page that is shown. Default: what the window shows. */
  of?: string;
  /** What an officer does before the picture. */
  prepare?: (page: Page, reads: (say: () => string) => string) => Promise<void>;
}

const press = async (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click();

/** The screens of docs/console.md. */
export const CONSOLE_SCREENS: readonly ConsoleScreen[] = [
  { name: 'start', address: 'map=6/33.5/9.5', isStranger: true },
  {
    name: 'sign-in',
    address: 'map=6/33.5/9.5',
    isStranger: true,
    prepare: (page, reads) => press(page, reads(shell.signIn)),
  },
  { name: 'incidents', address: 'map=7/33.0/10.2' },
  { name: 'distress', address: '', of: '.distress' },
  { name: 'alarm', address: '', of: '.alarms' },
  { name: 'incident', address: 'map=9/33.0/11.0&incident={incident}', prepare: untilDetail },
  {
    name: 'release',
    address: 'map=9/33.0/11.0&incident={incident}',
    async prepare(page, reads) {
      await untilDetail(page);
      await press(page, reads(detail.release));
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox').selectOption('GREEN');
      await press(page, reads(detail.preview));
      await dialog.getByRole('table').waitFor();
    },
  },
  { name: 'report', address: 'part=report&map=9/33.2/11.2' },
  { name: 'zones', address: 'part=zones' },
  { name: 'tray', address: 'part=tray' },
  { name: 'crossings', address: 'part=crossings' },
  { name: 'since', address: 'part=since' },
  { name: 'shift', address: 'part=shift' },
];

async function untilDetail(page: Page): Promise<void> {
  await page.getByRole('complementary').getByRole('list').first().waitFor();
}

interface DemoKey {
  country: string;
  role: string;
  agency: string;
  key: string;
}

interface Answer {
  id: string;
  key: string;
  features: { id: string }[];
}
type Ask = (path: string, key: string, body?: object) => Promise<Answer>;

export interface Duty {
  key: string;
  incident: string;
}

/** A duty officer of Tunisia in the middle of a shift, with what waits at that moment. */
export async function beginDuty(base: string, demoKeys: readonly DemoKey[]): Promise<Duty> {
  const keyOf = (country: string, role: string) =>
    demoKeys.find((one) => one.country === country && one.role === role)!;
  const ask: Ask = async (path, key, body) => {
    const answer = await fetch(`${base}/v1${path}`, {
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json() as Promise<Answer>;
  };
  const post = (path: string, key: string, body: object) => ask(path, key, body);
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
  const rescuers: string[] = [];
  for (const country of COUNTRY_CODES) {
    const body = { agency: RESCUERS[country], roles: ['reporter'], name: 'rescue' };
    rescuers.push((await post('/keys', keyOf(country, 'admin').key, body)).key);
  }
  await settleOld(ask, key, rescuers);
  await post('/subscriptions', key, { triggers: ['created'], natures: ['exercise'] });
  const report = async (from: string, more: object, [lon, lat]: [number, number]) =>
    (
      await post('/incidents', keyOf(from, 'reporter').key, {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [lon, lat] },
        properties: {
          severity: 'severe',
          certainty: 'observed',
          horizontalAccuracyMetres: 200,
          occurredAt: new Date().toISOString(),
          nature: 'exercise',
          tlp: 'GREEN',
          ...more,
        },
      })
    ).id;
  await report('LBY', { kind: 'fire', placeText: 'Depot near Dehiba' }, [10.72, 32.0]);
  await report('LBY', { kind: 'distress', counts: { best: 12 } }, [11.2, 33.1]);
  const incident = await report('TUN', { kind: 'smuggling_fuel', tlp: 'AMBER+STRICT' }, [11.3, 33.0]);
  await post(`/incidents/${incident}/responses`, key, { kind: 'patrol', state: 'in_progress' });
  return { key, incident };
}

/** What the demo has waited for since its dates is taken, so that the pictures show one shift. */
async function settleOld(ask: Ask, key: string, rescuers: readonly string[]): Promise<void> {
  const open = async (path: string) => (await ask(path, key)).features;
  // by one of those who answer at that border
  for (const { id } of await open('/distress/open'))
    await Promise.any(
      rescuers.map((one) => ask(`/distress/${id}/assistance`, one, { state: 'given', outcome: 'rescued' })),
    );
  // they are raised in the minutes after the first start
  for (let quiet = 0; quiet < QUIET_ROUNDS; quiet++) {
    const alerts = (await open('/alerts?acknowledged=false&limit=100')).map(({ id }) => id);
    if (alerts.length > 0) {
      await ask('/alerts/acknowledgements', key, { alerts });
      quiet = 0;
    }
    await setTimeout(1_000);
  }
}

interface ConsolePictures extends Duty {
  base: string;
  screens: readonly ConsoleScreen[];
  viewports: readonly { width: number; height: number }[];
  /** Default: all. */
  languages?: readonly Language[];
  keep(name: string, png: Buffer): Promise<void>;
}

/** Every screen of the console in its three languages, as an officer sees it. */
export async function takeConsole(
  browser: Browser,
  { base, key, incident, screens, viewports, languages = LANGUAGES, keep }: ConsolePictures,
) {
  for (const language of languages)
    for (const viewport of viewports) {
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      for (const screen of ordered(screens)) {
        await page.goto(`${base}/?lang=${language}&${screen.address.replace('{incident}', incident)}`);
        await page.locator('#map[data-state=drawn]').waitFor();
        if (!screen.isStranger) await signInOnce(page, language, key);
        await page.locator('.link.live').waitFor();
        if (!screen.isStranger) await page.locator('.distress').waitFor();
        await screen.prepare?.(page, readsIn(language));
        await page.waitForLoadState('networkidle').catch(() => null);
        const shown = screen.of ? page.locator(screen.of) : page;
        await keep(`console-${screen.name}-${language}-${viewport.width}`, await shown.screenshot());
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
  const signedOut = button(officer, () => shell.signIn());
  // the tray is for officers alone
  await page.getByRole('navigation').getByRole('button').nth(4).or(signedOut).first().waitFor();
  if (await signedOut.isVisible()) await signIn(officer);
}
