import { computed, effect, signal } from '@preact/signals';
import type { z } from 'zod';
import type { IncidentCounts } from '../../src/features/incidents/count.schema.ts';
import { onChange, onReset } from '../api/live.ts';
import { read } from '../api/request.ts';
import { together } from '../api/together.ts';
import { show, view } from '../app/address.ts';
import { queryOf } from '../incidents/incident.store.ts';
import { now } from '../words/time.ts';
import { barOf, instantOf, type Period, periodOf } from './time.interval.ts';

/** How many incidents began in each part of the period; undefined: not known yet. */
export const counts = signal<z.output<typeof IncidentCounts> | undefined>(undefined);

interface Replay extends Required<Period> {
  /** Up to when incidents are shown. */
  at: number;
  isPlaying: boolean;
  /** What the address had before. */
  before: string;
}
export const replay = signal<Replay | undefined>(undefined);

const MINUTE_MS = 60_000;
/** Where no time is chosen, the bars are those of a week. */
const USUAL = 'P7D';

/** The period of the bars. In a replay it is the whole period, whatever is shown of it. */
export const barPeriod = computed((): Required<Period> => {
  if (replay.value) return { from: replay.value.from, to: replay.value.to };
  const { from, to } = periodOf(view.value.time) ?? periodOf(USUAL)!;
  return { from, to: Math.max(to ?? Math.floor(now.value / MINUTE_MS + 1) * MINUTE_MS, from + MINUTE_MS) };
});

const question = computed(() => {
  const { datetime: _, ...filters } = queryOf(view.value);
  const { from, to } = barPeriod.value;
  const datetime = `${instantOf(from)}/${instantOf(to)}`;
  return JSON.stringify({ ...filters, datetime, interval: barOf({ from, to }) });
});

let reading: AbortController | undefined;
async function refresh(): Promise<void> {
  reading?.abort();
  reading = new AbortController();
  const { signal: aborted } = reading;
  const found = await read<z.output<typeof IncidentCounts>>(
    '/incidents/counts',
    JSON.parse(question.peek()),
    aborted,
  ).catch(() => undefined);
  if (!aborted.aborted) counts.value = found;
}

const TOGETHER_MS = 1_000;
/** Keeps the bars in step with filters, changes and the clock. Returns the way to stop. */
export function keepCounts(): () => void {
  const refreshSoon = together(refresh, TOGETHER_MS);
  const ends = [
    effect(() => {
      void question.value;
      void refresh();
    }),
    onReset(() => void refresh()),
    onChange(({ collection }) => {
      if (collection === 'incidents') refreshSoon();
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

const STEPS = 60;
const STEP_MS = 1_000;

/** Shows the period of the bars again from its beginning. */
export function beginReplay(): void {
  const { from, to } = barPeriod.peek();
  replay.value = { from, to, at: from, isPlaying: true, before: view.peek().time };
  showUntil(from + (to - from) / STEPS);
}

export function showUntil(at: number): void {
  const shown = replay.peek();
  if (!shown) return;
  const until = Math.min(at, shown.to);
  replay.value = { ...shown, at: until, isPlaying: shown.isPlaying && until < shown.to };
  show({ time: `${instantOf(shown.from)}/${instantOf(until)}` });
}

export function turnReplay(isPlaying: boolean): void {
  const shown = replay.peek();
  if (!shown) return;
  const isOver = isPlaying && shown.at >= shown.to;
  replay.value = { ...shown, isPlaying, at: isOver ? shown.from : shown.at };
}

export function endReplay(): void {
  const before = replay.peek()?.before ?? '';
  replay.value = undefined;
  show({ time: before });
}

const isPlaying = computed(() => replay.value?.isPlaying ?? false);
/** Moves a replay on, a sixtieth of its period a second. Returns the way to stop. */
export const keepReplay = (): (() => void) =>
  effect(() => {
    if (!isPlaying.value) return undefined;
    const timer = setInterval(() => {
      const { at, from, to } = replay.peek()!;
      showUntil(at + (to - from) / STEPS);
    }, STEP_MS);
    return () => clearInterval(timer);
  });
