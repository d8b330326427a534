import { computed, effect, signal } from '@preact/signals';
import { onChange, onReset } from '../api/live.ts';
import { read } from '../api/request.ts';
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

const whole = new Map<string, CrossingRow>();
const filters = computed(() => {
  const { border, country, status } = view.value;
  return JSON.stringify({ border, country, state: status });
});
const isOpen = signal(false);
let turn = 0;
let forgettings = 0;

/** Reads the list by the filters, and those crossings of it that are not known as they are now. */
export async function refreshCrossings(): Promise<void> {
  if (!isOpen.value) return;
  const mine = ++turn;
  try {
    const page = await read<{ features: { id: string }[] }>('/crossings', {
      ...JSON.parse(filters.value),
      limit: MOST,
    });
    const rows = await Promise.all(page.features.map(({ id }) => readWhole(id)));
    if (mine !== turn) return;
    crossings.value = rows;
    isRead.value = true;
    boardFailure.value = '';
  } catch (error) {
    if (mine === turn) boardFailure.value = refusalText(error);
  }
}

async function readWhole(id: string): Promise<CrossingRow> {
  const known = whole.get(id);
  if (known) return known;
  const before = forgettings;
  const row = await read<CrossingRow>(`/crossings/${id}`);
  // changed meanwhile: the next reading asks again
  if (before === forgettings) whole.set(id, row);
  return row;
}

/** One of them has changed, or all may have. */
export function forget(id?: string): void {
  forgettings += 1;
  if (id) whole.delete(id);
  else whole.clear();
  refreshSoon();
}

let isDue = false;
function refreshSoon(): void {
  if (isDue) return;
  isDue = true;
  setTimeout(() => {
    isDue = false;
    void refreshCrossings();
  }, 100);
}

/** While the board is on the screen. */
export function openBoard(): () => void {
  isOpen.value = true;
  const timer = setInterval(() => forget(), AGAIN_MS);
  forget();
  return () => {
    isOpen.value = false;
    clearInterval(timer);
  };
}

effect(() => {
  void filters.value;
  refreshSoon();
});
onReset(() => forget());
onChange(({ collection, id }) => {
  if (collection === 'crossings') forget(id);
});
