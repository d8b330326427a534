import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Route } from 'playwright-core';
import { said as crossingWords } from '../../console/crossings/crossing.words.ts';
import { said as incidentWords } from '../../console/incidents/incident.words.ts';
import { shell } from '../../console/words/shell.words.ts';
import { wordOf } from '../../src/core/vocabulary.ts';
import { sql } from '../../src/db/sql.ts';
import type { HttpServer } from '../../src/http/listen.ts';
import { hasChromium, openBrowser } from '../support/chromium.ts';
import {
  approveInTray,
  closeCrossing,
  crossingCard,
  listOfIncidents,
  offerHandover,
  openPart,
  openShift,
  printedText,
  proposeStrip,
  type ReportedIncident,
  reportIncident,
  takeOver,
} from '../support/console.acts.ts';
import { type DutyOfficer, onDuty } from '../support/console.officers.ts';
import { serveConsole } from '../support/console.ts';
import { type Fault, type FaultyProxy, faultyProxy } from '../support/faulty.proxy.ts';
import { openProcesses } from '../support/processes.ts';
import { randomNumbers } from '../support/random.ts';
import { startService, type TestService } from '../support/service.ts';

const withChromium = hasChromium ? describe : describe.skip;
const COUNTRIES = ['DZA', 'LBY', 'TUN'] as const;
const LANGUAGES = ['en', 'fr', 'ar'] as const;
/** Within this an act is on every screen, on a machine that does other work, too. */
const SOON_MS = 60_000;
/** So long a planted fault is given to be noticed. */
const FAULTY_MS = 15_000;

