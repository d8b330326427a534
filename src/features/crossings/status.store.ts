import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import type { Page } from '../../core/page.ts';
import type { Database } from '../../db/database.ts';
import { type Layer, listStatement } from '../../db/layer.ts';
import { type PageRow, toPage } from '../../db/page.ts';
import { all, type Sql, sql, when, writing } from '../../db/sql.ts';
import { isValid, statementMembers } from './crossing.sql.ts';
import type { NewStatus, StatusQuery } from './status.schema.ts';

const columns = sql`s.id, s.crossing, s.country, s.direction, s.traffic, s.state, s.reason, s.valid_from, s.valid_to,
  s.source, s.agency, s.recorded_at`;

const asJson = (
  s: Sql,
): Sql => sql`json_build_object('id', ${s}.id, 'crossing', ${s}.crossing, 'country', ${s}.country,
  ${statementMembers(s)}, 'agency', ${s}.agency, 'recordedAt', tripoint.utc(${s}.recorded_at))::text`;

/** Newest first. */
const history: Layer = {
  columns,
  from: sql`crossing_status AS s`,
  id: sql`s.id`,
  feature: asJson(sql`r`),
  keys: [
    { column: sql`s.valid_from`, type: 'timestamptz' },
    { column: sql`s.recorded_at`, type: 'timestamptz' },
    { column: sql`s.id`, type: 'uuid' },
  ],
  key: sql`r.valid_from, r.recorded_at, r.id`,
  descending: true,
};

const isKnown = (crossing: string): Sql =>
  sql`EXISTS (SELECT 1 FROM crossing WHERE id = ${crossing}) AS is_known`;

export const statusStore = (db: Database) => ({
  /** undefined: no such crossing. */
  async list(
    caller: Caller,
    crossing: string,
    { country, at, ...page }: StatusQuery,
  ): Promise<Page | undefined> {
    const where = all(
      sql`s.crossing = ${crossing}`,
      when(country, (code) => sql`s.country = ${code}`),
      when(at, (time) => isValid(sql`s`, sql`${time}::timestamptz`)),
    );
    const statement = sql`SELECT p.*, ${isKnown(crossing)} FROM (${listStatement(history, where, page)}) AS p`;
    const row = await db.queryOne<PageRow & { is_known: boolean }>(caller, statement);
    return row.is_known ? toPage(row, page.limit) : undefined;
  },

  /** No `statement`: the crossing does not exist or has no side of the caller's country. */
  async add(
    caller: Caller,
    crossing: string,
    status: NewStatus,
  ): Promise<{ is_known: boolean; statement: string | null }> {
    return db.queryOne<{ is_known: boolean; statement: string | null }>(
      caller,
      sql`
      WITH s AS (${insertStatement(caller, crossing, status)})
      SELECT ${isKnown(crossing)}, (SELECT ${asJson(sql`s`)} FROM s) AS statement`,
    );
  },
});
export type StatusStore = ReturnType<typeof statusStore>;

const insertStatement = (caller: Caller, crossing: string, status: NewStatus): Sql => writing`
  INSERT INTO crossing_status AS s (id, crossing, country, direction, traffic, state, reason, valid_from, valid_to,
    source, agency)
  SELECT ${uuidv7()}::uuid, d.crossing, d.country, ${status.direction}::text, ${status.traffic}::text[],
    ${status.state}::text, ${status.reason || null}::text, coalesce(${status.from}::timestamptz, now()),
    ${status.to}::timestamptz, ${status.source || caller.agency}::text, ${caller.agency}::text
  FROM crossing_side AS d WHERE d.crossing = ${crossing} AND d.country = ${caller.country}
  RETURNING ${columns}`;
