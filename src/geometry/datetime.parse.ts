import { z } from 'zod';
import { issue } from '../core/catalogue.ts';
import { excerpt } from '../core/messages/message.ts';
import { addDuration } from './duration.parse.ts';
import { readDateTime, readDay } from './instant.schema.ts';

/** A closed interval; a missing end is open. */
export interface Interval {
  from?: Date;
  to?: Date;
}

const LAST_MILLISECOND = 24 * 3600 * 1000 - 1; // of a day

/** The query parameter `datetime`, OGC API – Features 1.0.1 §7.15.4, plus durations, which OGC's test suite uses. */
export const DatetimeInterval = z
  .string({
    error: ({ input }) =>
      input === undefined ? issue('required') : issue('datetime-not-text', { value: excerpt(input) }),
  })
  .transform((text, ctx): Interval => {
    const interval = readInterval(text);
    if (typeof interval !== 'string') return interval;
    ctx.addIssue({ code: 'custom', message: interval });
    return z.NEVER;
  })
  .meta({
    description:
      'An RFC 3339 instant, a date (the whole day in UTC), or an interval of two of them with both ends; ' +
      '`..` or nothing is open; a duration may end it.',
    pattern: '^[-0-9TZ:.+/PYMWDHStz]+$',
    example: '2026-01-01T00:00:00Z/..',
  });

/** An interval, or the sentence with its fault. */
function readInterval(text: string): Interval | string {
  const ends = text.split('/', 3);
  const [first, last] = [ends[0]!, ends.at(-1)!];
  if (ends.length > 2 || (ends.length === 1 && isOpen(text)))
    return issue('datetime-form', { value: excerpt(text) });
  const [from, to] = [startOf(first), endOf(last, startOf(first))];
  const bad = [from || isOpen(first) ? undefined : first, to || isOpen(last) ? undefined : last];
  if (bad.some((end) => end !== undefined))
    return issue('datetime-form', { value: excerpt(bad[0] ?? bad[1]!) });
  if (from && to && from > to)
    return issue('datetime-backwards', { from: excerpt(first), to: excerpt(last) });
  return { ...(from && { from }), ...(to && { to }) };
}

const isOpen = (end: string): boolean => end === '' || end === '..';

const startOf = (end: string): Date | undefined => readDay(end) ?? readDateTime(end);

function endOf(end: string, from: Date | undefined): Date | undefined {
  const day = readDay(end);
  if (day) return new Date(day.getTime() + LAST_MILLISECOND);
  return readDateTime(end) ?? (from && addDuration(from, end));
}
