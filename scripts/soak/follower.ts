import { labelOf, maySee } from './labels.ts';
import type { Agent } from './world.ts';

export interface Entry {
  collection: string;
  id: string;
  op: 'upsert' | 'remove';
  at: string;
  feature?: { properties: Record<string, string | null> & { revision?: number } } | null;
}

/** A system that keeps a copy of everything that it may see. */
export interface Follower {
  reader: Agent;
  way: 'feed' | 'stream';
  /** Where it continues. */
  cursor: string;
  /** Revisions by collection and id. */
  copy: Map<string, unknown>;
  /** Numbers of the entries (`numbers`), in order of arrival. */
  entries: number[];
  /** Each a sentence. */
  faults: string[];
  /** Number of reconnects. */
  breaks: number;
  heard: Set<number>;
}

export const follower = (reader: Agent, way: Follower['way']): Follower => ({
  reader,
  way,
  cursor: '',
  copy: new Map(),
  entries: [],
  faults: [],
  breaks: 0,
  heard: new Set(),
});

/** One number per transaction and feature, the same for all followers. */
export const numberOf = (() => {
  const numbers = new Map<string, number>();
  return ({ collection, id, at }: Pick<Entry, 'collection' | 'id' | 'at'>): number => {
    const key = `${collection}/${id}@${at}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
})();

/** Applies an entry to the copy, and records faults. */
export function take(one: Follower, entry: Entry): void {
  const { collection, id, op, feature } = entry;
  const number = numberOf(entry);
  const key = `${collection}/${id}`;
  const say = (fault: string) => one.faults.push(`${one.reader.name} by ${one.way}: ${key} ${fault}`);
  if (one.heard.has(number)) say(`came twice (${entry.at})`);
  one.heard.add(number);
  one.entries.push(number);
  if (op === 'remove' || !feature) {
    one.copy.delete(key);
    return;
  }
  if (!maySee(one.reader, labelOf(feature.properties))) say(`leaked: ${JSON.stringify(feature.properties)}`);
  const before = one.copy.get(key);
  const { revision } = feature.properties;
  if (typeof before === 'number' && before > revision!) say(`came as revision ${revision} behind ${before}`);
  one.copy.set(key, revision);
}

export const LAYERS = ['incidents', 'zones'];
