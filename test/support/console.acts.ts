import type { Locator } from 'playwright-core';
import { said as incidentWords } from '../../console/incidents/incident.words.ts';
import { said as reportWords } from '../../console/report/report.words.ts';
import { shell } from '../../console/words/shell.words.ts';
import { wordOf } from '../../src/core/vocabulary.ts';
import type { DutyOfficer } from './console.officers.ts';
import { button } from './console.ts';

/*
 * What officers do in the console, through roles and accessible names alone. Each answers when the service has confirmed
 * it, with the time of that.
 */

export interface ReportedIncident {
  kind: 'fire' | 'flood' | 'smuggling_fuel' | 'infrastructure';
  severity: 'minor' | 'moderate' | 'severe' | 'extreme';
  border: string;
  km: number;
  text: string;
  /** Default: the three countries. */
  tlp?: 'AMBER+STRICT';
}

const KM = { en: 'km', fr: 'PK', ar: 'كم' };

/** Opens a part of the console by its tab, which may count what waits. */
export async function openPart(officer: DutyOfficer, title: () => string): Promise<void> {
  const { page, reads } = officer;
  const parts = page.getByRole('navigation', { name: reads(() => shell.parts()) });
  const tab = parts.getByRole('button', { name: new RegExp(`^${reads(title)}`) });
  await tab.click();
}

export async function reportIncident(officer: DutyOfficer, incident: ReportedIncident): Promise<number> {
  const { page, reads, language } = officer;
  await button(officer, () => reportWords.open()).click();
  const form = page.getByRole('form', { name: reads(() => reportWords.title()) });
  const place = form.getByRole('textbox', { name: reads(() => reportWords.place()), exact: true });
  await place.fill(`${KM[language]} ${incident.km} ${incident.border}`);
  await form
    .getByRole('region', { name: reads(() => reportWords.where()) })
    .getByText(reads(() => reportWords.crossing()))
    .waitFor();
  const choose = (name: string) => form.getByRole('radio', { name, exact: true }).check();
  await choose(wordOf('incidentKind', incident.kind, language));
  await choose(wordOf('severity', incident.severity, language));
  await form
    .getByRole('combobox', { name: reads(() => reportWords.label()) })
    .selectOption({ label: wordOf('tlp', incident.tlp ?? 'GREEN', language) });
  const text = form.getByRole('textbox', { name: reads(() => reportWords.placeText()) });
  if (!(await text.isVisible())) await form.getByText(reads(() => reportWords.optional())).click();
  await text.fill(incident.text);
  const confirmed = page.waitForResponse(
    (answer) => answer.request().method() === 'PUT' && answer.status() === 201,
  );
  await form.getByRole('button', { name: reads(() => reportWords.send()) }).click();
  await confirmed;
  return Date.now();
}

/** The row of an incident in the list, by its text. */
export const rowOf = (officer: DutyOfficer, text: string): Locator =>
  listOfIncidents(officer).getByRole('listitem').filter({ hasText: text });

export const listOfIncidents = ({ page, reads }: DutyOfficer): Locator =>
  page.getByRole('list', { name: reads(() => incidentWords.title()), exact: true });
