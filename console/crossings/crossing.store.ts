import { computed, effect, signal } from '@preact/signals';
import { onChange, onReset } from '../api/live.ts';
import { read } from '../api/request.ts';
import { together } from '../api/together.ts';
import { view } from '../app/address.ts';
import { refusalText } from '../app/write.ts';
import type { CrossingRow } from './crossing.sentences.ts';

/** The crossings that match the filters, whole: with statements and the table of both sides. */
export const crossings = signal<CrossingRow[]>([]);
export const boardFailure = signal('');
export const isRead = signal(false);
/** What the service has recorded last. */
export const told = signal('');

const MOST = 100;
// states change also by the clock: hours, planned closures, ends
const AGAIN_MS = 60_000;

const filters = computed(() => {
  const { border, country, status } = view.value;
  return JSON.stringify({ border, country, state: status });
});
const isOpen = signal(false);
let turn = 0;

/** Reads the list by the filters. */
export async function refreshCrossings(): Promise<void> {
  if (!isOpen.value) return;
  const mine = ++turn;
  try {
    const { features } = await read<{ features: CrossingRow[] }>('/crossings', {
      ...JSON.parse(filters.value),
      include: 'statements',
      limit: MOST,
    });
    if (mine !== turn) return;
    crossings.value = features;
    isRead.value = true;
    boardFailure.value = '';
  } catch (error) {
    if (mine === turn) boardFailure.value = refusalText(error);
  }
}

export const refreshSoon = together(refreshCrossings, 100);

/** While the board is on the screen. */
export function openBoard(): () => void {
  isOpen.value = true;
  const timer = setInterval(refreshSoon, AGAIN_MS);
  refreshSoon();
  return () => {
    isOpen.value = false;
    clearInterval(timer);
  };
}

effect(() => {
  void filters.value;
  refreshSoon();
});
onReset(refreshSoon);
onChange(({ collection }) => {
  if (collection === 'crossings') refreshSoon();
});
