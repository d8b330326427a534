import type { Caller } from '../../core/caller.ts';
import { message } from '../../core/catalogue.ts';
import { Problem, unprocessable } from '../../core/problem.ts';
import type { Database } from '../../db/database.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { sizeFault } from '../cql2/expression.check.ts';
import type { ItemsFilter } from './items.filter.ts';
import type { Selection } from './items.query.ts';

export interface StrangerLimits {
  /** Of a filter's statement, in the planner's units. */
  cost: number;
  /** Of each of its statements. */
  milliseconds: number;
}

/** A filter of this size takes the planner milliseconds. */
const SIZE = { characters: 4000, levels: 20, nodes: 200, vertices: 500 };
/** Measured in docs/decisions/0031-kept-files-and-costly-filters.md. */
const LIMITS: StrangerLimits = { cost: 1_000_000, milliseconds: 2000 };
const AGAIN_AFTER_SECONDS = 30;

export type Limited = Pick<Selection, 'filters' | 'filter' | 'sort'>;

/** Throws a Problem if a caller without a key sends a larger filter than it may. */
export function requireSmall({ country }: Caller, filter: ItemsFilter | undefined): void {
  if (country || !filter) return;
  const fault = sizeFault(filter.expression, SIZE);
  if (fault) throw unprocessable('filter-too-costly', 'filter-too-large', { fault });
}

/** What may cost much: conditions and orders of the caller's own, and words of any text. */
const isLimited = ({ filters, filter, sort }: Limited): boolean =>
  filter !== undefined || filters.q !== undefined || sort.length > 0;

/** Limits the filters and orders of callers without a key, for whom nobody answers. */
export function strangerLimits(db: Database, { cost, milliseconds }: StrangerLimits = LIMITS) {
  // with one connection a statement makes everybody wait, and nothing ends it
  const isAlone = () => db.poolStats().size === 1;

  /** The caller of the statements, after the estimate of the first one; throws a Problem if that is too high. */
  async function permit(caller: Caller, limited: Limited, statement: Sql): Promise<Caller> {
    if (caller.country || !isLimited(limited)) return caller;
    requireSmall(caller, limited.filter);
    const asker = isAlone() ? caller : { ...caller, statementMs: milliseconds };
    const plan = await db
      .queryOne<{ 'QUERY PLAN': [{ Plan: Plan }] }>(asker, sql`EXPLAIN (FORMAT JSON) ${statement}`)
      .catch((error) => tooSlow(asker, error));
    const [{ Plan: root }] = plan['QUERY PLAN'];
    if ((isAlone() ? worstOf(root) : root['Total Cost']) > cost)
      throw unprocessable('filter-too-costly', 'filter-too-costly');
    return asker;
  }

  return {
    permit,
    /** Runs a statement within the limits. */
    async ask<Row>(caller: Caller, limited: Limited, statement: Sql): Promise<Row[]> {
      const asker = await permit(caller, limited, statement);
      return db.query<Row>(asker, statement).catch((error) => tooSlow(asker, error));
    },
  };
}
export type StrangerGuard = ReturnType<typeof strangerLimits>;

interface Plan {
  'Total Cost': number;
  Plans?: Plan[];
}

/** Below a LIMIT a node has the cost of all its rows: what it takes if nothing matches. */
const worstOf = ({ 'Total Cost': total, Plans = [] }: Plan): number => Math.max(total, ...Plans.map(worstOf));

function tooSlow({ statementMs }: Caller, error: unknown): never {
  if (statementMs === undefined || !(error instanceof Problem && error.code === 'database-slow')) throw error;
  throw new Problem({
    status: 503,
    slug: 'filter-too-costly',
    says: message('filter-too-slow', { seconds: statementMs / 1000 }),
    headers: { 'Retry-After': String(AGAIN_AFTER_SECONDS) },
  });
}
