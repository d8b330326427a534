import { z } from 'zod';
import { issue } from '../core/catalogue.ts';
import { DatetimeInterval, type Interval } from '../geometry/datetime.parse.ts';

const DAY_MS = 24 * 3600 * 1000;

/** A period with both ends, of which the last is exclusive. */
type Period = Required<Interval>;

/** The parameter `datetime` where both ends are needed. */
export const boundedPeriod = (mostDays: number) =>
  DatetimeInterval.transform((interval, ctx): Period => {
    const period = halfOpen(interval);
    if (period && period.to > period.from && period.to.getTime() - period.from.getTime() <= mostDays * DAY_MS)
      return period;
    ctx.addIssue({ code: 'custom', message: issue('period-unbounded', { days: mostDays }) });
    return z.NEVER;
  }).meta({
    description: `The period: two dates or instants with both ends, at most ${mostDays} days.`,
    example: '2026-11-01/2026-11-30',
  });

/** The last millisecond of a day ends with the day. */
function halfOpen({ from, to }: Interval): Period | undefined {
  if (!from || !to) return undefined;
  return { from, to: to.getUTCMilliseconds() === 999 ? new Date(to.getTime() + 1) : to };
}
