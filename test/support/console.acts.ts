import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { said as crossingWords } from '../../console/crossings/crossing.words.ts';
import { said as incidentWords } from '../../console/incidents/incident.words.ts';
import { said as reportWords } from '../../console/report/report.words.ts';
import { said as shiftWords } from '../../console/shift/shift.words.ts';
import { said as trayWords } from '../../console/tray/tray.words.ts';
import { shell } from '../../console/words/shell.words.ts';
import { asked as draftWords } from '../../console/zones/draft.words.ts';
import { said as zoneWords } from '../../console/zones/zone.words.ts';
import { wordOf } from '../../src/core/vocabulary.ts';
import type { DutyOfficer } from './console.officers.ts';
import { button } from './console.ts';

/*
 * What officers do in the console, through roles and accessible names alone. Each answers when the service has confirmed
 * it, with the time of that.
 */

const run = promisify(execFile);

export interface ReportedIncident {
  kind: 'fire' | 'flood' | 'smuggling_fuel' | 'infrastructure';
  severity: 'minor' | 'moderate' | 'severe' | 'extreme';
  border: string;
  km: number;
  text: string;
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
    .selectOption({ label: wordOf('tlp', 'GREEN', language) });
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

export const listOfIncidents = ({ page, reads }: DutyOfficer): Locator =>
  page.getByRole('list', { name: reads(() => incidentWords.title()), exact: true });

export async function proposeStrip(
  officer: DutyOfficer,
  strip: { border: string; fromKm: number; toKm: number; names: Record<'en' | 'fr' | 'ar', string> },
): Promise<void> {
  const { page, reads, language } = officer;
  const number = (say: () => string) => page.getByRole('spinbutton', { name: reads(say) });
  const text = (say: () => string) => page.getByRole('textbox', { name: reads(say) });
  await openPart(officer, () => zoneWords.list());
  await button(officer, () => zoneWords.create()).click();
  await page
    .getByRole('combobox', { name: reads(() => draftWords.border()), exact: true })
    .selectOption({ label: wordOf('border', strip.border as 'DZA-TUN', language) });
  await number(() => draftWords.fromKm()).fill(String(strip.fromKm));
  await number(() => draftWords.toKm()).fill(String(strip.toKm));
  await text(() => draftWords.nameEn()).fill(strip.names.en);
  await text(() => draftWords.nameFr()).fill(strip.names.fr);
  await text(() => draftWords.nameAr()).fill(strip.names.ar);
  await text(() => zoneWords.purpose()).fill('Joint watch');
  await button(officer, () => draftWords.propose()).click();
  await page.getByRole('status').filter({ hasText: /\S/ }).first().waitFor();
}

/** In the in-tray. */
export async function approveInTray(officer: DutyOfficer, title: string): Promise<void> {
  const { page, reads } = officer;
  await openPart(officer, () => trayWords.title());
  const card = page.getByRole('listitem').filter({ hasText: title });
  await card.getByRole('button', { name: reads(() => trayWords.approve()) }).click();
  await card.getByRole('button', { name: reads(() => trayWords.confirm()) }).click();
  await page.getByRole('status').filter({ hasText: title }).waitFor();
}

export const crossingCard = ({ page }: DutyOfficer, name: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2, name, exact: true }) });

export async function closeCrossing(officer: DutyOfficer, name: string, reason: string): Promise<void> {
  const { page, reads, language } = officer;
  await openPart(officer, () => crossingWords.title());
  await crossingCard(officer, name)
    .getByRole('button', { name: reads(() => crossingWords.change()) })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: wordOf('crossingState', 'closed', language), exact: true }).check();
  await dialog.getByRole('textbox', { name: reads(() => crossingWords.reason()) }).fill(reason);
  await dialog.getByRole('button', { name: reads(() => crossingWords.save()) }).click();
  await dialog.waitFor({ state: 'detached' });
}

export async function openShift(officer: DutyOfficer, name: string, note: string): Promise<void> {
  const { page, reads } = officer;
  await openPart(officer, () => shiftWords.title());
  await page.getByRole('textbox', { name: reads(() => shiftWords.name()) }).fill(name);
  await button(officer, () => shiftWords.openNow()).click();
  await page.getByRole('textbox', { name: reads(() => shiftWords.note()) }).fill(note);
  await button(officer, () => shiftWords.addNote()).click();
  await page
    .getByRole('list', { name: reads(() => shiftWords.log()) })
    .getByText(note)
    .waitFor();
}

export async function offerHandover(officer: DutyOfficer): Promise<void> {
  await button(officer, () => shiftWords.offer()).click();
  await officer.page.getByText(officer.reads(() => shiftWords.otherKey())).waitFor();
}

export async function takeOver(officer: DutyOfficer, name: string): Promise<void> {
  const { page, reads } = officer;
  await page
    .getByRole('banner')
    .getByRole('button', { name: new RegExp(name) })
    .click();
  await button(officer, () => shiftWords.confirm()).click();
  await page.getByText(reads(() => shiftWords.immutable())).waitFor();
}

/** The text of the A4 sheet, without marks of direction. */
export async function printedText(officer: DutyOfficer): Promise<string> {
  const { page } = officer;
  await button(officer, () => shiftWords.print()).click();
  await page.getByRole('figure').first().waitFor({ state: 'attached' });
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-print-'));
  const file = join(folder, 'handover.pdf');
  await writeFile(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  const { stdout } = await run('pdftotext', [file, '-']);
  await rm(folder, { recursive: true });
  return stdout.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/\s+/g, ' ');
}
