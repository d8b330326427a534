import type { Caller } from '../../core/caller.ts';
import { incidentConcern, NOTHING_SEEN, seenInOne } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { type Sql, sql, writing } from '../../db/sql.ts';

const hold = sql`json_build_object('incident', h.incident, 'country', h.country, 'agency', h.agency, 'reason', h.reason,
  'placedAt', tripoint.utc(h.placed_at))::text`;

export const holdStore = (db: Database) => ({
  async find(caller: Caller, incident: string): Promise<string | undefined> {
    const [row] = await db.query<{ hold: string }>(
      caller,
      sql`SELECT ${hold} AS hold, ${seenInOne(sql`i.concern`)}
          FROM ${incidentRow(incident)} JOIN ${view.legalHold} AS h ON h.incident = i.id`,
    );
    return row?.hold;
  },

  /** Places a hold, or changes its reason. `permit` throws to refuse. */
  place: (caller: Caller, incident: string, reason: string, permit: (owner: string | undefined) => void) =>
    db.transaction(caller, async (tx) => {
      permit(await ownerOf(tx, incident));
      const [found] = await tx.query(
        writing`UPDATE ${view.legalHold} SET reason = ${reason} WHERE incident = ${incident} RETURNING incident`,
      );
      if (!found)
        await tx.query(writing`
          INSERT INTO ${view.legalHold} (incident, country, agency, reason)
          VALUES (${incident}, ${caller.country}, ${caller.agency}, ${reason})`);
      const row = await tx.queryOne<{ hold: string }>(
        sql`SELECT ${hold} AS hold, ${NOTHING_SEEN} FROM ${view.legalHold} AS h WHERE h.incident = ${incident}`,
      );
      return { isNew: !found, hold: row.hold };
    }),

  /** false: there was no hold. */
  lift: (caller: Caller, incident: string, permit: (owner: string | undefined) => void): Promise<boolean> =>
    db.transaction(caller, async (tx) => {
      permit(await ownerOf(tx, incident));
      const rows = await tx.query(
        writing`DELETE FROM ${view.legalHold} WHERE incident = ${incident} RETURNING incident`,
      );
      return rows.length > 0;
    }),
});
export type HoldStore = ReturnType<typeof holdStore>;

const incidentRow = (incident: string, lock = sql``): Sql =>
  sql`(SELECT i.id, i.owner, ${incidentConcern(sql`i`)} AS concern FROM ${view.incident} AS i WHERE i.id = ${incident} ${lock}) AS i`;

// Locked, to serialise concurrent holds.
async function ownerOf(tx: Transaction, incident: string): Promise<string | undefined> {
  const [row] = await tx.query<{ owner: string }>(
    sql`SELECT i.owner, ${seenInOne(sql`i.concern`)} FROM ${incidentRow(incident, sql`FOR NO KEY UPDATE`)}`,
  );
  return row?.owner;
}
