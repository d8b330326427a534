import { z } from 'zod';
import { issue } from '../core/catalogue.ts';
import { excerpt } from '../core/messages/message.ts';

const DATE_TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const LONGEST_TEXT = 64; // characters
const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

const example = '2026-01-31T12:00:00Z';

/** An RFC 3339 §5.6 date-time; undefined if the text is malformed or the time does not exist. */
export function readDateTime(text: string): Date | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  const [, day, minute, second, fraction = '', offset] =
    DATE_TIME.exec(restorePlus(text).toUpperCase()) ?? [];
  const isLeap = second === '60';
  const iso = `${day}T${minute}:${isLeap ? '59' : second}${fraction}${offset}`;
  if (!z.iso.datetime({ offset: true }).safeParse(iso).success) return undefined;

  const instant = new Date(Date.parse(iso) + (isLeap ? 1000 : 0));
  const isMidnight = instant.getUTCHours() === 0 && instant.getUTCMinutes() === 0;
  // leap seconds exist only at the end of a UTC day
  return isLeap && !isMidnight ? undefined : withinYears(instant);
}

/** The first instant of a full date, in UTC. */
export function readDay(text: string): Date | undefined {
  return DAY.test(text) && z.iso.date().safeParse(text).success ? withinYears(new Date(text)) : undefined;
}

const readDateOrTime = (text: string): Date | undefined => readDay(text) ?? readDateTime(text);

/** RFC 3339 in UTC, without zero milliseconds. */
export const toInstant = (date: Date): string => date.toISOString().replace('.000Z', 'Z');

/** A date-time with an offset, normalised to UTC. */
export const Instant = instantSchema(readDateTime, { isDayAllowed: false }).meta({
  description: 'RFC 3339 date-time with an offset; answers are in UTC.',
  format: 'date-time',
  example,
});

/** An Instant, or a full date, which means midnight UTC. */
export const DateOrInstant = instantSchema(readDateOrTime, { isDayAllowed: true }).meta({
  description: 'RFC 3339 date-time with an offset, or a full date, which means midnight UTC.',
  pattern: '^\\d{4}-\\d\\d-\\d\\d([Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d))?$',
  example,
});

/** The same as it stands: a Date would lose the database's microseconds. */
export const ExactInstant = z
  .string()
  .superRefine((text, ctx) => {
    for (const { message } of DateOrInstant.safeParse(text).error?.issues ?? [])
      ctx.addIssue({ code: 'custom', message });
  })
  .overwrite(restorePlus)
  .meta({ format: 'date-time' });

const NO_OFFSET = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/;

/** QGIS and GDAL write some times without an offset: they are UTC, because layers show UTC. */
export function withOffset(text: string): string {
  return NO_OFFSET.test(text) ? `${text.replace(' ', 'T')}${text.length === 16 ? ':00' : ''}Z` : text;
}

function instantSchema(
  read: (text: string) => Date | undefined,
  { isDayAllowed }: { isDayAllowed: boolean },
) {
  const says = (input: unknown) =>
    input === undefined ? issue('required') : issue('time-form', { value: excerpt(input), isDayAllowed });
  return z
    .string({ error: ({ input }) => says(input) })
    .refine((text) => read(text) !== undefined, { error: ({ input }) => says(input), abort: true })
    .overwrite((text) => toInstant(read(text)!));
}

/** An unencoded `+` of an offset arrives as a space. */
function restorePlus(text: string): string {
  return text.replace(/ (?=\d\d:\d\d$)/, '+');
}

export const withinYears = (date: Date): Date | undefined =>
  date.getTime() >= FIRST && date.getTime() <= LAST ? date : undefined;
