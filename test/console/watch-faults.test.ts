import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Route } from 'playwright-core';
import { said as incidentWords } from '../../console/incidents/incident.words.ts';
import { shell } from '../../console/words/shell.words.ts';
import { hasChromium, openTabbedBrowser } from '../support/chromium.ts';
import { untilArmed } from '../support/console.acts.alarm.ts';
import { openPart, reportIncident, rowOf } from '../support/console.acts.ts';
import { type DutyOfficer, waitAtMost } from '../support/console.officers.ts';
import { untilLive } from '../support/console.tabs.ts';
import type { Fault } from '../support/faulty.proxy.ts';
import { openProcesses } from '../support/processes.ts';
import { as } from '../support/service.ts';
import { hasScreen, openScreen } from '../support/virtual.screen.ts';
import { type Chance, watchChance } from '../support/watch.chance.ts';
import { expectHeard } from '../support/watch.incidents.check.ts';
import { expectAgreed } from '../support/watch.joint.check.ts';
import { openWatchRoom, someIncident, type WatchRoom } from '../support/watch.room.ts';
import { expectReported, expectScreensEqualSql, seenBy } from '../support/watch.screens.check.ts';

const withChromium = hasChromium ? describe : describe.skip;
/** So long a planted fault is given to be noticed. */
const FAULTY_MS = 10_000;
const PATIENT_MS = 120_000;

withChromium('what a watch of three countries notices, and what it survives', () => {
  let room: WatchRoom;
  let luck: Chance;
  let crew: [DutyOfficer, DutyOfficer, DutyOfficer];
  beforeAll(async () => {
    room = await openWatchRoom();
    luck = watchChance();
    crew = (await room.seatThree(luck)) as typeof crew;
  }, 300_000);
  afterEach(() => {
    room.proxy.fault = undefined;
    for (const officer of crew) waitAtMost(officer);
  });
  afterAll(async () => {
    await room?.close();
  });

  /** By the first; the second does not wait long for it. */
  const reported = () => {
    const [by, other] = crew;
    waitAtMost(other, FAULTY_MS);
    return expectReported([by, other], by, someIncident([by.country], luck));
  };

  interface Noticing {
    act: () => Promise<unknown>;
    /** What the one who notices says. */
    by: RegExp;
  }
  /** Faults that need no page of their own: the act that each makes red. */
  const NOTICED: Partial<Record<Fault, Noticing>> = {
    'event dropped': { act: () => reported(), by: /waiting for getByRole\('list'/ },
    'stale list': { act: () => reported(), by: /waiting for getByRole\('list'/ },
    'write lost behind 201': { act: () => reported(), by: /toBe\(/ },
    'consent ignored': { act: () => expectAgreed(crew[0], crew[1], luck), by: /toContainEqual/ },
  };

  test.each(Object.entries(NOTICED))(
    'the planted fault "%s" is noticed',
    async (fault, { act, by }) => {
      room.proxy.fault = fault as Fault;
      await expect(act()).rejects.toThrow(by);
    },
    300_000,
  );

  test('the planted fault "catalogue swapped" is noticed', async () => {
    room.proxy.fault = 'catalogue swapped';
    const [by, { country }] = crew;
    const reader = await room.seat({ country, language: luck.pick(['en', 'fr', 'ar']) });
    const incident = someIncident([by.country], luck, ['fire']);
    await expect(expectReported([by, reader], by, incident)).rejects.toThrow(/toContain\(/);
    await reader.leave();
  }, 300_000);

  const withScreen = hasScreen ? test : test.skip;
  withScreen(
    'the planted fault "sound muted" is noticed',
    async () => {
      room.proxy.fault = 'sound muted';
      const [by, { country }] = crew;
      const screen = await openScreen();
      const tabbed = await openTabbedBrowser(screen.display);
      try {
        const hearer = await room.seat({
          country,
          language: luck.pick(['en', 'fr', 'ar']),
          browser: tabbed.context,
        });
        await untilArmed(hearer);
        const incident = someIncident([by.country], luck, ['fire']);
        const subscription = { kinds: ['fire'], triggers: ['created'] };
        await room.service.api.post('/v1/subscriptions').set(as(hearer.key)).send(subscription).expect(201);
        hearer.patienceMs = FAULTY_MS;
        await expect(expectHeard(by, hearer, incident)).rejects.toThrow(/loudnessOf/);
      } finally {
        await tabbed.close();
        await screen.close();
      }
    },
    300_000,
  );

  const REPORT = /\/v1\/incidents\/[0-9a-f-]{36}$/;
  const saysLost = ({ page, reads }: DutyOfficer) =>
    page
      .getByRole('alert')
      .filter({ hasText: reads(() => shell.lost()) })
      .first()
      .waitFor();

  /** What is reported meanwhile is there once, afterwards, on every screen. */
  async function survives(fail: () => Promise<void>, mend: () => Promise<void>): Promise<void> {
    const [first, ...others] = crew;
    for (const officer of crew) waitAtMost(officer, PATIENT_MS);
    await Promise.all(crew.map(({ page }) => untilLive(page)));
    for (const officer of crew) await openPart(officer, () => incidentWords.title());
    const incident = someIncident([first.country], luck);
    const sent = first.page.waitForRequest((request) => request.method() === 'PUT');
    const failing = async (route: Route) => {
      await fail();
      await route.continue();
    };
    // of this address nothing but the report is asked for before it is written
    await first.page.route(({ pathname }) => REPORT.test(pathname), failing, { times: 1 });
    const reporting = reportIncident(first, incident);
    await sent;
    await Promise.all(crew.map(saysLost));
    await mend();
    await reporting;
    for (const one of others) await rowOf(one, incident.text).waitFor();
    for (const one of crew) expect(await seenBy(one, incident)).toBe(1);
    await expectScreensEqualSql(crew);
  }

  test('a network that is cut loses nothing, and every screen says that its link is lost', async () => {
    await survives(
      async () => room.proxy.cut(),
      async () => room.proxy.mend(),
    );
  }, 600_000);

  const onServer = process.env.TEST_DATABASE_URL ? test : test.skip;
  onServer(
    'a service that is killed loses nothing, and every screen says that its link is lost',
    async () => {
      const processes = await openProcesses();
      const start = async () => {
        const { connectionString } = room.service.connection;
        const { child, url } = await processes.start({ DATABASE_URL: connectionString! });
        room.proxy.move(Number(new URL(url).port));
        return child;
      };
      let child = await start();
      try {
        await survives(
          async () => {
            child.kill('SIGKILL');
            await once(child, 'exit');
          },
          async () => {
            child = await start();
          },
        );
      } finally {
        await processes.end();
      }
    },
    600_000,
  );
});
