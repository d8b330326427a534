import type { Database, Transaction } from '../../src/db/database.ts';
import { render, type Sql, type SqlValue } from '../../src/db/sql.ts';

export interface RecordedStatement {
  text: string;
  values: SqlValue[];
}

/** Notes each statement that is sent, with the values of its first time. */
export function recordingDatabase(db: Database, statements: Map<string, RecordedStatement>): Database {
  const note = (statement: Sql): void => {
    const { text, values } = render(statement);
    if (!statements.has(text)) statements.set(text, { text, values });
  };
  return {
    ...db,
    query: (caller, statement) => {
      note(statement);
      return db.query(caller, statement);
    },
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
        return work({ query });
      }),
  };
}
