import { value, within } from '../words/values.ts';
import { nameIn } from '../words/words.ts';
import type { TrayItem } from './tray.store.ts';
import { said } from './tray.words.ts';

/** What an item is, where its facts have no place. */
export function titleOf(item: TrayItem): string {
  if (item.kind === 'zone') return nameIn(item.row.properties.names, item.row.id);
  if (item.kind === 'proposal') return value('proposalSubject', item.row.subjectType);
  if (item.kind === 'request') return item.row.text;
  if (item.kind === 'reaction') return value('reactionKind', item.row.kind);
  const { level, segment } = item.row;
  return said.levelOf({ level: within('impactLevel', level), id: segment });
}
