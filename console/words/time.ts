import { signal } from '@preact/signals';
import { kept, locale } from './language.ts';

/** The present, once a second. */
export const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 1_000);

const format = (at: string | number, options: Intl.DateTimeFormatOptions) =>
  kept(`time ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale.value, options)).format(
    new Date(at),
  );

/** `04:12`, in the zone of the reader's machine or in UTC. */
export const clockOf = (at: string | number, timeZone?: 'UTC') =>
  format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(timeZone && { timeZone }) });

/** Day and time of the reader's machine. */
export const momentOf = (at: string | number) =>
  format(at, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** A day, for what is long ago. */
export const dateOf = (at: string | number) =>
  format(at, { day: 'numeric', month: 'short', year: 'numeric' });

/** `2 hours ago`, `in 5 minutes`, from now. */
export function agoOf(at: string | number): string {
  const seconds = (new Date(at).getTime() - now.value) / 1000;
  const [value, unit] = largest(seconds);
  const ago = kept('ago', () => new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' }));
  return ago.format(Math.round(value), unit);
}

function largest(seconds: number): [number, Intl.RelativeTimeFormatUnit] {
  const size = Math.abs(seconds);
  if (size < 60) return [seconds, 'second'];
  if (size < 3_600) return [seconds / 60, 'minute'];
  if (size < 86_400) return [seconds / 3_600, 'hour'];
  return [seconds / 86_400, 'day'];
}
