import type { Locator } from 'playwright-core';
import { said as alarmWords } from '../../console/alarms/alarm.words.ts';
import { type ValueOf, wordOf } from '../../src/core/vocabulary.ts';
import { cardsOf } from './console.alarms.ts';
import type { DutyOfficer } from './console.officers.ts';
import { loudnessOf } from './console.sound.ts';
import { eventually } from './eventually.ts';

/** Until the header says that alarms would sound. */
export const untilArmed = ({ page, reads }: DutyOfficer): Promise<void> =>
  page.getByText(reads(() => alarmWords.armed())).waitFor();

/** Turns to another tab of the same window. Answers the way back. */
export async function lookElsewhere({ page }: DutyOfficer): Promise<() => Promise<void>> {
  const other = await page.context().newPage();
  await other.goto('about:blank');
  await other.bringToFront();
  await eventually(async () => (await visibilityOf(page)) === 'hidden');
  return async () => {
    await page.bringToFront();
    await other.close();
  };
}

export const visibilityOf = (page: DutyOfficer['page']): Promise<string> =>
  page.evaluate(() => document.visibilityState);

export const untilHeard = ({ page, patienceMs }: DutyOfficer): Promise<void> =>
  eventually(async () => (await loudnessOf(page)) > 0, patienceMs);

export const untilSilent = ({ page, patienceMs }: DutyOfficer): Promise<void> =>
  eventually(async () => (await loudnessOf(page)) === 0, patienceMs);

/** The card of the alarm about the incident of a kind. */
export const alarmCard = ({ page, reads, language }: DutyOfficer, kind: ValueOf<'incidentKind'>): Locator =>
  cardsOf(
    page,
    reads(() => alarmWords.title()),
  ).filter({ hasText: wordOf('incidentKind', kind, language) });

export const takeAlarm = ({ reads }: DutyOfficer, card: Locator): Promise<void> =>
  card.getByRole('button', { name: reads(() => alarmWords.take()), exact: true }).click();

/** What the card says once the agency has taken the alarm. */
export const takenText = ({ reads }: DutyOfficer, agency: string, at: Date): string =>
  reads(() => alarmWords.taken({ agency, time: at.toTimeString().slice(0, 5) }));
