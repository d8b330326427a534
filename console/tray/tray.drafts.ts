import { computed, effect, signal } from '@preact/signals';
import { me } from '../api/session.ts';
import { isRead, items } from './tray.store.ts';

/** An act that is being written, in this page alone. */
export interface Draft {
  act: string;
  title: string;
  text: string;
}

export const drafts = signal<ReadonlyMap<string, Draft>>(new Map());

export function keepDraft(key: string, draft: Draft | undefined): void {
  const kept = new Map(drafts.value);
  if (draft) kept.set(key, draft);
  else kept.delete(key);
  drafts.value = kept;
}

/** Texts about items that a colleague settled while they were written. */
export const leftDrafts = computed(() => {
  if (!isRead.value) return [];
  const waiting = new Set(items.value.map(({ key }) => key));
  return [...drafts.value].filter(([key, { text }]) => text.trim() !== '' && !waiting.has(key));
});

let writer: string | undefined;
effect(() => {
  const { agency, key } = me.value ?? {};
  const now = agency && `${agency}/${key}`;
  if (writer !== now) drafts.value = new Map();
  writer = now;
});
