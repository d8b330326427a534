import pg from 'pg';
import { render, type Sql, type SqlValue, sql } from '../../src/db/sql.ts';
import { compileCql2 } from '../../src/ogc/cql2/condition.sql.ts';
import type { Cql2Expression } from '../../src/ogc/cql2/cql2.expression.ts';
import { parseCql2Text } from '../../src/ogc/cql2/cql2.text.ts';
import { CRS84, type FilterCrs } from '../../src/ogc/cql2/filter.crs.ts';
import type { Queryables } from '../../src/ogc/cql2/queryable.sql.ts';
import { type TestDatabase, testDatabase } from './database.ts';

/** A database with tables of a test's own, read as the role of the service reads. */
export interface Rows {
  /** The ids of the rows of a table (as `p`) that fulfil a condition, in order. */
  ids(from: Sql, condition: Sql): Promise<number[]>;
  query<Row>(statement: Sql): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openRows(make: (client: pg.ClientBase) => Promise<unknown>): Promise<Rows> {
  const database: TestDatabase = await testDatabase();
  const client = new pg.Client(database.connection);
  await client.connect();
  await make(client);
  // a zone far from UTC: what is compiled must not hang on it
  await client.query(
    `SET ROLE tripoint_service; SET search_path TO tripoint, public; SET TIME ZONE 'Asia/Tokyo'`,
  );
  const query = async <Row>(statement: Sql): Promise<Row[]> => {
    const { text, values } = render(statement);
    return (await client.query(text, values as SqlValue[] as unknown[])).rows;
  };
  return {
    query,
    ids: async (from, condition) => {
      const rows = await query<{ fid: number }>(
        sql`SELECT p.fid FROM ${from} AS p WHERE ${condition} ORDER BY p.fid`,
      );
      return rows.map(({ fid }) => fid);
    },
    close: async () => {
      await client.end();
      await database.drop();
    },
  };
}

export const compile = (expression: Cql2Expression, queryables: Queryables, crs: FilterCrs = CRS84): Sql =>
  compileCql2(expression, { queryables, crs });

export const compileText = (text: string, queryables: Queryables, crs: FilterCrs = CRS84): Sql =>
  compile(parseCql2Text(text, 'cql2-text'), queryables, crs);
