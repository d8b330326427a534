import { signal } from '@preact/signals';
import type { CountryCode } from '../../src/core/caller.ts';
import { onReset } from '../api/live.ts';
import { read } from '../api/request.ts';
import { value } from './values.ts';
import { nameIn } from './words.ts';

type Names = Parameters<typeof nameIn>[0];
type Named = 'agencies' | 'crossings' | 'zones';
interface NamedRow {
  id: string;
  properties: { names: Names };
}

// what may be seen differs by caller: forgotten with each sign-in
const known = signal<ReadonlyMap<string, Names>>(new Map());
const asked = new Set<string>();
onReset(() => {
  asked.clear();
  known.value = new Map();
});

/** The name of what another thing mentions by its id; the id itself until the name is read, or where it may not be seen. */
export function nameOf(collection: Named, id: string): string {
  void load(collection, id);
  return nameIn(known.value.get(`${collection}/${id}`), id);
}

/** Of an agency or of a country, as requests name their addressees. */
export const partyOf = (id: string): string =>
  COUNTRIES.includes(id as CountryCode) ? value('country', id) : nameOf('agencies', id);

export const COUNTRIES: readonly CountryCode[] = ['DZA', 'LBY', 'TUN'];

async function load(collection: Named, id: string): Promise<void> {
  const isOneByOne = collection === 'zones';
  const path = isOneByOne ? `/zones/${encodeURIComponent(id)}` : `/${collection}`;
  if (asked.has(path)) return;
  asked.add(path);
  try {
    const rows = isOneByOne
      ? [await read<NamedRow>(path)]
      : (await read<{ features: NamedRow[] }>(path, { limit: 1000 })).features;
    const added = rows.map((row): [string, Names] => [`${collection}/${row.id}`, row.properties.names]);
    known.value = new Map([...known.value, ...added]);
  } catch {
    // the id stands for it
  }
}
