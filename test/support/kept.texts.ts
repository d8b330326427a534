import { createHash } from 'node:crypto';
import type { Database } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { incidentCollection } from '../../src/features/incidents/incident.collection.sql.ts';
import { nestedProperties } from '../../src/features/incidents/incident.fields.sql.ts';
import { INCIDENT_SHAPE } from '../../src/features/incidents/incident.text.sql.ts';
import { plainLayerOf } from '../../src/ogc/collection/items.sql.ts';
import { asTableOwner } from './audit.ts';

const { keptProperties: _, ...withoutTexts } = incidentCollection;
const layer = plainLayerOf(withoutTexts);
const nested = sql`${nestedProperties(sql`i`)}::text`;

/** The incidents that have no text, or others than the service makes, and the texts without an incident. */
export async function incidentsWithOtherTexts(db: Database): Promise<string[]> {
  const statement = sql`
    WITH fresh AS (
      SELECT r.id, (${layer.feature})::json -> 'properties' AS flat
      FROM (SELECT ${layer.columns} FROM base.incident AS i) AS r)
    SELECT coalesce(i.id, t.id)::text AS id
    FROM (base.incident AS i JOIN fresh AS f ON f.id = i.id) FULL JOIN base.incident_text AS t ON t.id = i.id
    WHERE (t.shape, t.audience, t.red_agency, t.nested || '}', t.flat)
      IS DISTINCT FROM (${INCIDENT_SHAPE}::smallint, i.audience, i.red_agency, ${nested}, f.flat::text)
    ORDER BY 1`;
  return (await asTableOwner<{ id: string }>(db, statement)).map(({ id }) => id);
}

/** Of the functions that make the texts. */
export async function digestOfTexts(db: Database): Promise<string> {
  const makers = ['base.write_incident_texts(uuid[])', 'tripoint.utc(timestamptz)'];
  const [row] = await asTableOwner<{ source: string }>(
    db,
    sql`SELECT string_agg(p.prosrc, ' ' ORDER BY p.proname) AS source FROM pg_proc AS p
        WHERE p.oid = ANY (${makers}::regprocedure[])`,
  );
  return createHash('sha256').update(row!.source.replace(/\s+/g, ' ')).digest('hex').slice(0, 16);
}
