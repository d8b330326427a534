import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import type { Page, PageRequest } from '../../core/page.ts';
import { consentConcern, NOTHING_SEEN } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { type Layer, listFeatures, listStatement } from '../../db/layer.ts';
import { type PageRow, toPage } from '../../db/page.ts';
import { type Sql, sql, writing } from '../../db/sql.ts';
import type { NewConsent } from './consent.schema.ts';
import { awaiting, lockRevisions, type StoredRevision, waitsFor } from './revision.facts.sql.ts';
import type { ZoneStep } from './zone.lifecycle.ts';
import { zones } from './zone.sql.ts';
import { writeTime } from './zone.write.sql.ts';

const properties = sql`'id', r.id, 'zone', r.zone, 'revision', r.revision, 'country', r.country, 'agency', r.agency,
  'decision', r.decision, 'reason', r.reason, 'at', tripoint.utc(r.at)`;

const consents: Layer = {
  columns: sql`c.id, c.zone, c.revision, c.country, c.agency, c.decision, c.reason, c.at`,
  from: sql`${view.zoneConsent} AS c JOIN ${view.zoneRevision} AS z ON z.id = c.zone AND z.revision = c.revision`,
  id: sql`c.id`,
  feature: sql`json_build_object(${properties})::text`,
  keys: [
    { column: sql`c.at`, type: 'timestamptz' },
    { column: sql`c.id`, type: 'uuid' },
  ],
  key: sql`r.at, r.id`,
  concern: consentConcern(sql`z`),
};

const waiting: Layer = { ...zones, from: sql`${view.zoneRevision} AS z` };

/** The named revision, if the caller sees it, and the newest one; empty for a hidden zone. */
export interface DecidedRevisions {
  named: StoredRevision | undefined;
  newest: StoredRevision | undefined;
}

export const consentStore = (db: Database) => ({
  /** Stores a decision and applies its effect; `permit` throws to refuse. */
  decide: (caller: Caller, zone: string, said: NewConsent, permit: (decided: DecidedRevisions) => ZoneStep) =>
    db.transaction(caller, async (tx) => {
      const revisions = await lockRevisions(tx, zone, { revision: said.revision });
      const step = permit({
        named: revisions.find(({ revision }) => revision === said.revision),
        newest: revisions.at(-1),
      });
      if (step !== 'repeat') {
        const written = await tx.queryOne<{ at: Date }>(insertStatement(caller, zone, said));
        const following = FOLLOWING[step]?.(written.at);
        if (following) await tx.query(reviseStatement(zone, said.revision, following));
      }
      return { isNew: step !== 'repeat', consent: await readLast(tx, caller, zone, said.revision) };
    }),

  async list(caller: Caller, zone: string, page: PageRequest): Promise<Page | undefined> {
    const row = await db.queryOne<PageRow & { is_known: boolean }>(
      caller,
      sql`SELECT p.*, a.concern IS NOT NULL AS is_known, a.concern AS seen_target
          FROM (${listStatement(consents, sql`c.zone = ${zone}`, page)}) AS p
          LEFT JOIN (SELECT ${consentConcern(sql`z`)} AS concern FROM ${view.zone} AS z WHERE z.id = ${zone}) AS a ON true`,
    );
    return row.is_known ? toPage(row, page.limit) : undefined;
  },

  /** Revisions without a decision of the caller's country. */
  listWaiting: (caller: Caller, page: PageRequest): Promise<Page> =>
    listFeatures(db, caller, waiting, waitsFor(sql`z`, caller.country), page),
});
export type ConsentStore = ReturnType<typeof consentStore>;

const insertStatement = ({ country, agency }: Caller, zone: string, said: NewConsent): Sql => writing`
  INSERT INTO ${view.zoneConsent} (id, zone, revision, country, agency, decision, reason, at)
  VALUES (${uuidv7()}, ${zone}, ${said.revision}, ${country}, ${agency}, ${said.decision}, ${said.reason}, ${writeTime})
  RETURNING at`;

// Consent and effect have the same timestamp.
const FOLLOWING: Partial<Record<ZoneStep, (at: Date) => Sql>> = {
  agree: (at) => sql`agreed_at = ${at}`,
  reopen: () => sql`agreed_at = NULL`,
  suspend: (at) => sql`suspended_at = ${at}`,
};

const reviseStatement = (zone: string, revision: number, following: Sql): Sql =>
  writing`UPDATE ${view.zoneRevision} SET ${following} WHERE id = ${zone} AND revision = ${revision}::int`;

async function readLast(
  tx: Transaction,
  { country }: Caller,
  zone: string,
  revision: number,
): Promise<string> {
  const row = await tx.queryOne<{ consent: string }>(sql`
    SELECT json_build_object(${properties}, 'state', r.state, 'agreed', r.agreed, 'awaiting', r.awaiting)::text AS consent,
      ${NOTHING_SEEN}
    FROM (
      SELECT ${consents.columns}, z.state, z.agreed, ${awaiting(sql`z`)} AS awaiting FROM ${consents.from}
      WHERE c.zone = ${zone} AND c.revision = ${revision}::int AND c.country = ${country} ORDER BY c.n DESC LIMIT 1
    ) AS r`);
  return row.consent;
}
