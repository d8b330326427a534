import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { sql } from '../../src/db/sql.ts';
import type { HttpServer } from '../../src/http/listen.ts';
import { asTableOwner } from '../support/audit.ts';
import { hasChromium, openBrowser } from '../support/chromium.ts';
import { type DutyDesk, dutyDesk } from '../support/console.desk.ts';
import { focusedName, press, reach, type, untilFocus } from '../support/console.keyboard.ts';
import { type OpenConsole, openConsole, serveConsole } from '../support/console.ts';
import { eventually } from '../support/eventually.ts';
import { startService, type TestService } from '../support/service.ts';

// the embedded database answers no differently
const withChromium = hasChromium && process.env.TEST_DATABASE_URL ? describe : describe.skip;

/** One officer, one page, from sign-in to sign-out; no test uses the mouse. */
withChromium('a shift by keyboard alone (/usr/bin/chromium, from the package chromium)', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let desk: DutyDesk;
  let opened: OpenConsole;
  let page: Page;
  beforeAll(async () => {
    service = await startService();
    const served = await serveConsole(service);
    http = served.http;
    browser = await openBrowser();
    desk = await dutyDesk(service);
    opened = await openConsole(browser, served.base);
    page = opened.page;
  });

  afterEach(async () => {
    // wherever a test ends, the next press of a key has somewhere to go
    await eventually(async () => (await focusedName(page)) !== 'nothing');
  });
  afterAll(async () => {
    await browser?.close();
    await http?.close();
    await service?.stop();
  });

  const button = (name: string | RegExp, inside: Locator | Page = page) =>
    inside.getByRole('button', { name, exact: typeof name === 'string' });
  const dialog = () => page.getByRole('dialog');
  const region = (name: string) => page.getByRole('region', { name, exact: true });

  const openPart = async (name: string) => {
    await press(page.getByRole('navigation').getByRole('button', { name: new RegExp(`^${name}`) }));
    await region(name).waitFor();
  };
  /** Opens a dialog, leaves it by Escape, and finds the focus on the opener. */
  async function openTwice(opener: Locator): Promise<void> {
    await press(opener);
    await dialog().waitFor();
    expect(await dialog().evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await untilFocus(opener);
    await page.keyboard.press('Enter');
    await dialog().waitFor();
  }
  const stored = <Row>(statement: ReturnType<typeof sql>) => asTableOwner<Row>(service.db, statement);

  async function signIn(key: string): Promise<void> {
    await openTwice(button('Sign in'));
    await untilFocus(dialog().getByLabel('Key'));
    await page.keyboard.type(key);
    await page.keyboard.press('Enter');
    await button('Sign out').waitFor();
  }

  test('signs in, and is told so by the focus that stays in the header', async () => {
    await page.keyboard.press('Tab');
    expect(await focusedName(page)).toContain('Skip to the content');
    await page.keyboard.press('Enter');
    await untilFocus(page.locator('#panel'));
    await signIn(desk.key);
    await untilFocus(button('Sign out'));
  });

  test('records assistance; when the call is settled the focus goes on in the open part', async () => {
    const strip = region('People in distress');
    await openTwice(button('Record assistance', strip));
    await press(dialog().getByRole('button', { name: 'Assistance on its way' }));
    await strip.getByText(/on its way since/).waitFor();
    await untilFocus(button('Record assistance', strip));
    await page.keyboard.press('Enter');
    await press(dialog().getByRole('button', { name: 'Rescued' }));
    await strip.waitFor({ state: 'detached' });
    await untilFocus(page.locator('#panel'));
    expect(await stored(sql`SELECT state FROM base.assistance ORDER BY recorded_at`)).toEqual([
      { state: 'under_way' },
      { state: 'given' },
    ]);
  });

  test('silences the alarms, selects one, and acknowledges it and the other', async () => {
    const strip = region('Alarms');
    await press(button('Silence', strip));
    await press(strip.getByRole('checkbox', { name: /Fire/ }), 'Space');
    await press(
      strip.getByRole('listitem').filter({ hasText: 'Fire' }).getByRole('button', { name: 'Acknowledge' }),
    );
    await strip.getByText(/^Taken by/).waitFor();
    await eventually(async () => (await focusedName(page)) === 'button Show on the map');
    await press(button('Acknowledge', strip));
    await eventually(async () => (await strip.getByText(/^Taken by/).count()) === 2);
    const waiting = await stored(
      sql`SELECT id FROM base.alert WHERE trigger = 'created' AND acknowledged_at IS NULL`,
    );
    expect(waiting).toEqual([]);
  });

  test('filters the list, opens an incident, and goes back to its row by Escape', async () => {
    await press(page.getByRole('combobox', { name: 'Kind' }), 'F', 'i');
    await page.waitForURL(/kind=fire/);
    const row = page.getByRole('list', { name: 'Incidents' }).getByRole('button', { name: /old mill/ });
    await press(row);
    const detail = page.getByRole('complementary', { name: 'The incident' });
    await untilFocus(detail);
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });
    await untilFocus(row);
    await page.keyboard.press('Enter');
    await untilFocus(detail);
    // backwards, too
    await page.keyboard.press('Shift+Tab');
    expect(await focusedName(page)).not.toBe('nothing');
  });

  test('acknowledges, responds, reports, asks and releases; each dialog gives the focus back', async () => {
    const detail = page.getByRole('complementary', { name: 'The incident' });
    await press(button('Acknowledge', detail));
    await untilFocus(button('Add a response', detail));

    await openTwice(button('Add a response', detail));
    await press(dialog().getByRole('combobox', { name: 'Kind' }), 'F', 'i');
    await type(dialog().getByRole('textbox', { name: 'In words' }), 'two engines');
    await press(dialog().getByRole('button', { name: 'Save' }));
    await dialog().waitFor({ state: 'detached' });
    await untilFocus(button('Add a response', detail));

    await openTwice(button('Add a report', detail));
    await type(dialog().getByRole('textbox', { name: 'In words' }), 'smoke again');
    await press(dialog().getByRole('button', { name: 'Save' }), 'Space');
    await dialog().waitFor({ state: 'detached' });
    await untilFocus(button('Add a report', detail));

    await openTwice(button('Ask for help', detail));
    // refused without a country: the focus stays where the next try is
    await type(dialog().getByRole('textbox', { name: 'In words' }), 'a thermal camera');
    const send = dialog().getByRole('button', { name: 'Send the request' });
    await press(send);
    await dialog().getByRole('alert').filter({ hasText: /\S/ }).waitFor();
    await untilFocus(send);
    await press(dialog().getByRole('checkbox', { name: 'Algeria' }), 'Space');
    await press(send);
    await dialog().waitFor({ state: 'detached' });

    await openTwice(button('Change who sees it', detail));
    await press(dialog().getByRole('combobox'), 'E');
    await press(dialog().getByRole('button', { name: 'Preview' }));
    await dialog().getByRole('table').waitFor();
    await press(dialog().getByRole('button', { name: 'Change it' }));
    await dialog().waitFor({ state: 'detached' });
    await untilFocus(button('Change who sees it', detail));

    const [row] = await stored<{ tlp: string; kind: string; text: string; to: string[] }>(sql`
      SELECT i.tlp, r.kind, q.text, q.recipients AS to FROM base.incident AS i
      JOIN base.incident_response AS r ON r.incident = i.id JOIN base.incident_request AS q ON q.incident = i.id
      WHERE i.id = ${desk.fire}`);
    expect(row).toEqual({ tlp: 'CLEAR', kind: 'fire_response', text: 'a thermal camera', to: ['DZA'] });
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });
  });

  test('answers what waits in the in-tray', async () => {
    await openPart('In-tray');
    const card = (text: string) => page.getByRole('listitem').filter({ hasText: text });
    const zone = card('Strip at Hazoua');
    await press(button('Refuse', zone));
    await reach(zone.getByRole('textbox', { name: 'Reason' }));
    await page.keyboard.press('Escape');
    await untilFocus(button('Refuse', zone));
    await press(button('Approve', zone));
    await press(button('Confirm', zone));
    await zone
      .getByText('Approved by your country')
      .or(page.getByText(/^Recorded at/))
      .first()
      .waitFor();
    const request = card('Is the road free?');
    await press(button('Answer', request));
    await type(request.getByRole('textbox', { name: 'Your answer' }), 'Since noon.');
    await press(button('Confirm', request));
    await request.waitFor({ state: 'detached' });
    await untilFocus(page.locator('#panel'));
    expect(
      await stored(sql`SELECT answer FROM base.incident_request WHERE text = 'Is the road free?'`),
    ).toEqual([{ answer: 'Since noon.' }]);
  });

  test('opens the workbench of a zone, chooses how its area is given, and leaves it', async () => {
    await openPart('Zones');
    await press(button('New zone'));
    await untilFocus(page.locator('#panel'));
    await press(page.getByRole('radio', { name: 'Along a border' }), 'ArrowDown');
    await button('Add a corner').waitFor();
    await press(button('Cancel'));
    await button('New zone').waitFor();
    await untilFocus(page.locator('#panel'));
  });

  test('changes the state of the own side of a crossing', async () => {
    await openPart('Crossings');
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Ras Ajdir' }) });
    const change = button('Change our side', card);
    await openTwice(change);
    await press(dialog().getByRole('radio', { name: 'Closed' }), 'ArrowDown');
    await press(dialog().getByRole('button', { name: 'Publish' }));
    await dialog().waitFor({ state: 'detached' });
    await untilFocus(change);
    expect(
      await stored(sql`SELECT state FROM base.crossing_status WHERE crossing = 'ras-ajdir' AND country = 'TUN'
        ORDER BY recorded_at DESC LIMIT 1`),
    ).toEqual([{ state: 'restricted' }]);
  });

  test('reads what changed, and opens an incident from there', async () => {
    await openPart('Since I left');
    const row = page.getByRole('list', { name: 'Alerts to your agency' }).getByRole('button').first();
    await press(row);
    await untilFocus(page.getByRole('complementary', { name: 'The incident' }));
    await page.keyboard.press('Escape');
    await untilFocus(row);
  });

  test('chooses a time, replays it, and pans and zooms the map', async () => {
    const time = region('Time');
    await press(button('6 hours', time), 'Space');
    await page.waitForURL(/time=PT6H/);
    await press(button('Replay', time));
    const slider = time.getByRole('slider');
    await press(slider, 'PageUp');
    await time.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await press(button('End the replay', time));
    await button('Replay', time).waitFor();
    expect(await focusedName(page)).not.toBe('nothing');
    const camera = () => new URL(page.url()).searchParams.get('map');
    await reach(page.locator('#map canvas'));
    for (const key of ['ArrowRight', '+']) {
      const before = camera();
      await page.keyboard.press(key);
      await eventually(() => camera() !== before);
    }
    await press(page.getByText('Layers', { exact: true }));
    await press(page.getByRole('checkbox', { name: 'Crossings' }), 'Space');
    await page.waitForURL(/hide=crossings/);
    await page.keyboard.press('Escape');
    await untilFocus(page.locator('summary').filter({ hasText: 'Layers' }));
  });

  test('opens a shift, notes, prints and offers it; the next officer takes over', async () => {
    await openPart('Shift');
    await type(page.getByRole('textbox', { name: 'Name of the post or room' }), 'North room');
    await press(button('Open the shift'));
    const note = page.getByRole('textbox', { name: 'Free note' });
    await type(note, 'Barrier 2 is out of order.');
    await press(button('Add the note'));
    await page.getByRole('list', { name: 'Log' }).getByText('Barrier 2').waitFor();
    await untilFocus(button('Add the note'));
    await press(button('Print'));
    await page.locator('.sheet').waitFor({ state: 'attached' });
    await press(button('Offer the handover'));
    await page.getByText('Another officer of the agency confirms it').waitFor();
    await press(button('Sign out'));
    await untilFocus(button('Sign in'));
    await signIn(desk.nextKey);
    await press(button(/^Shift .*North room/));
    await press(button('Take over'));
    await page.getByText('Handed over: nothing of this shift changes any more').waitFor();
    expect(await stored(sql`SELECT state FROM base.shift`)).toEqual([{ state: 'closed' }]);
  });

  test('reads in another language, and signs out', async () => {
    await press(page.getByRole('combobox', { name: 'Language' }), 'F', 'r');
    await page.locator('html[lang=fr]').waitFor();
    await press(button('Se déconnecter'));
    await untilFocus(button('Se connecter'));
    expect(opened.faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
  });
});
