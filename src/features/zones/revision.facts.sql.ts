import type { CountryCode } from '../../core/caller.ts';
import { seenInOne, zoneConcern } from '../../db/concern.ts';
import type { Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { type RevisionFacts, stageOf, type ZoneState } from './zone.lifecycle.ts';

/**
 * Over the alias of a zone or a revision: the latest valid decision of each country.
 * Twin: base.last_decision in schema/zones/last_decision.function.sql, compared by test/zones/consent.property.test.ts.
 */
const decisionsOf = (z: Sql): Sql => sql`
  SELECT DISTINCT ON (c.country) c.country, c.decision, c.reason FROM ${view.zoneConsent} AS c
  WHERE c.zone = ${z}.id AND c.revision = ${z}.revision AND c.n > ${z}.asked_after
  ORDER BY c.country, c.n DESC`;

/** The participants that have not approved a proposed revision. */
export const awaiting = (z: Sql): Sql => sql`
  CASE WHEN ${z}.state = 'proposed' AND NOT ${z}.agreed THEN ARRAY(
    SELECT p.country FROM unnest(${z}.participants) AS p (country)
    WHERE NOT EXISTS (SELECT 1 FROM (${decisionsOf(z)}) AS d WHERE d.country = p.country AND d.decision = 'approve')
  ) ELSE '{}' END`;

/** Whether a country has not decided about a proposed revision; a rejection is a decision. */
export const waitsFor = (z: Sql, country: string | undefined): Sql => sql`
  ${z}.state = 'proposed' AND NOT ${z}.agreed AND ${country} = ANY (${z}.participants)
  AND NOT EXISTS (SELECT 1 FROM (${decisionsOf(z)}) AS d WHERE d.country = ${country})`;

/** All facts of a revision that the rules need. */
export interface StoredRevision extends RevisionFacts {
  revision: number;
  awaiting: CountryCode[];
}

interface RevisionRow extends Omit<StoredRevision, 'stage'> {
  state: ZoneState;
  agreed: boolean;
  isReplaced: boolean;
}

const factsStatement = (id: string, revision: number | undefined, more: Sql): Sql => sql`
  SELECT v.revision, v.country AS owner, v.state, v.agreed, v.is_replaced AS "isReplaced", v.participants,
    ${awaiting(sql`v`)} AS awaiting,
    (SELECT coalesce(json_object_agg(d.country, json_build_object('decision', d.decision, 'reason', d.reason)), '{}')
     FROM (${decisionsOf(sql`v`)}) AS d) AS decisions,
    ${more}, ${seenInOne(zoneConcern(sql`v`))}
  FROM ${view.zoneRevision} AS v
  WHERE v.id = ${id} AND (v.revision = ${revision}::int
    OR v.revision = (SELECT max(l.revision) FROM ${view.zoneRevision} AS l WHERE l.id = ${id}))
  ORDER BY v.revision`;

/**
 * Locks a zone and returns the facts of the requested revision, if the caller sees it, and of the newest visible one.
 * Empty: the caller sees no such zone.
 */
export async function lockRevisions<More>(
  tx: Transaction,
  id: string,
  { revision, more = sql`NULL AS more` }: { revision?: number; more?: Sql } = {},
): Promise<(StoredRevision & More)[]> {
  await tx.query(sql`SELECT lock_zone(${id})`);
  const rows = await tx.query<RevisionRow & More>(factsStatement(id, revision, more));
  return rows.map((row) => ({ ...row, stage: stageOf(row) }));
}
