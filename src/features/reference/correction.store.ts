import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import type { Page } from '../../core/page.ts';
import { zoneConcern } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { call, view } from '../../db/labelled.ts';
import { featureStatement, findFeature, listFeatures } from '../../db/layer.ts';
import { all, type Sql, sql, when, writing } from '../../db/sql.ts';
import type { NewCorrection } from './correction.input.ts';
import type { CorrectionQuery } from './correction.schema.ts';
import { corrections, stateOf, wholeCorrections } from './correction.sql.ts';

export const correctionStore = (db: Database) => ({
  list: (caller: Caller, { state, row, ...page }: CorrectionQuery): Promise<Page> =>
    listFeatures(
      db,
      caller,
      corrections,
      all(
        when(state, (word) => sql`${stateOf} = ${word}`),
        when(row, (id) => sql`c.touches @> ARRAY[${id}]`),
      ),
      page,
    ),

  find: (caller: Caller, id: string) => findFeature(db, caller, wholeCorrections, id),

  /** Applied at once if only the own side of crossings changes. */
  add: (caller: Caller, { source, reason, validFrom, features }: NewCorrection): Promise<AddedCorrection> =>
    db.transaction(caller, async (tx) => {
      const id = uuidv7();
      await tx.query(writing`
        INSERT INTO ${view.correction} (id, agency, country, source, reason, valid_from, features)
        VALUES (${id}, ${caller.agency}, ${caller.country}, ${source}, ${reason}, ${validFrom}, ${JSON.stringify(features)}::jsonb)`);
      const { feature } = await tx.queryOne<{ feature: string }>(
        featureStatement({ ...wholeCorrections, concern: sql`0` }, sql`c.id = ${id}`),
      );
      return { id, text: feature };
    }),

  preview: (caller: Caller, { source, validFrom, features }: NewCorrection): Promise<string> =>
    preview(
      db,
      caller,
      sql`SELECT ${JSON.stringify(features)}::jsonb AS features, ${validFrom}::timestamptz AS valid_from, ${source}::text AS source, NULL::uuid AS id, 0 AS concern`,
    ).then((text) => text!),

  /** The same for a proposed one; undefined if it is missing or no longer proposed. */
  previewOf: (caller: Caller, id: string): Promise<string | undefined> =>
    preview(
      db,
      caller,
      sql`SELECT c.features, c.valid_from, c.source, c.id, c.concern
        FROM ${view.correction} AS c JOIN ${view.jointProposal} AS p ON p.id = c.proposal
        WHERE c.id = ${id} AND ${stateOf} = 'proposed'`,
    ),
});
export type CorrectionStore = ReturnType<typeof correctionStore>;

interface AddedCorrection {
  id: string;
  text: string;
}

async function preview(db: Database, caller: Caller, correction: Sql): Promise<string | undefined> {
  const [row] = await db.query<{ preview: string }>(caller, previewStatement(correction));
  return row?.preview;
}

/** Zones and mandates hang on the names of rows alone. */
const previewStatement = (correction: Sql): Sql => sql`
  WITH tried AS MATERIALIZED (
    SELECT c.id, c.concern, p.difference, p.incidents, p.seen
    FROM (${correction}) AS c CROSS JOIN LATERAL ${call.previewCorrection}(c.features, c.valid_from, c.source) AS p
  ), changed AS (
    SELECT d ->> 'collection' AS collection, d ->> 'id' AS id
    FROM tried AS t CROSS JOIN LATERAL jsonb_array_elements(t.difference) AS d
  ), zones AS (
    SELECT z.id, z.names, z.derived_from, ${zoneConcern(sql`z`)} AS concern
    FROM ${view.zone} AS z
    WHERE z.state NOT IN ('expired', 'withdrawn') AND (
      z.derived_from ->> 'border' IN (SELECT c.id FROM changed AS c WHERE c.collection = 'borders')
      OR z.derived_from ->> 'segment' IN (SELECT c.id FROM changed AS c WHERE c.collection = 'segments')
      OR z.derived_from ->> 'crossing' IN (SELECT c.id FROM changed AS c WHERE c.collection = 'crossings'))
  ), mandates AS (
    SELECT m.id, m.agency, m.scope_id
    FROM ${view.mandate} AS m JOIN changed AS c ON c.id = m.scope_id
      AND c.collection = CASE m.scope_type WHEN 'segment' THEN 'segments' WHEN 'crossing-side' THEN 'crossings' END
    WHERE m.valid_to IS NULL OR m.valid_to > now()
  )
  SELECT json_build_object('correction', t.id, 'changes', t.difference, 'incidents', t.incidents,
    'zones', (SELECT coalesce(json_agg(json_build_object('id', z.id, 'names', z.names, 'derivedFrom', z.derived_from) ORDER BY z.id), '[]') FROM zones AS z),
    'mandates', (SELECT coalesce(json_agg(json_build_object('id', m.id, 'agency', m.agency, 'scopeId', m.scope_id) ORDER BY m.id), '[]') FROM mandates AS m)
    )::text AS preview,
    ARRAY(SELECT s.n + (SELECT count(*) FROM zones AS z WHERE z.concern & CASE s.i WHEN 1 THEN 14 ELSE (1 << (s.i::int - 1)) END > 0)
      FROM unnest(t.seen) WITH ORDINALITY AS s (n, i) ORDER BY s.i)::int[] AS seen,
    t.concern AS seen_one, t.concern AS seen_target
  FROM tried AS t`;
