import type { Locator } from 'playwright-core';
import { said as detailWords } from '../../console/incidents/detail.words.ts';
import { said as incidentWords } from '../../console/incidents/incident.words.ts';
import { shell } from '../../console/words/shell.words.ts';
import type { CountryCode } from '../../src/core/caller.ts';
import { type ValueOf, wordOf } from '../../src/core/vocabulary.ts';
import { openPart, rowOf } from './console.acts.ts';
import type { DutyOfficer } from './console.officers.ts';

const detail = ({ page, reads }: DutyOfficer): Locator =>
  page.getByRole('complementary', { name: reads(() => detailWords.title()) });

/** From its row in the list. */
export async function openIncident(officer: DutyOfficer, text: string): Promise<void> {
  await openPart(officer, () => incidentWords.title());
  const row = rowOf(officer, text).getByRole('button');
  // whoever reported it has it open
  if ((await row.getAttribute('aria-pressed')) === 'false') await row.click();
  await detail(officer).getByText(text, { exact: true }).waitFor();
}

export const closeIncident = (officer: DutyOfficer): Promise<void> =>
  detail(officer)
    .getByRole('button', { name: officer.reads(() => shell.close()), exact: true })
    .click();

/** The acknowledgements, responses or requests that the open incident lists. */
export const told = (officer: DutyOfficer, list: 'acknowledgements' | 'responses' | 'requests'): Locator =>
  detail(officer)
    .getByRole('list', { name: officer.reads(() => detailWords[list]()), exact: true })
    .getByRole('listitem');

const press = ({ reads }: DutyOfficer, within: Locator, say: () => string): Promise<void> =>
  within.getByRole('button', { name: reads(say), exact: true }).click();

async function openForm(officer: DutyOfficer, name: 'respond' | 'request' | 'release'): Promise<Locator> {
  await press(officer, detail(officer), () => detailWords[name]());
  return officer.page.getByRole('dialog', { name: officer.reads(() => detailWords[name]()) });
}

/** The incident that is open; so do the acts below. */
export async function acknowledge(officer: DutyOfficer): Promise<void> {
  const acknowledging = () => detailWords.acknowledge();
  await press(officer, detail(officer), acknowledging);
  const { reads } = officer;
  await detail(officer)
    .getByRole('button', { name: reads(acknowledging), exact: true })
    .waitFor({ state: 'detached' });
}

export async function respond(
  officer: DutyOfficer,
  { kind, text }: { kind: ValueOf<'responseKind'>; text: string },
): Promise<void> {
  const { reads, language } = officer;
  const form = await openForm(officer, 'respond');
  await form
    .getByRole('combobox', { name: reads(() => detailWords.kind()) })
    .selectOption({ label: wordOf('responseKind', kind, language) });
  await form.getByRole('textbox', { name: reads(() => detailWords.text()) }).fill(text);
  await press(officer, form, () => detailWords.save());
  await form.waitFor({ state: 'detached' });
}

export async function askForSupport(
  officer: DutyOfficer,
  { need, of, text }: { need: ValueOf<'need'>; of: CountryCode; text: string },
): Promise<void> {
  const { reads, language } = officer;
  const form = await openForm(officer, 'request');
  const check = (name: string) => form.getByRole('checkbox', { name, exact: true }).check();
  await form
    .getByRole('combobox', { name: reads(() => detailWords.kind()) })
    .selectOption({ label: wordOf('requestKind', 'support', language) });
  await check(wordOf('need', need, language));
  await check(wordOf('country', of, language));
  await form.getByRole('textbox', { name: reads(() => detailWords.text()) }).fill(text);
  await press(officer, form, () => detailWords.sendRequest());
  await form.waitFor({ state: 'detached' });
}

/** Up to the preview of who would see it. Answers its dialog. */
export async function previewRelease(officer: DutyOfficer, to: CountryCode): Promise<Locator> {
  const { language } = officer;
  const form = await openForm(officer, 'release');
  await form.getByRole('combobox').selectOption({ label: wordOf('tlp', 'AMBER', language) });
  await form.getByRole('checkbox', { name: wordOf('country', to, language), exact: true }).check();
  await press(officer, form, () => detailWords.preview());
  await form.getByRole('table').waitFor();
  return form;
}

/** What the preview says of a viewer: who it is, whether it sees the incident now, and then. */
export const previewed = (
  { reads, language }: DutyOfficer,
  form: Locator,
  { viewer, isNew }: { viewer: CountryCode; isNew: boolean },
): Locator => {
  const sees = (does: boolean) => reads(() => (does ? detailWords.sees() : detailWords.seesNot()));
  const name = `${wordOf('viewer', viewer, language)} ${sees(false)} ${sees(isNew)}`;
  return form.getByRole('row', { name, exact: true });
};

export async function releaseNow(officer: DutyOfficer, form: Locator): Promise<void> {
  await press(officer, form, () => detailWords.releaseNow());
  await form.waitFor({ state: 'detached' });
}
