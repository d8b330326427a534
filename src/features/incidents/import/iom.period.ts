/** From the first to the last second of a day, month or year, in UTC. */
export interface IomPeriod {
  from: string;
  until: string;
}

const MONTHS_OF = { month: 1, year: 12 } as const;

/** The period of an IOM incident date; undefined if date or precision are invalid. */
export function periodOf(date: string, precision: string): IomPeriod | undefined {
  const start = new Date(`${date}T00:00:00Z`);
  // Date turns 30 February into 1 March
  if (Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== date) return undefined;
  if (precision !== 'day') start.setUTCDate(1);
  if (precision === 'year') start.setUTCMonth(0);
  const end = new Date(start);
  if (precision === 'day') end.setUTCDate(end.getUTCDate() + 1);
  else if (precision === 'month' || precision === 'year')
    end.setUTCMonth(end.getUTCMonth() + MONTHS_OF[precision]);
  else return undefined;
  return { from: toSeconds(start), until: toSeconds(new Date(end.getTime() - 1000)) };
}

const toSeconds = (date: Date): string => date.toISOString().replace('.000Z', 'Z');
