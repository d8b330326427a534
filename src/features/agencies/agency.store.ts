import type { Caller } from '../../core/caller.ts';
import type { Versioned } from '../../core/precondition.ts';
import type { Database } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { featureStatement, findVersioned, type Layer, listFeatures } from '../../db/layer.ts';
import { featureText } from '../../db/spatial.ts';
import { type Sql, sql, writing } from '../../db/sql.ts';
import { agencyCollection } from './agency.collection.sql.ts';
import type { AgencyContent, AgencyQuery } from './agency.schema.ts';
import { mandateConcern, mandateJson, mandates } from './mandate.store.ts';

const columns = sql`a.id, a.names, a.country, a.acronym, a.ministry, a.type, a.contact, a.verified, a.unverified_items,
  a.source, a.note, a.revision, a.updated_at`;

const feature = (more: Sql = sql``): Sql =>
  featureText(
    sql`r.id`,
    sql`NULL::geometry`,
    sql`json_build_object('names', r.names, 'country', r.country, 'acronym', r.acronym, 'ministry', r.ministry,
      'type', r.type, 'contact', r.contact, 'verified', r.verified, 'unverifiedItems', r.unverified_items,
      'source', r.source, 'note', r.note, 'revision', r.revision, 'updatedAt', tripoint.utc(r.updated_at)${more})`,
  );

const agencies: Layer = {
  columns,
  from: sql`agency AS a`,
  id: sql`a.id`,
  feature: feature(),
  keys: [{ column: sql`a.id`, type: 'text' }],
  key: sql`r.id`,
  // also with a filter by mandates: the list does not reveal their places
  concern: sql`0`,
};

const agencyWithMandates: Layer = {
  ...agencies,
  columns: sql`${columns}, (
    SELECT coalesce(json_agg(${mandateJson} ORDER BY r.id), '[]')
    FROM (SELECT ${mandates.columns} FROM ${mandates.from} WHERE m.agency = a.id) AS r) AS mandates`,
  feature: feature(sql`, 'mandates', r.mandates`),
  concern: sql`coalesce((SELECT bit_or(${mandateConcern}) FROM ${view.mandate} AS m WHERE m.agency = a.id), 0)`,
  ownConcern: sql`0`,
  version: sql`a.revision::text`,
};

export const agencyStore = (db: Database) => ({
  list: (caller: Caller, query: AgencyQuery) =>
    listFeatures(db, caller, agencies, agencyCollection.rows(query).where, query),

  find: (caller: Caller, id: string) => findVersioned(db, caller, agencyWithMandates, id),

  /**
   * Creates or replaces an agency of the country in the content; an agency of another country is not changed. `permit`
   * gets the current, locked row and throws to refuse.
   */
  put: (
    caller: Caller,
    { id, ...content }: AgencyContent['properties'] & { id: string },
    permit: (current: StoredAgency | undefined) => void,
  ): Promise<WrittenAgency> =>
    db.transaction(caller, async (tx) => {
      const [current] = await tx.query<StoredAgency>(
        sql`SELECT a.country, a.revision::text AS version FROM agency AS a WHERE a.id = ${id} FOR NO KEY UPDATE`,
      );
      permit(current);
      const [written] = await tx.query<{ revision: number }>(putStatement(id, content));
      const row = await tx.queryOne<Omit<WrittenAgency, 'isNew'>>(sql`
        SELECT f.feature, f.version, f.seen_one, f.seen_target, a.country
        FROM (${featureStatement(agencyWithMandates, sql`a.id = ${id}`)}) AS f, agency AS a WHERE a.id = ${id}`);
      return { ...row, isNew: written?.revision === 1 };
    }),
});
export type AgencyStore = ReturnType<typeof agencyStore>;

interface StoredAgency {
  country: string;
  version: string;
}

export interface WrittenAgency extends Versioned {
  /** The country of the stored agency. */
  country: string;
  isNew: boolean;
}

// Unchanged content makes no new revision.
const putStatement = (id: string, content: AgencyContent['properties']): Sql => writing`
  INSERT INTO agency AS a (id, country, names, acronym, ministry, type, contact, verified, unverified_items, source, note)
  VALUES (${id}, ${content.country}, ${JSON.stringify(content.names)}, ${content.acronym}, ${content.ministry},
    ${content.type}, ${content.contact && JSON.stringify(content.contact)}, ${content.verified},
    ${content.unverifiedItems}, ${content.source}, ${content.note})
  ON CONFLICT (id) DO UPDATE SET names = EXCLUDED.names, acronym = EXCLUDED.acronym, ministry = EXCLUDED.ministry,
    type = EXCLUDED.type, contact = EXCLUDED.contact, verified = EXCLUDED.verified,
    unverified_items = EXCLUDED.unverified_items, source = EXCLUDED.source, note = EXCLUDED.note,
    revision = a.revision + 1, updated_at = clock_timestamp()
  WHERE a.country = EXCLUDED.country
    AND (a.names, a.acronym, a.ministry, a.type, a.contact, a.verified, a.unverified_items, a.source, a.note)
      IS DISTINCT FROM (EXCLUDED.names, EXCLUDED.acronym, EXCLUDED.ministry, EXCLUDED.type, EXCLUDED.contact,
        EXCLUDED.verified, EXCLUDED.unverified_items, EXCLUDED.source, EXCLUDED.note)
  RETURNING a.revision`;
