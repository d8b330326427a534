import type { Caller, CountryCode } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { listed, plannedEachTime, type Sql, sql } from '../../db/sql.ts';
import { conditionOf } from './subscription.filter.sql.ts';

/** Queue rows per pass: the embedded database does nothing else meanwhile. */
const MOST = 200;
/** Filters per statement: more conditions take longer to plan. */
const MOST_FILTERS = 40;
const MOST_KEPT = 2000;

interface Filter {
  id: string;
  revision: number;
  filter: unknown;
  country: CountryCode;
  /** Set if the agency sees RED incidents that others of its country do not. */
  agency: string | null;
}

interface PendingEvaluation {
  numbers: string[];
  incidents: string[];
  filters: Filter[] | null;
}

interface FilterMatch {
  subscription: string;
  incident: string;
}

interface FilterResults {
  /** The subscriptions whose filters ran without error. */
  asked: string[];
  pairs: FilterMatch[];
}

export const alertEvaluation = (db: Database, warn: (err: unknown, subscription: string) => void) => {
  const conditions = new Map<string, Sql>();
  const conditionOnce = ({ id, revision, filter }: Filter): Sql => {
    const key = `${id}/${revision}`;
    const condition = conditions.get(key) ?? conditionOf(filter);
    if (conditions.size >= MOST_KEPT) conditions.clear();
    conditions.set(key, condition);
    return condition;
  };

  /** Runs the filters as their agencies, through the views: a filter matches only what they see. */
  async function ask(filters: readonly Filter[], incidents: readonly string[]): Promise<FilterResults> {
    try {
      const { country, agency } = filters[0]!;
      const caller: Caller = { country, roles: [], ...(agency !== null && { agency }) };
      const rows = filters.map((one) => sql`(${one.id}::uuid, ${conditionOnce(one)})`);
      const pairs = await db.query<FilterMatch>(caller, matchStatement(rows, incidents));
      return { asked: filters.map(({ id }) => id), pairs };
    } catch (err) {
      if (filters.length > 1)
        return askAll(
          filters.map((one) => [one]),
          incidents,
        );
      // a failing filter matches nothing, and does not block the others
      warn(err, filters[0]!.id);
      return { asked: [], pairs: [] };
    }
  }

  async function askAll(groups: readonly Filter[][], incidents: readonly string[]): Promise<FilterResults> {
    const answers: FilterResults[] = [];
    for (const group of groups) answers.push(await ask(group, incidents));
    return { asked: answers.flatMap(({ asked }) => asked), pairs: answers.flatMap(({ pairs }) => pairs) };
  }

  return {
    /** Evaluates a part of the queue. 0: the queue is empty; undefined: another process is evaluating. */
    async pass(): Promise<number | undefined> {
      const [waiting] = await db.maintain<PendingEvaluation>(
        'tripoint_alerter',
        sql`SELECT w.numbers, w.incidents, w.filters FROM base.waiting_alerts(${MOST}::int) AS w`,
      );
      if (!waiting) return 0;
      const { asked, pairs } = await askAll(groupsOf(waiting.filters ?? []), waiting.incidents);
      const row = await db.maintainOne<{ raised: number | null }>(
        'tripoint_alerter',
        sql`SELECT base.raise_alerts(${waiting.numbers}::text[], ${asked}::uuid[],
          ${pairs.map(({ subscription }) => subscription)}::uuid[], ${pairs.map(({ incident }) => incident)}::uuid[]) AS raised`,
      );
      return row.raised === null ? undefined : waiting.numbers.length;
    },
  };
};
export type AlertEvaluation = ReturnType<typeof alertEvaluation>;

/** Groups filters whose agencies see the same rows. */
function groupsOf(filters: readonly Filter[]): Filter[][] {
  const groups = new Map<string, Filter[]>();
  for (const one of filters) {
    const viewer = `${one.country}/${one.agency ?? ''}`;
    groups.set(viewer, [...(groups.get(viewer) ?? []), one]);
  }
  return [...groups.values()].flatMap((all) =>
    Array.from({ length: Math.ceil(all.length / MOST_FILTERS) }, (_, n) =>
      all.slice(n * MOST_FILTERS, (n + 1) * MOST_FILTERS),
    ),
  );
}

const matchStatement = (rows: readonly Sql[], incidents: readonly string[]): Sql =>
  plannedEachTime(sql`
    SELECT f.subscription, i.id AS incident
    FROM ${view.incident} AS i CROSS JOIN LATERAL (VALUES ${listed(rows)}) AS f (subscription, holds)
    WHERE i.id = ANY (${incidents}::uuid[]) AND f.holds`);
