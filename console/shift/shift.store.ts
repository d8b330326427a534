import { computed, effect, signal } from '@preact/signals';
import type { z } from 'zod';
import type * as schema from '../../src/features/shifts/shift.schema.ts';
import { onChange, onReset } from '../api/live.ts';
import { ask, read } from '../api/request.ts';
import { me } from '../api/session.ts';
import { together } from '../api/together.ts';
import { show, view } from '../app/address.ts';
import { refusalText } from '../app/write.ts';
import { readAll } from './read.pages.ts';

export type Shift = z.output<typeof schema.Shift>;
export type Entry = z.output<typeof schema.Entry>;
export type Handover = z.output<typeof schema.Handover>;

/** One shift with all that belongs to it. */
export interface WholeShift {
  shift: Shift;
  entries: Entry[];
  /** null: nothing is offered. */
  handover: Handover | null;
}

export const PART = 'shift';
const CLOSED_ROWS = 20;

/** Of the own agency: those that run, and the newest that were handed over. */
export const current = signal<Shift[]>([]);
export const closed = signal<Shift[]>([]);
export const shiftFailure = signal('');
/** The shift that is shown; undefined: none, or not read yet. */
export const shown = signal<WholeShift | undefined>(undefined);

export const chosen = computed(() => (view.value.part === PART ? view.value.item : ''));

export const choose = (id: string): void => show({ part: PART, item: id }, { isStep: true });

/** The end of a key, enough to compare with the sheet at the desk. */
export const shortKey = (by: string | null): string => by?.slice(-8) ?? '–';

export const isMine = ({ agency }: Shift): boolean => agency === me.value?.agency;

export async function refreshList(): Promise<void> {
  if (!me.value) {
    current.value = [];
    closed.value = [];
    return;
  }
  const { agency } = me.value;
  const list = async (state: string, limit: number) =>
    (await read<{ shifts: Shift[] }>('/shifts', { agency, state, limit })).shifts;
  try {
    [current.value, closed.value] = await Promise.all([
      list('open,offered', 100),
      list('closed', CLOSED_ROWS),
    ]);
    shiftFailure.value = '';
  } catch (error) {
    shiftFailure.value = refusalText(error);
  }
}

export async function readShift(id: string): Promise<WholeShift> {
  const [shift, entries] = await Promise.all([
    read<Shift>(`/shifts/${id}`),
    readAll<Entry>(`/shifts/${id}/entries`, 'entries'),
  ]);
  return {
    shift,
    entries,
    handover: shift.state === 'open' ? null : await read<Handover>(`/shifts/${id}/handover`),
  };
}

let readings = 0;
export async function refreshShown(): Promise<void> {
  const id = chosen.value;
  const reading = ++readings;
  if (!id || !me.value) {
    shown.value = undefined;
    return;
  }
  try {
    const whole = await readShift(id);
    if (reading !== readings) return;
    shown.value = whole;
    shiftFailure.value = '';
  } catch (error) {
    if (reading === readings) shiftFailure.value = refusalText(error);
  }
}

const refreshBoth = () => Promise.all([refreshList(), refreshShown()]);

export async function openShift(place: z.input<typeof schema.NewShift>['place']): Promise<void> {
  const { body } = await ask<Shift>('/shifts', { method: 'POST', body: { place } });
  await refreshList();
  choose(body.id);
}

export async function addNote(shift: string, text: string): Promise<void> {
  await ask(`/shifts/${shift}/entries`, { method: 'POST', body: { text } });
  await refreshShown();
}

export async function offer(shift: string, remark: string): Promise<void> {
  await ask(`/shifts/${shift}/handover`, { method: 'POST', body: remark === '' ? {} : { remark } });
  await refreshBoth();
}

export async function withdraw(shift: string): Promise<void> {
  await ask(`/shifts/${shift}/handover`, { method: 'DELETE' });
  await refreshBoth();
}

/** For the offer that was read: another one has another number. */
export async function confirm({ shift, offer }: Handover): Promise<void> {
  await ask(`/shifts/${shift}/handover/confirmation`, { method: 'POST', body: { offer } });
  await refreshBoth();
}

// an act is an entry once it is sealed, within a second
const SEALED_AFTER_MS = 1_500;
const refreshSoon = together(refreshBoth, 100);

effect(() => {
  void chosen.value;
  shown.value = undefined;
  void refreshShown();
});
onReset(() => void refreshBoth());
onChange(({ collection }) => {
  if (collection === 'shifts' || collection === 'shift-notes') refreshSoon();
  else if (shown.peek()?.shift.state === 'open') setTimeout(refreshSoon, SEALED_AFTER_MS);
});
