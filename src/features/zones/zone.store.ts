import type { Caller } from '../../access/caller.ts';
import { seenInOne, zoneConcern } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { featureStatement, findFeature, listFeatures, listStatement } from '../../db/layer.ts';
import { type PageRow, toPage } from '../../db/page.ts';
import { inBox } from '../../db/spatial.ts';
import { all, type Sql, sql, when } from '../../db/sql.ts';
import type { Page, PageRequest } from '../../http/page.ts';
import type { ZoneQuery } from './zone.answer.ts';
import type { NewZone } from './zone.schema.ts';
import { type Shape, shapeSql } from './zone.shape.sql.ts';
import { effectiveState, zoneRevisions, zones } from './zone.sql.ts';

/** Everything of a zone that a revision states. */
export type ZoneContent = NewZone['properties'];

/** A zone as it stands, for the one who changes it. */
export interface Current {
  country: string;
  state: string;
  content: ZoneContent;
}

export const zoneStore = (db: Database) => ({
  list: (caller: Caller, { bbox, kind, state, country, datetime, ...page }: ZoneQuery) =>
    listFeatures(
      db,
      caller,
      zones,
      all(
        when(bbox, (box) => inBox(sql`z.area`, box)),
        when(kind, (words) => sql`z.kind = ANY (${words}::text[])`),
        state ? sql`${effectiveState} = ANY (${state}::text[])` : sql`z.state <> 'withdrawn'`,
        when(country, (code) => sql`${code} = ANY (z.participants)`),
        when(datetime, ({ from, to }) =>
          all(
            when(to, (end) => sql`z.valid_from <= ${end}::timestamptz`),
            when(from, (start) => sql`(z.valid_to IS NULL OR z.valid_to > ${start}::timestamptz)`),
          ),
        ),
      ),
      page,
    ),

  find: (caller: Caller, id: string) => findFeature(db, caller, zones, id),

  async listRevisions(caller: Caller, id: string, page: PageRequest): Promise<Page> {
    const [row] = await db.query<PageRow>(
      caller,
      sql`SELECT p.*, (SELECT ${zoneConcern(sql`z`)} FROM zone AS z WHERE z.id = ${id}) AS seen_target
          FROM (${listStatement(zoneRevisions, sql`z.id = ${id}`, page)}) AS p`,
    );
    return toPage(row!, page.limit);
  },

  async findRevision(caller: Caller, id: string, revision: number): Promise<string | undefined> {
    const statement = featureStatement(zoneRevisions, sql`z.id = ${id} AND z.revision = ${revision}::int`);
    const [row] = await db.query<{ feature: string }>(caller, statement);
    return row?.feature;
  },

  /** undefined: the shape is empty, so there is nothing to store. */
  async create(caller: Caller, id: string, content: ZoneContent, shape: Shape): Promise<string | undefined> {
    const [row] = await db.query<{ feature: string }>(caller, insertStatement(caller, id, content, shape));
    return row?.feature;
  },

  /** Makes a new revision of what `merge` answers for the zone as it stands, locked. */
  change: (
    caller: Caller,
    id: string,
    merge: (current: Current | undefined) => { content: ZoneContent; shape: Shape },
  ): Promise<string | undefined> =>
    db.transaction(caller, async (tx) => {
      const { content, shape } = merge(await lock(tx, id));
      const [row] = await tx.query<{ feature: string }>(updateStatement(caller, id, content, shape));
      return row?.feature;
    }),

  /** Takes a zone back. It stays readable with its revisions; no incident is counted as inside any more. */
  withdraw: (caller: Caller, id: string, permit: (current: Current | undefined) => void): Promise<void> =>
    db.transaction(caller, async (tx) => {
      permit(await lock(tx, id));
      await tx.query(sql`UPDATE zone SET state = 'withdrawn', author = ${caller.agency} WHERE id = ${id}`);
    }),
});
export type ZoneStore = ReturnType<typeof zoneStore>;

// NO KEY: writers of incidents refer to the zone meanwhile, and would wait for it and be waited for.
async function lock(tx: Transaction, id: string): Promise<Current | undefined> {
  const [row] = await tx.query<Current>(sql`
    SELECT z.country, z.state, json_strip_nulls(json_build_object('names', z.names, 'kind', z.kind,
        'purpose', z.purpose, 'participants', z.participants, 'validFrom', tripoint.utc(z.valid_from),
        'validTo', tripoint.utc(z.valid_to), 'legalAct', z.legal_act, 'derivedFrom', z.derived_from, 'tlp', z.tlp,
        'releasableTo', z.releasable_to)) AS content,
      ${seenInOne(zoneConcern(sql`z`))}
    FROM zone AS z WHERE z.id = ${id} FOR NO KEY UPDATE`);
  return row;
}

const json = (value: unknown): string | null => (value == null ? null : JSON.stringify(value));

const insertStatement = (caller: Caller, id: string, content: ZoneContent, shape: Shape): Sql => sql`
  WITH shape AS MATERIALIZED (SELECT ${shapeSql(shape)} AS area), z AS (
    INSERT INTO zone (id, country, agency, author, kind, names, purpose, participants, area, derived_from, valid_from,
      valid_to, legal_act, state, tlp, releasable_to)
    SELECT ${id}, ${caller.country}, ${caller.agency}, ${caller.agency}, ${content.kind}, ${json(content.names)}::jsonb,
      ${content.purpose}, ${content.participants}::text[], s.area, ${json(content.derivedFrom)}::jsonb,
      coalesce(${content.validFrom}::timestamptz, now()), ${content.validTo}::timestamptz,
      ${json(content.legalAct)}::jsonb, 'active', ${content.tlp}, ${content.releasableTo}::text[]
    FROM shape AS s WHERE NOT ST_IsEmpty(s.area)
    RETURNING *
  )
  ${featureStatement({ ...zones, from: sql`z` }, sql`true`)}`;

const updateStatement = (caller: Caller, id: string, content: ZoneContent, shape: Shape): Sql => sql`
  WITH shape AS MATERIALIZED (
    SELECT ${shapeSql(shape)} AS area FROM zone WHERE id = ${id}
  ), z AS (
    UPDATE zone SET author = ${caller.agency}, kind = ${content.kind}, names = ${json(content.names)}::jsonb,
      purpose = ${content.purpose}, participants = ${content.participants}::text[], area = s.area,
      derived_from = ${json(content.derivedFrom)}::jsonb, valid_from = ${content.validFrom}::timestamptz,
      valid_to = ${content.validTo}::timestamptz, legal_act = ${json(content.legalAct)}::jsonb, tlp = ${content.tlp},
      releasable_to = ${content.releasableTo}::text[]
    FROM shape AS s WHERE zone.id = ${id} AND NOT ST_IsEmpty(s.area)
    RETURNING zone.*
  )
  ${featureStatement({ ...zones, from: sql`z` }, sql`true`)}`;
