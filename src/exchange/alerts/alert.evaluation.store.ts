import type { Database } from '../../db/database.ts';
import {
  type AlertFilter,
  alertFilters,
  type Evaluated,
  newCharacters,
  viewerOfFilter,
} from './alert.filters.store.ts';

/** Queue rows per pass: the embedded database does nothing else meanwhile. */
const MOST = 200;
/** Filters per statement: more conditions take longer to plan. */
const MOST_FILTERS = 40;
/** What the filters of an agency may take of a pass; above it the agency is evaluated apart. */
const SHARE_MS = 100;
/** How long it is evaluated apart then. */
const APART_MS = 60_000;
/** An agency with more to compile is evaluated apart first. */
const MOST_NEW = 5000;

/**
 * Evaluates the queue for all agencies. Filters whose agencies see the same rows run together. If they take too long, each
 * agency's run by themselves, and those of an agency that takes too long are left to `slowEvaluation`.
 */
export function alertEvaluation(
  db: Database,
  warn: (err: unknown, subscription: string) => void,
  shareMs = SHARE_MS,
) {
  // every other connection has to make the plans first, which takes longer than a pass
  const { waiting, run, raise } = alertFilters(db, db.apart());
  // of statements that took too long, but could not be ended
  const divided = new Set<string>();
  const apartUntil = new Map<string, number>();

  async function ask(filters: readonly AlertFilter[], incidents: readonly string[]): Promise<Evaluated> {
    const agencies = [...new Set(filters.map(({ agency }) => agency))];
    try {
      const { pairs, tookMs } = await run(filters, incidents, { limitMs: shareMs, lane: 'urgent' });
      if (tookMs >= shareMs) remember(filters[0]!, agencies);
      if (pairs) return { asked: filters.map(({ id }) => id), pairs, late: [] };
      if (agencies.length === 1) return { asked: [], pairs: [], late: agencies };
      return askAll(
        byName(filters, ({ agency }) => agency),
        incidents,
      );
    } catch (err) {
      if (filters.length > 1)
        return askAll(
          byName(filters, ({ id }) => id),
          incidents,
        );
      // a failing filter matches nothing, and does not block the others
      warn(err, filters[0]!.id);
      return { asked: [], pairs: [], late: [] };
    }
  }

  function remember(one: AlertFilter, agencies: readonly string[]): void {
    if (agencies.length === 1) apartUntil.set(one.agency, Date.now() + APART_MS);
    else divided.add(viewerOfFilter(one));
  }

  async function askAll(groups: readonly AlertFilter[][], incidents: readonly string[]): Promise<Evaluated> {
    const answers: Evaluated[] = [];
    for (const group of groups) answers.push(await ask(group, incidents));
    return {
      asked: answers.flatMap(({ asked }) => asked),
      pairs: answers.flatMap(({ pairs }) => pairs),
      late: [...new Set(answers.flatMap(({ late }) => late))],
    };
  }

  function lateOnes(filters: readonly AlertFilter[]): string[] {
    return byName(filters, ({ agency }) => agency)
      .filter((own) => (apartUntil.get(own[0]!.agency) ?? 0) > Date.now() || newCharacters(own) > MOST_NEW)
      .map(([one]) => one!.agency);
  }

  async function evaluate(filters: readonly AlertFilter[], incidents: readonly string[]): Promise<Evaluated> {
    const late = new Set(lateOnes(filters));
    const due = filters.filter(({ agency }) => !late.has(agency));
    const groups = byName(due, (one) => {
      const viewer = viewerOfFilter(one);
      return divided.has(viewer) ? `${viewer} ${one.agency}` : viewer;
    });
    divided.clear();
    const found = await askAll(groups.flatMap(inStatements), incidents);
    for (const agency of found.late) late.add(agency);
    // all filters of an agency see a write in the same pass, or apart
    const left = new Set(filters.filter(({ agency }) => late.has(agency)).map(({ id }) => id));
    return {
      asked: found.asked.filter((id) => !left.has(id)),
      pairs: found.pairs.filter(({ subscription }) => !left.has(subscription)),
      late: [...late],
    };
  }

  return {
    /** Goes through a pass without writes. It makes the plans, and the first filter of a process takes 60 ms to compile. */
    async prepare(): Promise<void> {
      // the only connection keeps its plans, and requests have priority
      if (db.poolStats().size === 1) return;
      await waiting(0, null);
      await run([SAMPLE], [], { limitMs: shareMs, lane: 'urgent' });
      await raise(NOTHING, NOTHING);
    },

    /** Evaluates a part of the queue. 0: the queue is empty; undefined: another process is evaluating. */
    async pass(): Promise<number | undefined> {
      const pending = await waiting(MOST, null);
      if (!pending) return 0;
      const found = await evaluate(pending.filters ?? [], pending.incidents);
      const isRaised = await raise(pending, { ...found, late: [...pending.late, ...found.late] });
      return isRaised ? pending.numbers.length : undefined;
    },
  };
}
export type AlertEvaluation = ReturnType<typeof alertEvaluation>;

const NOTHING = { numbers: [], incidents: [], filters: null, asked: [], pairs: [], late: [] };
const SAMPLE: AlertFilter = {
  id: '00000000-0000-0000-0000-000000000000',
  revision: 0,
  filter: "kind = 'other'",
  country: 'TUN',
  agency: '',
  seesRed: false,
};

function byName(filters: readonly AlertFilter[], nameOf: (one: AlertFilter) => string): AlertFilter[][] {
  const groups = new Map<string, AlertFilter[]>();
  for (const one of filters) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
  return [...groups.values()];
}

const inStatements = (all: readonly AlertFilter[]): AlertFilter[][] =>
  Array.from({ length: Math.ceil(all.length / MOST_FILTERS) }, (_, n) =>
    all.slice(n * MOST_FILTERS, (n + 1) * MOST_FILTERS),
  );
