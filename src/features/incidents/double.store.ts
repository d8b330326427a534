import { ANONYMOUS, type Caller } from '../../core/caller.ts';
import { incidentConcern, NOTHING_SEEN, seenInAll } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { sql, writing } from '../../db/sql.ts';
import { doubleColumns, doubleMembers } from './double.sql.ts';

const JOB: Caller = { ...ANONYMOUS, lane: 'jobs' };
const AT_ONCE = 500; // incidents per transaction: the embedded database does nothing else meanwhile
const MOST = 1000; // pairs per answer

export const DOUBLE_DECISIONS = ['confirm', 'refuse'] as const;
export type DoubleDecision = (typeof DOUBLE_DECISIONS)[number];

/** A pair as the caller sees it. */
export interface StoredDouble {
  earlier: string;
  later: string;
  owners: string[];
  /** What the country of the caller said last. */
  said: DoubleDecision | null;
}

export const doubleStore = (db: Database) => ({
  /** Looks for the pairs of some incidents that were written; true: there are more. */
  async link(): Promise<boolean> {
    const row = await db.queryOne<{ linked: number }>(JOB, sql`SELECT link_doubles(${AT_ONCE}) AS linked`);
    return row.linked === AT_ONCE;
  },

  /** The pairs of an incident as JSON array text; undefined: the caller sees no such incident. */
  async list(caller: Caller, incident: string): Promise<string | undefined> {
    const [row] = await db.query<{ doubles: string }>(
      caller,
      sql`
        SELECT l.doubles, l.seen, CASE l.found WHEN 0 THEN i.concern ELSE 0 END AS seen_one, i.concern AS seen_target
        FROM (SELECT b.id, ${incidentConcern(sql`b`)} AS concern FROM ${view.incident} AS b WHERE b.id = ${incident}) AS i
        CROSS JOIN LATERAL (
          SELECT coalesce(json_agg(json_build_object('incident', CASE r.earlier WHEN i.id THEN r.later ELSE r.earlier END,
              ${doubleMembers}) ORDER BY r.made_at, r.earlier, r.later), '[]')::text AS doubles,
            count(*)::int AS found, ${seenInAll(sql`r.concern`)}
          FROM (
            SELECT ${doubleColumns} FROM ${view.incidentDouble} AS d WHERE d.earlier = i.id OR d.later = i.id
            ORDER BY d.made_at, d.earlier, d.later LIMIT ${MOST}::int
          ) AS r) AS l`,
    );
    return row?.doubles;
  },

  /** `permit` throws to refuse. */
  decide: (
    caller: Caller,
    { incident, other, decision }: { incident: string; other: string; decision: DoubleDecision },
    permit: (found: StoredDouble | undefined) => void,
  ): Promise<string> =>
    db.transaction(caller, async (tx) => {
      const found = await readDouble(tx, caller, { incident, other });
      permit(found);
      const { earlier, later, said } = found!;
      if (said !== decision)
        await tx.query(writing`
          INSERT INTO ${view.doubleDecision} (earlier, later, agency, decision)
          VALUES (${earlier}, ${later}, ${caller.agency}, ${decision})`);
      const row = await tx.queryOne<{ text: string }>(sql`
        SELECT json_build_object('incident', ${other}::uuid, ${doubleMembers})::text AS text, ${NOTHING_SEEN}
        FROM (SELECT ${doubleColumns} FROM ${view.incidentDouble} AS d
              WHERE d.earlier = ${earlier} AND d.later = ${later}) AS r`);
      return row.text;
    }),
});
export type DoubleStore = ReturnType<typeof doubleStore>;

async function readDouble(
  tx: Transaction,
  { country }: Caller,
  { incident, other }: { incident: string; other: string },
): Promise<StoredDouble | undefined> {
  const [row] = await tx.query<StoredDouble>(sql`
    SELECT d.earlier, d.later, ARRAY[i.owner, o.owner] AS owners, (
        SELECT c.decision FROM ${view.doubleDecision} AS c
        WHERE c.earlier = d.earlier AND c.later = d.later AND c.country = ${country} ORDER BY c.n DESC LIMIT 1) AS said,
      d.concern AS seen_one, ${incidentConcern(sql`i`)} AS seen_target
    FROM ${view.incident} AS i JOIN ${view.incident} AS o ON o.id = ${other}::uuid
    JOIN ${view.incidentDouble} AS d ON (d.earlier, d.later) IN ((i.id, o.id), (o.id, i.id))
    WHERE i.id = ${incident}`);
  return row;
}
