import { expect } from '@jest/globals';
import { said as crossingWords } from '../../console/crossings/crossing.words.ts';
import { sql } from '../../src/db/sql.ts';
import { approveInTray, closeCrossing, crossingCard, proposeStrip } from './console.acts.joint.ts';
import { offerHandover, openShift, printedText, takeOver } from './console.acts.shift.ts';
import { openPart } from './console.acts.ts';
import type { DutyOfficer } from './console.officers.ts';
import type { Chance } from './watch.chance.ts';
import type { Crew } from './watch.screens.check.ts';

const consentsOf = (officer: DutyOfficer, name: string) =>
  officer.sql<{ country: string; decision: string }>(
    sql`SELECT c.country, c.decision FROM zone_consent AS c JOIN zone AS z ON z.id = c.zone
        WHERE z.names ->> 'en' = ${name} ORDER BY c.country`,
  );

/** A strip on the border of two of the officers, proposed by one and approved by both. */
export async function expectAgreed(by: DutyOfficer, with_: DutyOfficer, { text }: Chance): Promise<void> {
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
export async function expectClosed(crew: Crew, by: DutyOfficer, { pick, text }: Chance): Promise<void> {
  const own = await by.sql<{ id: string; names: Record<string, string> }>(
    sql`SELECT c.id, c.names FROM crossing AS c WHERE c.border LIKE ${`%${by.country}%`} ORDER BY c.id`,
  );
  const { id, names } = pick(own);
  const reason = text();
  const nameFor = ({ language }: DutyOfficer) => names[language] ?? names.en!;
  for (const one of crew) if (one !== by) await openPart(one, () => crossingWords.title());
  await closeCrossing(by, nameFor(by), reason);
  for (const one of crew) {
    await crossingCard(one, nameFor(one)).getByText(reason).first().waitFor();
    const stated = await one.sql(
      sql`SELECT s.state, s.reason FROM crossing_status AS s WHERE s.crossing = ${id} AND s.country = ${by.country}
          ORDER BY s.recorded_at DESC LIMIT 1`,
    );
    expect(stated).toEqual([{ state: 'closed', reason }]);
  }
}

/** A shift is handed over to a colleague, and its print holds the note and every open item. */
export async function expectHandedOver(
  by: DutyOfficer,
  colleague: DutyOfficer,
  { text }: Chance,
): Promise<void> {
  const name = `Post ${text().replace(/\D/g, '')}`;
  const note = text();
  await openShift(by, name, note);
  await offerHandover(by);
  await takeOver(colleague, name);
  const [shift] = await by.sql<{ state: string; items: string[] }>(
    sql`SELECT s.state, ARRAY(SELECT i.id::text FROM shift_item AS i WHERE i.shift = s.id) AS items
        FROM shift AS s WHERE s.name = ${name}`,
  );
  expect(shift!.state).toBe('closed');
  expect(shift!.items.length).toBeGreaterThan(0);
  const print = await printedText(colleague);
  for (const one of [name, note, ...shift!.items]) expect(print).toContain(one);
}
