import { signal } from '@preact/signals';
import type { InLanguages } from '../../src/core/vocabulary.ts';
import { nameIn } from '../words/words.ts';
import { read } from './request.ts';

const names = signal<ReadonlyMap<string, InLanguages>>(new Map());
const asked = new Set<string>();

/** The name of an agency in the language of the reader; its identifier until it is known. */
export function agencyName(id: string): string {
  if (!asked.has(id)) void ask(id);
  return nameIn(names.value.get(id), id);
}

async function ask(id: string): Promise<void> {
  asked.add(id);
  try {
    const { properties } = await read<{ properties: { names: InLanguages } }>(
      `/agencies/${encodeURIComponent(id)}`,
    );
    names.value = new Map(names.peek()).set(id, properties.names);
  } catch {
    asked.delete(id);
  }
}
