import { type Duration, parse } from 'tinyduration';
import { withinYears } from './instant.schema.ts';

const LONGEST_TEXT = 32; // characters

/** An instant plus an ISO 8601 duration (P2D, PT90M), in UTC; undefined if `text` is not a duration. */
export function addDuration(start: Date, text: string): Date | undefined {
  const duration = readDuration(text);
  if (!duration) return undefined;
  const { years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = duration;
  const end = addMonths(start, 12 * years + months);
  end.setUTCDate(end.getUTCDate() + 7 * weeks + days);
  return withinYears(new Date(end.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000));
}

/** Whole, non-negative units. */
function readDuration(text: string): Duration | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  try {
    const { negative, ...units } = parse(text);
    return !negative && Object.values(units).every(isWhole) ? units : undefined;
  } catch {
    return undefined;
  }
}

const isWhole = (units: number | undefined): boolean => units === undefined || Number.isSafeInteger(units);

/** A month after 31 January is the last day of February. */
function addMonths(start: Date, months: number): Date {
  const end = new Date(start);
  end.setUTCMonth(end.getUTCMonth() + months);
  if (end.getUTCDate() !== start.getUTCDate()) end.setUTCDate(0);
  return end;
}
