import type { Database } from '../../src/db/database.ts';
import { oneRow } from '../../src/db/transaction.ts';

/** The same database, its single statements answered by `query`. */
export const withQuery = (db: Database, query: Database['query']): Database => ({
  ...db,
  query,
  queryOne: async <Row>(...asked: Parameters<Database['query']>) => oneRow(await query<Row>(...asked)),
});
