import type { Caller } from '../../core/caller.ts';
import type { Page, PageRequest } from '../../core/page.ts';
import { incidentConcern, seenInOne } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { call, view } from '../../db/labelled.ts';
import { type Layer, listStatement } from '../../db/layer.ts';
import { type PageRow, toPage } from '../../db/page.ts';
import { type Sql, sql } from '../../db/sql.ts';

/** An incident with the caller's relation to it. */
export interface IncidentAccess {
  owner: string;
  tlp: string;
  /** The countries that see it. */
  countries: string[];
  holdsMandate: boolean;
}

/** undefined: the caller sees no such incident. */
export async function readIncidentAccess(
  tx: Transaction,
  incident: string,
): Promise<IncidentAccess | undefined> {
  const [row] = await tx.query<IncidentAccess>(sql`
    SELECT i.owner, i.tlp, ${call.holdsMandate}(i.id) AS "holdsMandate", ${seenInOne(incidentConcern(sql`i`))},
      ARRAY(SELECT c.code FROM country AS c WHERE
        tripoint.audience(i.tlp, i.owner, i.releasable_to) & tripoint.country_bits(ARRAY[c.code]) <> 0) AS countries
    FROM ${view.incident} AS i WHERE i.id = ${incident}`);
  return row;
}

/** A page of an incident's dependent rows; undefined if the caller does not see the incident. */
export async function listOfIncident(
  db: Database,
  caller: Caller,
  { layer, incident, where, page }: { layer: Layer; incident: string; where: Sql; page: PageRequest },
): Promise<Page | undefined> {
  const row = await db.queryOne<PageRow & { is_known: boolean }>(
    caller,
    sql`SELECT p.*, a.concern IS NOT NULL AS is_known, a.concern AS seen_target
        FROM (${listStatement(layer, where, page)}) AS p
        LEFT JOIN (SELECT ${incidentConcern(sql`i`)} AS concern FROM ${view.incident} AS i WHERE i.id = ${incident}) AS a ON true`,
  );
  return row.is_known ? toPage(row, page.limit) : undefined;
}
