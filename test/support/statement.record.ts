import type { Database, Transaction } from '../../src/db/database.ts';
import { type Rendered, render, type Sql } from '../../src/db/sql.ts';
import { oneRow } from '../../src/db/transaction.ts';
import { withQuery } from './database.query.ts';

export type RecordedStatement = Pick<Rendered, 'text' | 'values' | 'reads' | 'writes'>;

/** Notes each statement that is sent, with the values of its first time. */
export function recordingDatabase(db: Database, statements: Map<string, RecordedStatement>): Database {
  const note = (statement: Sql): void => {
    const rendered = render(statement);
    if (!statements.has(rendered.text)) statements.set(rendered.text, rendered);
  };
  return {
    ...withQuery(db, (caller, statement) => {
      note(statement);
      return db.query(caller, statement);
    }),
    record: (statement) => {
      note(statement);
      return db.record(statement);
    },
    transaction: (caller, work) =>
      db.transaction(caller, (tx) => {
        const query: Transaction['query'] = (statement) => {
          note(statement);
          return tx.query(statement);
        };
        return work({
          query,
          queryOne: async <Row>(statement: Sql) => oneRow(await query<Row>(statement)),
        });
      }),
  };
}
