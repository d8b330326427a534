import type { Caller, CountryCode } from '../../core/caller.ts';
import type { Page } from '../../core/page.ts';
import { NOTHING_SEEN, seenInOne } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { listFeatures } from '../../db/layer.ts';
import { all, sql, when, writing } from '../../db/sql.ts';
import type { ReactionState } from './impact.lifecycle.ts';
import { reactions } from './impact.sql.ts';
import type { Completion, ReactionQuery } from './reaction.schema.ts';

const AT_ONCE = 500; // rows per transaction: the embedded database does nothing else meanwhile

/** A reaction, as far as its completion needs it. */
export interface StoredReaction {
  country: CountryCode;
  state: ReactionState;
}

export const reactionStore = (db: Database) => ({
  list: (
    caller: Caller,
    { segment, country, assessment, state, overdue, ...page }: ReactionQuery,
  ): Promise<Page> =>
    listFeatures(
      db,
      caller,
      reactions,
      all(
        when(segment, (id) => sql`q.segment = ${id}`),
        when(country, (code) => sql`q.country = ${code}`),
        when(assessment, (id) => sql`q.assessment = ${id}`),
        when(state, (words) => sql`q.state = ANY (${words}::text[])`),
        when(overdue, (late) => sql`q.overdue = ${late}`),
      ),
      page,
    ),

  /** `permit` throws to refuse. */
  complete: (
    caller: Caller,
    id: string,
    { note }: Completion,
    permit: (stored: StoredReaction | undefined) => void,
  ): Promise<string> =>
    db.transaction(caller, async (tx) => {
      const [stored] = await tx.query<StoredReaction>(sql`
        SELECT q.country, q.state, ${seenInOne(sql`q.concern`)} FROM ${view.reaction} AS q
        WHERE q.id = ${id} FOR NO KEY UPDATE`);
      permit(stored);
      await tx.query(writing`
        UPDATE ${view.reaction} SET done_at = clock_timestamp(), done_by = ${caller.agency}, note = ${note},
          updated_at = clock_timestamp()
        WHERE id = ${id}`);
      const row = await tx.queryOne<{ text: string }>(sql`
        SELECT ${reactions.feature} AS text, ${NOTHING_SEEN}
        FROM (SELECT ${reactions.columns} FROM ${reactions.from} WHERE q.id = ${id}) AS r`);
      return row.text;
    }),

  async listRules(caller: Caller): Promise<string> {
    const row = await db.queryOne<{ rules: string }>(
      caller,
      sql`SELECT json_agg(json_build_object('kind', k.kind, 'level', k.level,
            'dueWithinHours', extract(epoch FROM k.due_within) / 3600, 'task', k.task, 'source', k.source)
            ORDER BY tripoint.impact_rank(k.level), k.due_within, k.kind)::text AS rules
          FROM reaction_rule AS k`,
    );
    return row.rules;
  },

  /** Applies the end of critical levels, and notes what is overdue; true: there is more. */
  async watch(): Promise<boolean> {
    const statement = sql`SELECT base.watch_impact(${AT_ONCE}) AS done`;
    const row = await db.maintainOne<{ done: number }>('tripoint_watch', statement);
    return row.done === AT_ONCE;
  },
});
export type ReactionStore = ReturnType<typeof reactionStore>;