withChromium('a watch of three countries in three languages', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let proxy: FaultyProxy;
  let officers: DutyOfficer[] = [];
  beforeAll(async () => {
    service = await startService();
    const { http: served, base } = await serveConsole(service);
    http = served;
    proxy = await faultyProxy(Number(new URL(base).port));
    browser = await openBrowser();
  });
  afterEach(async () => {
    proxy.fault = undefined;
    await Promise.all(officers.map((one) => one.leave()));
    officers = [];
  });
  afterAll(async () => {
    await browser?.close();
    await proxy?.stop();
    await http?.close();
    await service?.stop();
  });

  /** Who speaks which language, what happens where and in which words comes from a seed, new in each run. */
  function chance() {
    const seed = Number(process.env.TEST_SEED ?? 1 + Math.floor(Math.random() * 1e9));
    process.stdout.write(`seed of the watch: ${seed} (TEST_SEED=${seed} repeats it)\n`);
    const random = randomNumbers(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
    const shuffled = <T>(from: readonly T[]): T[] =>
      from
        .map((one) => ({ one, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one);
    const words = ['dune', 'wadi', 'well', 'ridge', 'palm', 'road', 'gate', 'lake'];
    const text = () => `${pick(words)} <b>${pick(words)}</b> "${pick(words)}" ${Math.floor(random() * 1e6)}`;
    return { random, pick, shuffled, text };
  }
  type Chance = ReturnType<typeof chance>;

  async function begin({ shuffled }: Chance): Promise<DutyOfficer[]> {
    const languages = shuffled(LANGUAGES);
    for (const [n, country] of shuffled(COUNTRIES).entries())
      officers.push(await onDuty({ country, language: languages[n]!, base: proxy.url, browser, service }));
    for (const officer of officers) officer.page.setDefaultTimeout(SOON_MS);
    return officers;
  }

  const incidentBy = (by: DutyOfficer, { pick, random, text }: Chance, kind?: 'fire'): ReportedIncident => ({
    kind: kind ?? pick(['fire', 'flood', 'smuggling_fuel', 'infrastructure'] as const),
    severity: pick(['minor', 'moderate', 'severe', 'extreme'] as const),
    border: pick(['DZA-TUN', 'LBY-TUN', 'DZA-LBY'].filter((border) => border.includes(by.country))),
    km: 20 + Math.floor(random() * 300),
    text: text(),
  });

  /** The words of the rows as the officer reads them: kind, severity, state and place of the newest, from SQL. */
  async function expectedRows({ sql: ask, language }: DutyOfficer): Promise<string[][]> {
    const rows = await ask<{ kind: 'fire'; severity: 'minor'; state: 'open'; text: string | null }>(
      sql`SELECT i.kind, i.severity, i.state, i.place_text AS text FROM incident AS i
          ORDER BY i.occurred_at DESC, i.id DESC LIMIT 100`,
    );
    return rows.map(({ kind, severity, state, text }) => [
      wordOf('incidentKind', kind, language),
      wordOf('severity', severity, language),
      wordOf('incidentState', state, language),
      ...(text ? [text] : []),
    ]);
  }

  /** Every screen shows exactly the rows that the database gives its officer, in the same order. */
  async function screensEqualSql(): Promise<void> {
    for (const officer of officers) {
      await openPart(officer, () => incidentWords.title());
      const expected = await expectedRows(officer);
      const rows = listOfIncidents(officer).getByRole('listitem');
      await rows.nth(expected.length - 1).waitFor();
      const shown = await rows.allTextContents();
      expect(shown.length).toBe(expected.length);
      for (const [n, words] of expected.entries())
        expect(words.filter((word) => !shown[n]!.includes(word))).toEqual([]);
    }
  }

  const others = (by: DutyOfficer) => officers.filter((one) => one !== by);

  /** Reported by one, on the screens of both others; answers how long that took, from 201 on. */
  async function reported(by: DutyOfficer, incident: ReportedIncident): Promise<number[]> {
    for (const one of others(by)) await openPart(one, () => incidentWords.title());
    const arrivals = others(by).map(async (one) => {
      const row = listOfIncidents(one).getByRole('listitem').filter({ hasText: incident.text });
      await row.waitFor();
      expect(await row.textContent()).toContain(wordOf('incidentKind', incident.kind, one.language));
      return Date.now();
    });
    const [at, ...seen] = await Promise.all([reportIncident(by, incident), ...arrivals]);
    await screensEqualSql();
    return seen.map((moment) => moment - at!);
  }

  const consentsOf = (officer: DutyOfficer, name: string) =>
    officer.sql<{ country: string; decision: string }>(
      sql`SELECT c.country, c.decision FROM zone_consent AS c JOIN zone AS z ON z.id = c.zone
          WHERE z.names ->> 'en' = ${name} ORDER BY c.country`,
    );

  /** A strip on the border of two of the officers, proposed by one and approved by both. */
  async function agreed(by: DutyOfficer, with_: DutyOfficer, { text }: Chance): Promise<void> {
    const border = [by.country, with_.country].sort().join('-');
    const name = text();
    const names = { en: name, fr: `${name} fr`, ar: `${name} ar` };
    await proposeStrip(by, { border, fromKm: 60, toKm: 110, names });
    for (const one of [with_, by]) {
      await approveInTray(one, names[one.language]);
      const decided = await consentsOf(one, name);
      expect(decided).toContainEqual({ country: one.country, decision: 'approve' });
    }
    const zone = sql`SELECT z.agreed FROM zone AS z WHERE z.names ->> 'en' = ${name}`;
    for (const one of [by, with_]) expect(await one.sql(zone)).toEqual([{ agreed: true }]);
  }

  /** A crossing closed by one is closed on the board of the others. */
  async function closed(by: DutyOfficer, { pick, text }: Chance): Promise<void> {
    const own = await by.sql<{ id: string; names: Record<string, string> }>(
      sql`SELECT c.id, c.names FROM crossing AS c WHERE c.border LIKE ${`%${by.country}%`} ORDER BY c.id`,
    );
    const { id, names } = pick(own);
    const reason = text();
    const nameFor = ({ language }: DutyOfficer) => names[language] ?? names.en!;
    for (const one of others(by)) await openPart(one, () => crossingWords.title());
    await closeCrossing(by, nameFor(by), reason);
    for (const one of officers) {
      await crossingCard(one, nameFor(one)).getByText(reason).first().waitFor();
      const stated = await one.sql(
        sql`SELECT s.state, s.reason FROM crossing_status AS s WHERE s.crossing = ${id} AND s.country = ${by.country}
            ORDER BY s.recorded_at DESC LIMIT 1`,
      );
      expect(stated).toEqual([{ state: 'closed', reason }]);
    }
  }

  /** A shift is handed over to a colleague, and its print holds the note and every open item. */
  async function handedOver(by: DutyOfficer, { text, pick }: Chance): Promise<void> {
    const name = `Post ${text().replace(/\D/g, '')}`;
    const note = text();
    await openShift(by, name, note);
    await offerHandover(by);
    const { country, agency } = by;
    const colleague = await onDuty({
      country,
      agency,
      language: pick(LANGUAGES),
      base: proxy.url,
      browser,
      service,
    });
    officers.push(colleague);
    await takeOver(colleague, name);
    const [shift] = await by.sql<{ state: string; items: string[] }>(
      sql`SELECT s.state, ARRAY(SELECT i.id::text FROM shift_item AS i WHERE i.shift = s.id) AS items
          FROM shift AS s WHERE s.name = ${name}`,
    );
    expect(shift!.state).toBe('closed');
    const print = await printedText(colleague);
    for (const one of [name, note, ...shift!.items]) expect(print).toContain(one);
  }

  test('each act is on every screen that may show it, and every screen equals SQL as its officer', async () => {
    const luck = chance();
    const [first, second, third] = (await begin(luck)) as [DutyOfficer, DutyOfficer, DutyOfficer];
    const arrivals: number[] = [];
    const acts = [
      async () => void arrivals.push(...(await reported(first, incidentBy(first, luck)))),
      async () => void arrivals.push(...(await reported(second, incidentBy(second, luck)))),
      async () => void arrivals.push(...(await reported(third, incidentBy(third, luck)))),
      () => agreed(first, second, luck),
      () => closed(third, luck),
    ];
    for (const act of luck.shuffled(acts)) await act();
    await handedOver(second, luck);
    process.stdout.write(
      `from 201 to the neighbour's screen: ${arrivals.sort((a, b) => a - b).join(', ')} ms\n`,
    );
    for (const { faults } of officers) expect(faults).toEqual([]);
  }, 600_000);

  /** The act that a fault makes red. */
  const NOTICED: Record<Fault, (luck: Chance) => Promise<unknown>> = {
    'event dropped': (luck) => reported(officers[0]!, incidentBy(officers[0]!, luck)),
    'stale list': (luck) => reported(officers[0]!, incidentBy(officers[0]!, luck)),
    'write lost behind 201': (luck) => reported(officers[0]!, incidentBy(officers[0]!, luck)),
    'catalogue swapped': (luck) => reported(officers[0]!, incidentBy(officers[0]!, luck, 'fire')),
    'consent ignored': (luck) => agreed(officers[0]!, officers[1]!, luck),
  };

  test.each(Object.keys(NOTICED) as Fault[])(
    'the planted fault "%s" is noticed',
    async (fault) => {
      const luck = chance();
      proxy.fault = fault;
      await begin(luck);
      for (const { page } of officers) page.setDefaultTimeout(FAULTY_MS);
      await expect(NOTICED[fault](luck)).rejects.toThrow();
    },
    300_000,
  );

  /** What is reported meanwhile is there once, afterwards, on every screen. */
  async function survives(luck: Chance, fail: () => Promise<void>, mend: () => Promise<void>): Promise<void> {
    const [first] = (await begin(luck)) as [DutyOfficer];
    for (const { page } of officers) page.setDefaultTimeout(2 * SOON_MS);
    const incident = incidentBy(first, luck);
    const sent = first.page.waitForRequest((request) => request.method() === 'PUT');
    const failing = async (route: Route) => {
      await fail();
      await route.continue();
    };
    await first.page.route('**/v1/incidents/*', failing, { times: 1 });
    const reporting = reportIncident(first, incident);
    await sent;
    for (const { page, reads } of officers)
      await page
        .getByRole('alert')
        .filter({ hasText: reads(() => shell.lost()) })
        .first()
        .waitFor();
    await mend();
    await reporting;
    for (const one of others(first))
      await listOfIncidents(one).getByRole('listitem').filter({ hasText: incident.text }).waitFor();
    const rows = sql`SELECT i.id FROM incident AS i WHERE i.place_text = ${incident.text}`;
    for (const one of officers) expect((await one.sql(rows)).length).toBe(1);
    await screensEqualSql();
  }

  test('a network that is cut loses nothing, and every screen says that its link is lost', async () => {
    await survives(
      chance(),
      async () => proxy.cut(),
      async () => proxy.mend(),
    );
  }, 600_000);

  const onServer = process.env.TEST_DATABASE_URL ? test : test.skip;
  onServer(
    'a service that is killed loses nothing, and every screen says that its link is lost',
    async () => {
      const processes = await openProcesses();
      const start = async () => {
        const running = await processes.start({ DATABASE_URL: service.connection.connectionString! });
        proxy.move(Number(new URL(running.url).port));
        return running.child;
      };
      let child = await start();
      try {
        await survives(
          chance(),
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
