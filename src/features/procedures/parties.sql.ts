import { NOTHING_SEEN, seenInOne, zoneConcern } from '../../db/concern.ts';
import type { Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { sql } from '../../db/sql.ts';
import type { Parties, ProcedureSubject } from './procedure.permission.ts';

// Twin: base.procedure_parties_are in schema/procedures/procedure_version.triggers.sql, compared by test/procedures/procedures.test.ts.

export async function findParties(
  tx: Transaction,
  { noun, id }: ProcedureSubject,
): Promise<Parties | undefined> {
  const [found] = await tx.query<Parties>(statements[noun](id));
  return found;
}

const statements = {
  zone: (id: string) => sql`
    SELECT z.participants AS countries, z.tlp = 'RED' OR z.state IN ('draft', 'withdrawn') AS "isClosed",
      ${seenInOne(zoneConcern(sql`z`))}
    FROM ${view.zone} AS z WHERE z.id = ${id}`,
  segment: (id: string) => sql`
    SELECT b.countries, false AS "isClosed", ${NOTHING_SEEN}
    FROM segment AS s JOIN border AS b ON b.code = s.border WHERE s.id = ${id}`,
  crossing: (id: string) => sql`
    SELECT array_agg(s.country ORDER BY s.country) AS countries, false AS "isClosed", ${NOTHING_SEEN}
    FROM crossing_side AS s WHERE s.crossing = ${id} GROUP BY s.crossing`,
};
