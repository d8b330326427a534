import { expect } from '@jest/globals';
import { said as incidentWords } from '../../console/incidents/incident.words.ts';
import { wordOf } from '../../src/core/vocabulary.ts';
import { sql } from '../../src/db/sql.ts';
import { listOfIncidents, openPart, type ReportedIncident, reportIncident, rowOf } from './console.acts.ts';
import type { DutyOfficer } from './console.officers.ts';

export type Crew = readonly DutyOfficer[];

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
export const expectScreensEqualSql = (crew: Crew): Promise<unknown> =>
  Promise.all(crew.map(expectScreenEqualsSql));

async function expectScreenEqualsSql(officer: DutyOfficer): Promise<void> {
  await openPart(officer, () => incidentWords.title());
  const expected = await expectedRows(officer);
  const rows = listOfIncidents(officer).getByRole('listitem');
  if (expected.length > 0) await rows.nth(expected.length - 1).waitFor();
  const shown = await rows.allTextContents();
  expect(shown.length).toBe(expected.length);
  for (const [n, words] of expected.entries())
    expect(words.filter((word) => !shown[n]!.includes(word))).toEqual([]);
}

/** How many incidents with the text SQL gives the officer. */
export const seenBy = async (officer: DutyOfficer, { text }: ReportedIncident): Promise<number> => {
  const rows = await officer.sql(sql`SELECT i.id FROM incident AS i WHERE i.place_text = ${text}`);
  return rows.length;
};

/** Reported by one, on the screens of all others; answers how long that took, from 201 on. */
export async function expectReported(
  crew: Crew,
  by: DutyOfficer,
  incident: ReportedIncident,
): Promise<number[]> {
  const others = crew.filter((one) => one !== by);
  for (const one of others) await openPart(one, () => incidentWords.title());
  const at = await reportIncident(by, incident);
  const arrivals = others.map(async (one) => {
    const row = rowOf(one, incident.text);
    await row.waitFor();
    const tookMs = Date.now() - at;
    expect(await row.textContent()).toContain(wordOf('incidentKind', incident.kind, one.language));
    return tookMs;
  });
  const [, ...took] = await Promise.all([expectSaved(by, incident), ...arrivals]);
  await expectScreensEqualSql(crew);
  return took;
}

const expectSaved = async (by: DutyOfficer, incident: ReportedIncident) =>
  expect(await seenBy(by, incident)).toBe(1);
