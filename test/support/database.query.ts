import { type Database, oneRow } from '../../src/db/database.ts';

/** The same database, its single statements answered by `query`. */
export const withQuery = (db: Database, query: Database['query']): Database => ({
  ...db,
  query,
  queryOne: async <Row>(...asked: Parameters<Database['query']>) => oneRow(await query<Row>(...asked)),
});
