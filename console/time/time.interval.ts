import { now } from '../words/time.ts';

/** Spans back from now that the time bar offers, in hours; the keys are ISO 8601 durations. */
const SPANS = { PT1H: 1, PT6H: 6, PT24H: 24, P7D: 7 * 24 } as const;
export type Span = keyof typeof SPANS;
export const SPAN_NAMES = Object.keys(SPANS) as Span[];
const isSpan = (time: string): time is Span => Object.hasOwn(SPANS, time);

const HOUR_MS = 3_600_000;
const STEP_MS = 60_000; // the start of a span moves once a minute, not with each tick

export interface Period {
  from: number;
  /** Absent: until now, and what comes. */
  to?: number;
}

/** What `time` of the address means at this moment; undefined: all times. */
export function periodOf(time: string): Period | undefined {
  if (isSpan(time)) return { from: Math.floor(now.value / STEP_MS) * STEP_MS - SPANS[time] * HOUR_MS };
  const [from, to] = time.split('/').map((end) => Date.parse(end));
  if (from === undefined || Number.isNaN(from)) return undefined;
  return { from, ...(to && { to }) };
}

/** RFC 3339 without milliseconds. */
export const instantOf = (at: number): string => new Date(at).toISOString().replace(/\.\d+/, '');

/** The same as the parameter `datetime`. */
export function intervalOf(time: string): string {
  const period = periodOf(time);
  if (!period) return '';
  return `${instantOf(period.from)}/${period.to ? instantOf(period.to) : '..'}`;
}

/** The part of a period that one bar stands for: at most 170 bars. */
export function barOf({ from, to }: Required<Period>): string {
  const hours = (to - from) / HOUR_MS;
  if (hours <= 2) return 'PT5M';
  if (hours <= 12) return 'PT15M';
  return hours <= SPANS.P7D + 1 ? 'PT1H' : hours <= 40 * 24 ? 'PT6H' : 'P1D';
}
