import type { Browser, BrowserContext, Page } from 'playwright-core';
import { language as spoken } from '../../console/words/language.ts';
import type { Caller, CountryCode } from '../../src/core/caller.ts';
import type { Database } from '../../src/db/database.ts';
import type { Sql } from '../../src/db/sql.ts';
import { tapSound } from './console.sound.ts';
import { type ConsoleLanguage, openConsole, openConsoleIn, signIn } from './console.ts';
import { as, keyOf, type TestService } from './service.ts';

/** Someone on duty in front of a browser of his own, in his language. */
export interface DutyOfficer {
  country: CountryCode;
  agency: string;
  language: ConsoleLanguage;
  key: string;
  caller: Caller;
  page: Page;
  faults: string[];
  /** So long this officer listens for an alarm. */
  patienceMs: number;
  /** The words of the catalogue as this officer reads them. */
  reads(say: () => string): string;
  /** What SQL answers to this caller. */
  sql<Row>(statement: Sql): Promise<Row[]>;
  leave(): Promise<void>;
}

/** Within this an act is on every screen, on a machine that does other work, too. */
const SOON_MS = 60_000;

/** Changes how long somebody waits. */
export function waitAtMost(officer: DutyOfficer, patienceMs = SOON_MS): void {
  officer.patienceMs = patienceMs;
  officer.page.setDefaultTimeout(patienceMs);
}

export interface Duty {
  country: CountryCode;
  agency?: string;
  language: ConsoleLanguage;
  /** Of the address that browsers use. */
  base: string;
  /** In a profile of its own, or the profile of a browser with tabs, of which those behind are hidden. */
  browser: Browser | BrowserContext;
  service: Pick<TestService, 'api'> & { db: Database };
  viewport?: { width: number; height: number };
}

async function openFor({ language, base, browser, viewport }: Duty) {
  const settings = { language, ...(viewport && { viewport }) };
  if ('newContext' in browser) return openConsole(browser, base, settings);
  await tapSound(browser);
  return openConsoleIn(browser, base, settings);
}

const ROLES = ['reader', 'reporter', 'operator', 'coordinator'];

/** A key of a duty officer, made by an admin of the country. */
async function newKey({ country, agency, service }: Duty): Promise<{ key: string; agency: string }> {
  const admin = as(keyOf(country, 'admin'));
  const { body: me } = await service.api.get('/v1/me').set(admin).expect(200);
  const { body } = await service.api
    .post('/v1/keys')
    .set(admin)
    .send({ agency: agency ?? me.agency, roles: ROLES, name: 'duty desk' })
    .expect(201);
  return { key: body.key, agency: agency ?? me.agency };
}

/** Signs in through the page, as a person does. */
export async function onDuty(duty: Duty): Promise<DutyOfficer> {
  const { country, language, service } = duty;
  const { key, agency } = await newKey(duty);
  const { page, faults, close } = await openFor(duty);
  const caller: Caller = { country, agency, roles: ROLES as Caller['roles'] };
  const officer: DutyOfficer = {
    country,
    agency,
    language,
    key,
    caller,
    page,
    faults,
    patienceMs: SOON_MS,
    reads: (say) => {
      spoken.value = language;
      return say();
    },
    sql: (statement) => service.db.query(caller, statement),
    leave: close,
  };
  await signIn(officer);
  waitAtMost(officer);
  return officer;
}
