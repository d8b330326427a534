import type { CountryCode } from '../../src/core/caller.ts';
import { audienceOf, type Label } from '../../src/features/label.audience.ts';
import { me } from '../api/session.ts';
import { value } from '../words/values.ts';
import { listOf, nameIn } from '../words/words.ts';
import { said } from './report.words.ts';

/** Who sees a row with a label, in words: countries, everybody, or one agency. */
export function viewersOf(label: Label, owner: CountryCode, agency?: string): string {
  if (label.tlp === 'RED') return said.ownAgency({ agency: agency ?? nameIn(me.value?.names) });
  const viewers = audienceOf(label, owner);
  if (viewers.includes('public')) return value('viewer', 'public');
  return listOf(viewers.map((viewer) => value('viewer', viewer)));
}
