import { now } from '../words/time.ts';

/** Spans back from now that the time bar offers, as ISO 8601 durations. */
export const SPANS = { PT1H: 1, PT6H: 6, PT24H: 24, P7D: 7 * 24 } as const; // hours
export type Span = keyof typeof SPANS;
export const isSpan = (time: string): time is Span => time in SPANS;

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

/** The same as the parameter `datetime`. */
export function intervalOf(time: string): string {
  const period = periodOf(time);
  if (!period) return '';
  const text = (at: number) => new Date(at).toISOString().replace('.000', '');
  return `${text(period.from)}/${period.to ? text(period.to) : '..'}`;
}
