import type { Interval } from '../geometry/datetime.parse.ts';
import { all, plannedEachTime, type Sql, sql, when } from './sql.ts';

/** Whether an instant is in the closed interval. */
export const isDuring = (instant: Sql, { from, to }: Interval): Sql =>
  plannedEachTime(
    all(
      when(from, (start) => sql`${instant} >= ${start}::timestamptz`),
      when(to, (end) => sql`${instant} <= ${end}::timestamptz`),
    ),
  );
