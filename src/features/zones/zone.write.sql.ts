import type { Caller } from '../../core/caller.ts';
import { view } from '../../db/labelled.ts';
import { type Sql, sql, writing } from '../../db/sql.ts';
import type { NewZone } from './zone.schema.ts';
import { type AreaSource, shapeSql } from './zone.shape.sql.ts';

/** The content of a zone revision, and the label of the zone. */
export type ZoneContent = NewZone['properties'];
export type ZoneLabel = Pick<ZoneContent, 'tlp' | 'releasableTo'>;

/** At the precision of times in requests and answers. */
export const writeTime = sql`date_trunc('milliseconds', clock_timestamp())`;

const json = (value: unknown): string | null => (value == null ? null : JSON.stringify(value));

/** Content of the newest revision, for a change. */
export const contentJson = (
  z: Sql,
): Sql => sql`json_strip_nulls(json_build_object('names', ${z}.names, 'kind', ${z}.kind,
  'purpose', ${z}.purpose, 'participants', ${z}.participants, 'validFrom', tripoint.utc(${z}.valid_from),
  'validTo', tripoint.utc(${z}.valid_to), 'legalAct', ${z}.legal_act, 'derivedFrom', ${z}.derived_from, 'tlp', ${z}.tlp,
  'releasableTo', ${z}.releasable_to))`;

const columns = sql`author, kind, names, purpose, participants, area, derived_from, valid_from, valid_to, legal_act`;

const values = ({ agency }: Caller, content: ZoneContent): Sql => sql`${agency}, ${content.kind},
  ${json(content.names)}::jsonb, ${content.purpose}, ${content.participants}::text[], s.area,
  ${json(content.derivedFrom)}::jsonb, coalesce(${content.validFrom}::timestamptz, ${writeTime}), ${content.validTo}::timestamptz,
  ${json(content.legalAct)}::jsonb`;

const proposedAt = (isProposed: boolean): Sql => (isProposed ? writeTime : sql`NULL::timestamptz`);

export interface RevisionContent {
  content: ZoneContent;
  shape: AreaSource;
}

/** The first revision creates the zone. No row: the shape is empty. */
export const createStatement = (
  caller: Caller,
  id: string,
  { content, shape }: RevisionContent,
  isProposed: boolean,
): Sql => writing`
  WITH shape AS MATERIALIZED (SELECT ${shapeSql(shape)} AS area)
  INSERT INTO ${view.zoneRevision} (id, country, agency, tlp, releasable_to, proposed_at, ${columns})
  SELECT ${id}, ${caller.country}, ${caller.agency}, ${content.tlp}, ${content.releasableTo}::text[],
    ${proposedAt(isProposed)}, ${values(caller, content)}
  FROM shape AS s WHERE NOT ST_IsEmpty(s.area)
  RETURNING id`;

/** The next revision, proposed at once. Owner and label come from the first one. */
export const reviseStatement = (
  caller: Caller,
  { id, revision }: { id: string; revision: number },
  { content, shape }: RevisionContent,
): Sql => writing`
  WITH before AS (
    SELECT area, horizontal_accuracy_m, notes FROM ${view.zoneRevision} WHERE id = ${id} AND revision = ${revision}::int
  ), shape AS MATERIALIZED (SELECT ${shapeSql(shape)} AS area, horizontal_accuracy_m, notes FROM before)
  INSERT INTO ${view.zoneRevision} (id, revision, proposed_at, horizontal_accuracy_m, notes, ${columns})
  SELECT ${id}, ${revision + 1}::int, ${writeTime}, s.horizontal_accuracy_m, s.notes, ${values(caller, content)}
  FROM shape AS s WHERE NOT ST_IsEmpty(s.area)
  RETURNING id`;

/** The same content as the next revision. */
export const renewStatement = ({ agency }: Caller, id: string, revision: number): Sql => writing`
  INSERT INTO ${view.zoneRevision} (id, revision, proposed_at, horizontal_accuracy_m, notes, ${columns})
  SELECT id, revision + 1, ${writeTime}, horizontal_accuracy_m, notes, ${agency}, kind, names, purpose, participants,
    area, derived_from, valid_from, valid_to, legal_act
  FROM ${view.zoneRevision} WHERE id = ${id} AND revision = ${revision}::int`;

export const editStatement = (
  caller: Caller,
  id: string,
  { content, shape }: RevisionContent,
): Sql => writing`
  WITH shape AS MATERIALIZED (SELECT ${shapeSql(shape)} AS area FROM ${view.zoneRevision} WHERE id = ${id} AND revision = 1)
  UPDATE ${view.zoneRevision} SET (updated_at, ${columns}) = (SELECT ${writeTime}, ${values(caller, content)} FROM shape AS s)
  WHERE id = ${id} AND revision = 1 AND EXISTS (SELECT 1 FROM shape AS s WHERE NOT ST_IsEmpty(s.area))
  RETURNING id`;

/** The label belongs to the zone: it creates no revision and needs no consent. */
export const relabelStatement = (id: string, { tlp, releasableTo }: ZoneLabel): Sql => writing`
  UPDATE ${view.zone} SET tlp = ${tlp}, releasable_to = ${releasableTo}::text[]
  WHERE id = ${id} AND (tlp, releasable_to) IS DISTINCT FROM (${tlp}::text, ${releasableTo}::text[])`;

export const proposeStatement = (id: string): Sql => writing`
  UPDATE ${view.zoneRevision} SET proposed_at = ${writeTime} WHERE id = ${id} AND revision = 1`;

/** Ends the revisions that are in force, coming or waiting. */
export const endStatement = (id: string): Sql => writing`
  UPDATE ${view.zoneRevision} SET withdrawn_at = ${writeTime}
  WHERE id = ${id} AND withdrawn_at IS NULL AND NOT is_replaced`;

export const eraseStatement = (id: string): Sql => writing`DELETE FROM ${view.zoneRevision} WHERE id = ${id}`;
