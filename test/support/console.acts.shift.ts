import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { said as shiftWords } from '../../console/shift/shift.words.ts';
import { openPart } from './console.acts.ts';
import type { DutyOfficer } from './console.officers.ts';
import { button } from './console.ts';

const run = promisify(execFile);

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
  const { page, reads } = officer;
  await button(officer, () => shiftWords.print()).click();
  const sheet = page.getByRole('article', { includeHidden: true });
  await sheet.filter({ hasText: reads(() => shiftWords.sheetTitle()) }).waitFor({ state: 'attached' });
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-print-'));
  const file = join(folder, 'handover.pdf');
  await writeFile(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  const { stdout } = await run('pdftotext', [file, '-']);
  await rm(folder, { recursive: true });
  return stdout.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/\s+/g, ' ');
}
