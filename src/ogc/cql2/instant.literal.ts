import { readDateTime, readDay } from '../../geometry/instant.schema.ts';

export const OPEN = '..';

const DATE_TIME_WITHOUT_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/;
const FRACTION = /\.(\d*?)0*(?=Z|[+-]\d\d:\d\d$)/;

/** The date-time without trailing zeros in its fraction; undefined if the text is not a date-time. */
export function normalTimestamp(text: string): string | undefined {
  if (!readDateTime(text)) return undefined;
  const normal = text.toUpperCase().replace(' ', '+');
  return normal.replace(FRACTION, (_, digits: string) => (digits ? `.${digits}` : ''));
}

export const isFullDate = (text: string): boolean => readDay(text) !== undefined;

/** An interval end, normalised; undefined if it is invalid. */
export const normalEnd = (text: string): string | undefined =>
  text === OPEN || isFullDate(text) ? text : normalTimestamp(text);

/** A bare text used as a time, as GDAL sends it: a date, or a date-time, in UTC if it has no offset. */
export const readInstant = (text: string): { date: string } | { timestamp: string } | undefined => {
  if (isFullDate(text)) return { date: text };
  const timestamp = normalTimestamp(DATE_TIME_WITHOUT_OFFSET.test(text) ? `${text}Z` : text);
  return timestamp === undefined ? undefined : { timestamp };
};
