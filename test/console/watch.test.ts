import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { said as incidentWords } from '../../console/incidents/incident.words.ts';
import { hasChromium, openTabbedBrowser } from '../support/chromium.ts';
import { untilArmed } from '../support/console.acts.alarm.ts';
import { openPart } from '../support/console.acts.ts';
import type { DutyOfficer } from '../support/console.officers.ts';
import { CONSOLE_LANGUAGES } from '../support/console.ts';
import { as } from '../support/service.ts';
import { hasScreen, openScreen, type VirtualScreen } from '../support/virtual.screen.ts';
import { type Chance, watchChance } from '../support/watch.chance.ts';
import {
  expectAnswered,
  expectHeard,
  expectReleased,
  expectSupport,
  expectTaken,
} from '../support/watch.incidents.check.ts';
import { expectAgreed, expectClosed, expectHandedOver } from '../support/watch.joint.check.ts';
import { alertsOn, KINDS, openWatchRoom, someIncident, type WatchRoom } from '../support/watch.room.ts';
import { expectReported } from '../support/watch.screens.check.ts';

const withScreen = hasChromium && hasScreen ? describe : describe.skip;

withScreen(
  'a watch of three countries (/usr/bin/chromium, and a screen of /usr/bin/Xvfb, package xvfb)',
  () => {
    let room: WatchRoom;
    let screen: VirtualScreen;
    let tabbed: Awaited<ReturnType<typeof openTabbedBrowser>>;
    beforeAll(async () => {
      room = await openWatchRoom();
      screen = await openScreen();
      tabbed = await openTabbedBrowser(screen.display);
    });
    afterAll(async () => {
      await tabbed?.close();
      await screen?.close();
      await room?.close();
    });

    /** One of each country; the second has a browser with tabs, and a colleague of the same agency beside. */
    async function begin(luck: Chance): Promise<DutyOfficer[]> {
      const crew = await room.seatThree(luck, (n) => (n === 1 ? tabbed.context : undefined));
      const { country, agency } = crew[1]!;
      return [...crew, await room.seat({ country, agency, language: luck.pick(CONSOLE_LANGUAGES) })];
    }

    // the console has no form for it
    const subscribe = ({ key }: DutyOfficer, kind: string) =>
      room.service.api
        .post('/v1/subscriptions')
        .set(as(key))
        .send({ kinds: [kind], triggers: ['created'] })
        .expect(201);

    test('each act is on every screen that may show it, and every screen equals SQL as its officer', async () => {
      const luck = watchChance();
      const crew = await begin(luck);
      const [first, second, third, colleague] = crew as [DutyOfficer, DutyOfficer, DutyOfficer, DutyOfficer];
      // by nothing but the form in which the officer signed in
      await untilArmed(second);
      const [alarming, ...others] = luck.shuffled(KINDS);
      await subscribe(second, alarming!);
      const incidentOf = (...between: DutyOfficer[]) =>
        someIncident(
          between.map(({ country }) => country),
          luck,
          others,
        );
      const arrivals: number[] = [];
      const reported = async (by: DutyOfficer, neighbour: DutyOfficer) => {
        const incident = incidentOf(by, neighbour);
        arrivals.push(...(await expectReported(crew, by, incident)));
        return incident;
      };
      const acts = {
        'reported and answered by a neighbour': async () =>
          expectAnswered(first, third, await reported(first, third), luck),
        'support asked and accepted': async () =>
          expectSupport(third, second, await reported(third, second), luck),
        'released to one country': () => expectReleased(crew, [second, first, third], incidentOf(second)),
        'an alarm heard behind another tab, and taken': async () => {
          const incident = someIncident([first.country], luck, [alarming!]);
          await expectHeard(first, second, incident);
          await expectTaken(colleague, second, incident);
        },
        'a zone agreed': () => expectAgreed(first, second, luck),
        'a crossing closed': () => expectClosed(crew, third, luck),
      };
      for (const [name, act] of luck.shuffled(Object.entries(acts))) {
        const began = Date.now();
        await act().catch(async (error) => {
          throw new Error(`${name}: ${error.message}\n${await alertsOn(crew)}`, { cause: error });
        });
        process.stdout.write(`${name}: ${Date.now() - began} ms\n`);
      }
      for (const one of crew) await openPart(one, () => incidentWords.title());
      await expectHandedOver(second, colleague, luck);
      process.stdout.write(
        `from 201 to the neighbour's screen: ${arrivals.sort((a, b) => a - b).join(', ')} ms\n`,
      );
      for (const { faults } of crew) expect(faults).toEqual([]);
    }, 600_000);
  },
);
