import { computed, effect, signal } from '@preact/signals';
import { onChange, onReset } from '../api/live.ts';
import { ask, read } from '../api/request.ts';
import { me } from '../api/session.ts';
import { together } from '../api/together.ts';
import { view } from '../app/address.ts';
import { refusalText } from '../app/write.ts';
import type { Consent, Zone } from './zone.answer.ts';

/** All that the page of one zone shows. */
export interface OpenZone {
  id: string;
  /** In force, or as far as the reader may see it. */
  shown: Zone;
  newest: Zone;
  /** Of the newest revision, for writing. */
  etag: string;
  /** Oldest first. */
  revisions: Zone[];
  consents: Consent[];
}

export const zones = signal<Zone[]>([]);
/** Zones whose proposed revision waits for the reader's country. */
export const waiting = signal<ReadonlySet<string>>(new Set());
export const open = signal<OpenZone | undefined>(undefined);
/** Two revisions that are drawn over each other. */
export const compared = signal<{ before: Zone; after: Zone } | undefined>(undefined);
export const failure = signal('');

const ROWS = 200;
export const openId = computed(() => view.value.item);

interface Page<T> {
  features: T[];
}

async function readList(): Promise<void> {
  const isCoordinator = me.peek()?.roles.includes('coordinator') ?? false;
  const [all, mine] = await Promise.all([
    read<Page<Zone>>('/zones', { limit: ROWS }),
    isCoordinator ? read<Page<Zone>>('/consents/waiting', { limit: ROWS }) : { features: [] },
  ]);
  zones.value = all.features;
  waiting.value = new Set(mine.features.map(({ id }) => String(id)));
}

async function readZone(id: string): Promise<void> {
  const path = `/zones/${encodeURIComponent(id)}`;
  const [shown, newest, revisions, { consents }] = await Promise.all([
    read<Zone>(path),
    ask<Zone>(path, { query: { revision: 'latest' } }),
    read<Page<Zone>>(`${path}/revisions`, { limit: ROWS }),
    read<{ consents: Consent[] }>(`${path}/consents`, { limit: ROWS }),
  ]);
  if (id !== openId.peek()) return;
  open.value = {
    id,
    shown,
    newest: newest.body,
    etag: newest.etag ?? '',
    revisions: revisions.features,
    consents,
  };
}

/** Reads what is on the screen again. */
export async function refresh(): Promise<void> {
  const id = openId.peek();
  try {
    await Promise.all([readList(), id ? readZone(id) : undefined]);
    failure.value = '';
  } catch (error) {
    if (id !== openId.peek()) return;
    open.value = undefined;
    failure.value = refusalText(error);
  }
}

const refreshSoon = together(refresh, 100);

/** Follows the selection and the changes while the part is open. Returns the way to stop. */
export function followZones(): () => void {
  const ends = [
    effect(() => {
      const id = openId.value;
      if (open.peek()?.id !== id) open.value = undefined;
      void refresh();
    }),
    onReset(() => void refresh()),
    onChange(({ collection }) => {
      if (collection === 'zones') refreshSoon();
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
