import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';
import { ALERTER, type AlertFilter, alertFilters, type FilterMatch } from './alert.filters.store.ts';

export interface SlowFilterLimits {
  /** What a filter may take for the writes of a pass. */
  filterMs: number;
  /** How far an agency may fall behind before its dearest filter is suspended. */
  behindMs: number;
}

/** Queue rows per pass of an agency. */
const MOST = 20;
const LIMITS: SlowFilterLimits = { filterMs: 250, behindMs: 10_000 };
/** A busy machine may slow a cheap filter down once. */
const TRIES = 2;

/** Evaluates the filters of agencies that are too slow for the common passes, one filter at a time. */
export function slowEvaluation(
  db: Database,
  warn: (err: unknown, subscription: string) => void,
  { filterMs, behindMs }: SlowFilterLimits = LIMITS,
) {
  const { waiting, run, raise } = alertFilters(db);

  const suspend = ({ id, revision }: AlertFilter, tookMs: number, incidents: readonly string[]) =>
    db.maintain(
      ALERTER,
      sql`SELECT base.suspend_subscription(${id}::uuid, ${revision}::int, ${Math.ceil(tookMs)}::int, ${incidents}::uuid[])`,
    );

  /** What a filter matches and took; undefined if it failed, or was suspended for its cost. */
  async function ask(filter: AlertFilter, incidents: readonly string[]) {
    try {
      for (let tries = 1; ; tries++) {
        const { pairs, tookMs } = await run([filter], incidents, { limitMs: filterMs, lane: 'jobs' });
        const isCostly = pairs === undefined || tookMs > filterMs;
        if (!isCostly) return { filter, pairs, tookMs };
        if (tries < TRIES) continue;
        await suspend(filter, tookMs, incidents);
        return undefined;
      }
    } catch (err) {
      warn(err, filter.id);
      return undefined;
    }
  }

  async function passOf(agency: string, isBehind: boolean): Promise<number> {
    const pending = await waiting(MOST, agency);
    if (!pending) return 0;
    const { incidents } = pending;
    const asked: string[] = [];
    const pairs: FilterMatch[] = [];
    let dearest: { filter: AlertFilter; tookMs: number } | undefined;
    for (const filter of pending.filters ?? []) {
      const found = await ask(filter, incidents);
      if (!found) continue;
      asked.push(filter.id);
      pairs.push(...found.pairs);
      if (!dearest || found.tookMs > dearest.tookMs) dearest = found;
    }
    await raise(pending, { asked, pairs, late: [] });
    if (isBehind && dearest) await suspend(dearest.filter, dearest.tookMs, incidents);
    return pending.numbers.length;
  }

  return {
    /** One part of the queue of each such agency. 0: no agency is late. */
    async pass(): Promise<number> {
      const agencies = await db.maintain<{ agency: string; behind: number }>(
        ALERTER,
        sql`SELECT a.agency, a.behind_ms AS behind FROM base.agencies_apart() AS a`,
      );
      let handled = 0;
      for (const { agency, behind } of agencies) handled += await passOf(agency, behind > behindMs);
      return handled;
    },
  };
}
export type SlowEvaluation = ReturnType<typeof slowEvaluation>;
