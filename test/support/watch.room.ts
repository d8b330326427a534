import type { Browser } from 'playwright-core';
import { COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';
import { alertEvaluation } from '../../src/exchange/alerts/alert.evaluation.store.ts';
import { startAlertEvaluation } from '../../src/exchange/alerts/alert.job.ts';
import { openBrowser } from './chromium.ts';
import type { ReportedIncident } from './console.acts.ts';
import { type Duty, type DutyOfficer, onDuty } from './console.officers.ts';
import { CONSOLE_LANGUAGES, serveConsole } from './console.ts';
import { type FaultyProxy, faultyProxy } from './faulty.proxy.ts';
import { startService, type TestService } from './service.ts';
import type { Chance } from './watch.chance.ts';

export const KINDS = ['fire', 'flood', 'smuggling_fuel', 'infrastructure'] as const;
const SEVERITIES = ['minor', 'moderate', 'severe', 'extreme'] as const;
const BORDERS = ['DZA-TUN', 'LBY-TUN', 'DZA-LBY'];

export interface WatchRoom {
  service: TestService;
  proxy: FaultyProxy;
  /** Somebody sits down in front of a browser and signs in. */
  seat(
    duty: Pick<Duty, 'country' | 'agency' | 'language'> & { browser?: Duty['browser'] },
  ): Promise<DutyOfficer>;
  /** One officer of each country, each in another language, in an order of chance. */
  seatThree(luck: Chance, browserOf?: (n: number) => Duty['browser'] | undefined): Promise<DutyOfficer[]>;
  close(): Promise<void>;
}

/** The service, which raises alerts as it does when it is started, behind a proxy; and a browser. */
export async function openWatchRoom(): Promise<WatchRoom> {
  const service = await startService();
  const { http, base } = await serveConsole(service);
  const proxy = await faultyProxy(Number(new URL(base).port));
  const browser: Browser = await openBrowser();
  const failures: unknown[] = [];
  const alerting = startAlertEvaluation(
    alertEvaluation(service.db, (error) => failures.push(error)),
    service.db.changes,
    { failed: (error) => failures.push(error), wentWell: () => {} },
  );
  const room: WatchRoom = {
    service,
    proxy,
    seat: (duty) => onDuty({ browser, ...duty, base: proxy.url, service }),
    seatThree(luck, browserOf = () => undefined) {
      const languages = luck.shuffled(CONSOLE_LANGUAGES);
      const seats = luck.shuffled(COUNTRY_CODES).map((country, n) => {
        const own = browserOf(n);
        return room.seat({ country, language: languages[n]!, ...(own && { browser: own }) });
      });
      return Promise.all(seats);
    },
    async close() {
      await browser.close();
      await alerting.stop();
      await proxy.stop();
      await http.close();
      await service.stop();
      if (failures.length > 0) throw failures[0];
    },
  };
  return room;
}

/** On a border of all these countries: agencies answer for what happens on their own. */
export const someIncident = (
  countries: readonly CountryCode[],
  { pick, random, text }: Chance,
  kinds: readonly ReportedIncident['kind'][] = KINDS,
): ReportedIncident => ({
  kind: pick(kinds),
  severity: pick(SEVERITIES),
  border: pick(BORDERS.filter((border) => countries.every((country) => border.includes(country)))),
  km: 20 + Math.floor(random() * 300),
  text: text(),
});

/** What the screens say of failures, for whoever reads why an act failed. */
export async function alertsOn(crew: readonly DutyOfficer[]): Promise<string> {
  const texts = crew.map(async ({ page, country }) => {
    const said = await page.getByRole('alert').allTextContents();
    return `${country}: ${said.filter(Boolean).join(' · ')}`;
  });
  return (await Promise.all(texts)).join('\n');
}
