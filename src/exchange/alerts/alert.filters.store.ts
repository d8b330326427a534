import type { Caller, CountryCode } from '../../core/caller.ts';
import { Problem } from '../../core/problem.ts';
import type { Database } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { listed, plannedEachTime, type Sql, sql } from '../../db/sql.ts';
import { conditionOf } from './subscription.filter.sql.ts';

const MOST_KEPT = 2000;
export const ALERTER = 'tripoint_alerter';

/** The filter of a subscription. */
export interface AlertFilter {
  id: string;
  revision: number;
  filter: unknown;
  country: CountryCode;
  agency: string;
  /** Whether the agency sees RED incidents that others of its country do not. */
  seesRed: boolean;
}

export interface FilterMatch {
  subscription: string;
  incident: string;
}

/** What some filters match, and how long the database took; without `pairs` it took longer than it may. */
export interface FilterRun {
  pairs: FilterMatch[] | undefined;
  tookMs: number;
}

/** Queued writes, and the filters to run for them. */
export interface PendingEvaluation {
  numbers: string[];
  incidents: string[];
  filters: AlertFilter[] | null;
  /** Agencies that are evaluated apart. */
  late: string[];
}

export interface Evaluated {
  /** The subscriptions whose filters ran without error. */
  asked: readonly string[];
  pairs: readonly FilterMatch[];
  late: readonly string[];
}

/** Who sees the same rows as the agency of a filter. */
export const viewerOfFilter = ({ country, agency, seesRed }: AlertFilter): string =>
  `${country}/${seesRed ? agency : ''}`;

const conditions = new Map<string, Sql>();
const nameOf = ({ id, revision }: AlertFilter): string => `${id}/${revision}`;

function conditionOnce(one: AlertFilter): Sql {
  const condition = conditions.get(nameOf(one)) ?? conditionOf(one.filter);
  if (conditions.size >= MOST_KEPT) conditions.clear();
  conditions.set(nameOf(one), condition);
  return condition;
}

/** How much there is to compile first: that takes the processor of this process. */
export const newCharacters = (filters: readonly AlertFilter[]): number =>
  filters
    .filter((one) => !conditions.has(nameOf(one)))
    .reduce((sum, { filter }) => sum + JSON.stringify(filter).length, 0);

/** Runs filters for queued writes, and raises the alerts. `connections`: where it does so. */
export function alertFilters(db: Database, connections = db) {
  return {
    async waiting(most: number, apart: string | null): Promise<PendingEvaluation | undefined> {
      const [waiting] = await connections.maintain<PendingEvaluation>(
        ALERTER,
        sql`SELECT w.numbers, w.incidents, w.filters, w.late FROM base.waiting_alerts(${most}::int, ${apart}) AS w`,
      );
      return waiting;
    },

    /** Runs filters of the same viewer, through the views: a filter matches only what its agency sees. */
    async run(
      filters: readonly AlertFilter[],
      incidents: readonly string[],
      { limitMs, lane }: { limitMs: number; lane: 'urgent' | 'jobs' },
    ): Promise<FilterRun> {
      const { country, agency, seesRed } = filters[0]!;
      const caller: Caller = { country, roles: [], lane, ...(seesRed && { agency }) };
      // with one connection nothing ends a statement without ending the database's worker
      const limit = db.poolStats().size > 1 ? { statementMs: limitMs } : {};
      const rows = filters.map((one) => sql`(${one.id}::uuid, ${conditionOnce(one)})`);
      try {
        return await connections.queryOne<FilterRun>(
          { ...caller, ...limit },
          matchStatement(rows, incidents),
        );
      } catch (error) {
        if (error instanceof Problem && error.code === 'database-slow')
          return { pairs: undefined, tookMs: limitMs };
        throw error;
      }
    },

    /** Returns false if another process is raising alerts. */
    async raise({ numbers }: PendingEvaluation, { asked, pairs, late }: Evaluated): Promise<boolean> {
      const row = await connections.maintainOne<{ raised: number | null }>(
        ALERTER,
        sql`SELECT base.raise_alerts(${numbers}::text[], ${asked}::uuid[],
          ${pairs.map(({ subscription }) => subscription)}::uuid[], ${pairs.map(({ incident }) => incident)}::uuid[],
          ${late}::text[]) AS raised`,
      );
      return row.raised !== null;
    },
  };
}

// without the time of planning, which the length of a filter limits
const matchStatement = (rows: readonly Sql[], incidents: readonly string[]): Sql =>
  plannedEachTime(sql`
    SELECT m.pairs, (extract(epoch FROM clock_timestamp() - statement_timestamp()) * 1000)::float AS "tookMs"
    FROM (
      SELECT coalesce(json_agg(json_build_object('subscription', f.subscription, 'incident', i.id)), '[]') AS pairs
      FROM ${view.incident} AS i CROSS JOIN LATERAL (VALUES ${listed(rows)}) AS f (subscription, holds)
      WHERE i.id = ANY (${incidents}::uuid[]) AND f.holds
    ) AS m`);
