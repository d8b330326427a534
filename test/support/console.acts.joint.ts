import type { Locator } from 'playwright-core';
import { said as crossingWords } from '../../console/crossings/crossing.words.ts';
import { said as trayWords } from '../../console/tray/tray.words.ts';
import { asked as draftWords } from '../../console/zones/draft.words.ts';
import { said as zoneWords } from '../../console/zones/zone.words.ts';
import { wordOf } from '../../src/core/vocabulary.ts';
import { openPart } from './console.acts.ts';
import type { DutyOfficer } from './console.officers.ts';
import { button } from './console.ts';

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

export const approveInTray = (officer: DutyOfficer, title: string): Promise<void> =>
  decideInTray(officer, title, () => trayWords.approve());

export const acceptInTray = (officer: DutyOfficer, title: string, answer: string): Promise<void> =>
  decideInTray(officer, title, () => trayWords.accept(), answer);

async function decideInTray(
  officer: DutyOfficer,
  title: string,
  act: () => string,
  text?: string,
): Promise<void> {
  const { page, reads } = officer;
  await openPart(officer, () => trayWords.title());
  const card = page.getByRole('listitem').filter({ hasText: title });
  await card.getByRole('button', { name: reads(act), exact: true }).click();
  if (text) await card.getByRole('textbox').fill(text);
  await card.getByRole('button', { name: reads(() => trayWords.confirm()) }).click();
  await page.getByRole('status').filter({ hasText: title }).waitFor();
}

/** A request of the own agency, in the in-tray. */
export const ownRequest = ({ page, reads }: DutyOfficer, text: string): Locator =>
  page
    .getByRole('list', { name: reads(() => trayWords.asked()) })
    .getByRole('listitem')
    .filter({ hasText: text });

export const openTray = (officer: DutyOfficer): Promise<void> => openPart(officer, () => trayWords.title());

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
