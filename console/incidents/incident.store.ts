import { computed, effect, signal } from '@preact/signals';
import type { z } from 'zod';
import type { IncidentCollection, IncidentInList } from '../../src/features/incidents/incident.answer.ts';
import { onChange, onReset } from '../api/live.ts';
import { read } from '../api/request.ts';
import { together } from '../api/together.ts';
import { type View, view } from '../app/address.ts';
import { refusalText } from '../app/write.ts';
import { intervalOf } from '../time/time.interval.ts';

export type IncidentRow = z.output<typeof IncidentInList>;
type Page = z.output<typeof IncidentCollection>;

/** Rows of the list, newest first: never more than a page, so that the document stays small. */
export const incidents = signal<IncidentRow[]>([]);
export const hasMore = signal(false);
export const listFailure = signal('');
/** The incident under the pointer, in the list or on the map: the other one shows it, too. */
export const pointedAt = signal('');

const ROWS = 100;
let reading: AbortController | undefined;

const filters = computed(() => JSON.stringify(queryOf(view.value)));

/** The filters of the address as parameters of `GET /v1/incidents`. */
export function queryOf({ kind, severity, state, country, text, time }: View): Record<string, string> {
  return { kind, severity, state, country, q: text, datetime: intervalOf(time) };
}

async function refresh(): Promise<void> {
  reading?.abort();
  reading = new AbortController();
  const { signal: aborted } = reading;
  try {
    const page = await read<Page>('/incidents', { ...JSON.parse(filters.value), limit: ROWS }, aborted);
    incidents.value = page.features;
    hasMore.value = page.links.some(({ rel }) => rel === 'next');
    listFailure.value = '';
  } catch (error) {
    if (!aborted.aborted) listFailure.value = refusalText(error);
  }
}

const refreshSoon = together(refresh);

effect(() => {
  void filters.value;
  void refresh();
});
onReset(() => void refresh());
onChange(({ collection }) => {
  if (collection === 'incidents') refreshSoon();
});
