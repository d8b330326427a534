import { expect } from '@jest/globals';
import { type ValueOf, valuesOf, wordOf } from '../../src/core/vocabulary.ts';
import { sql } from '../../src/db/sql.ts';
import {
  alarmCard,
  lookElsewhere,
  takeAlarm,
  takenText,
  untilHeard,
  untilSilent,
  visibilityOf,
} from './console.acts.alarm.ts';
import {
  acknowledge,
  askForSupport,
  closeIncident,
  openIncident,
  previewed,
  previewRelease,
  releaseNow,
  respond,
  told,
} from './console.acts.incident.ts';
import { acceptInTray, openTray, ownRequest } from './console.acts.joint.ts';
import { type ReportedIncident, reportIncident, rowOf } from './console.acts.ts';
import type { DutyOfficer } from './console.officers.ts';
import { loudnessOf } from './console.sound.ts';
import type { Chance } from './watch.chance.ts';
import { type Crew, expectScreensEqualSql, seenBy } from './watch.screens.check.ts';

/** A neighbour whose console is behind another tab hears what was reported. */
export async function expectHeard(
  by: DutyOfficer,
  hearer: DutyOfficer,
  incident: ReportedIncident,
): Promise<void> {
  const comeBack = await lookElsewhere(hearer);
  expect(await visibilityOf(hearer.page)).toBe('hidden');
  expect(await loudnessOf(hearer.page)).toBe(0);
  await reportIncident(by, incident);
  await alarmCard(hearer, incident.kind).waitFor();
  await untilHeard(hearer);
  expect(await visibilityOf(hearer.page)).toBe('hidden');
  await comeBack();
}

/** What a colleague takes is taken on every screen of the agency, and silent. */
export async function expectTaken(
  colleague: DutyOfficer,
  hearer: DutyOfficer,
  incident: ReportedIncident,
): Promise<void> {
  const takenAt = () =>
    colleague.sql<{ at: Date | null }>(
      sql`SELECT a.acknowledged_at AS at FROM alert AS a JOIN incident AS i ON i.id = a.incident
          WHERE i.place_text = ${incident.text}`,
    );
  expect(await takenAt()).toEqual([{ at: null }]);
  await takeAlarm(colleague, alarmCard(colleague, incident.kind));
  const status = (one: DutyOfficer) => alarmCard(one, incident.kind).getByRole('status');
  for (const one of [colleague, hearer]) await status(one).waitFor();
  await untilSilent(hearer);
  const [{ at }] = (await takenAt()) as [{ at: Date }];
  const [{ names }] = (await colleague.sql<{ names: Record<string, string> }>(
    sql`SELECT a.names FROM agency AS a WHERE a.id = ${colleague.agency}`,
  )) as [{ names: Record<string, string> }];
  for (const one of [colleague, hearer])
    expect(await status(one).textContent()).toBe(
      takenText(one, names[one.language] ?? names.en!, new Date(at)),
    );
}

/** Acknowledged and answered by a neighbour, in front of whoever reported it. */
export async function expectAnswered(
  by: DutyOfficer,
  neighbour: DutyOfficer,
  { text: about }: ReportedIncident,
  { pick, text }: Chance,
): Promise<void> {
  for (const one of [by, neighbour]) await openIncident(one, about);
  await acknowledge(neighbour);
  await told(by, 'acknowledgements').waitFor();
  const kind = pick(valuesOf('responseKind'));
  const words = text();
  await respond(neighbour, { kind, text: words });
  for (const one of [by, neighbour]) {
    const response = told(one, 'responses').filter({ hasText: words });
    await response.filter({ hasText: wordOf('responseKind', kind, one.language) }).waitFor();
    expect(await answersIn(one, about)).toEqual([
      { acknowledged: neighbour.agency, responded: neighbour.agency, kind, text: words },
    ]);
    await closeIncident(one);
  }
}

const answersIn = ({ sql: ask }: DutyOfficer, about: string) =>
  ask(sql`
    SELECT a.agency AS acknowledged, r.agency AS responded, r.kind, r.text
    FROM incident AS i
    JOIN incident_acknowledgement AS a ON a.incident = i.id
    JOIN incident_response AS r ON r.incident = i.id
    WHERE i.place_text = ${about}`);

/** Support that one country asks of another, which answers in its in-tray. */
export async function expectSupport(
  by: DutyOfficer,
  of: DutyOfficer,
  { text: about }: ReportedIncident,
  { pick, text }: Chance,
): Promise<void> {
  const need = pick(valuesOf('need'));
  const request = text();
  const answer = text();
  await openIncident(by, about);
  await askForSupport(by, { need, of: of.country, text: request });
  await told(by, 'requests').filter({ hasText: request }).waitFor();
  await closeIncident(by);
  await acceptInTray(of, request, answer);
  await openTray(by);
  const asked = ownRequest(by, request).filter({ hasText: answer });
  await asked.filter({ hasText: wordOf('need', need, by.language) }).waitFor();
  for (const one of [by, of])
    expect(await requestIn(one, request)).toEqual([expectedRequest(of, need, answer)]);
}

const requestIn = ({ sql: ask }: DutyOfficer, text: string) =>
  ask(sql`SELECT r.needs, r.recipients AS to, r.state, r.answer, r.answered_by AS by FROM incident_request AS r
          WHERE r.text = ${text}`);
const expectedRequest = (of: DutyOfficer, need: ValueOf<'need'>, answer: string) => ({
  needs: [need],
  to: [of.country],
  state: 'accepted',
  answer,
  by: of.agency,
});

/** Released to one country: its officer sees it then, and not before; the third one never does. */
export async function expectReleased(
  crew: Crew,
  [by, to, third]: readonly [DutyOfficer, DutyOfficer, DutyOfficer],
  incident: ReportedIncident,
): Promise<void> {
  await reportIncident(by, { ...incident, tlp: 'AMBER+STRICT' });
  await rowOf(by, incident.text).waitFor();
  await openIncident(by, incident.text);
  const form = await previewRelease(by, to.country);
  await previewed(by, form, { viewer: to.country, isNew: true }).waitFor();
  await previewed(by, form, { viewer: third.country, isNew: false }).waitFor();
  await expectScreensEqualSql(crew.filter((one) => one !== by));
  for (const one of [to, third]) expect(await seenBy(one, incident)).toBe(0);
  await releaseNow(by, form);
  await rowOf(to, incident.text).waitFor();
  expect([await seenBy(to, incident), await seenBy(third, incident)]).toEqual([1, 0]);
  await closeIncident(by);
  await expectScreensEqualSql(crew);
}
