import { message } from '../../src/core/catalogue.ts';
import { Problem } from '../../src/core/problem.ts';
import type { Database } from '../../src/db/database.ts';
import { withQuery } from './database.query.ts';

/** Carries what a transaction came to past its end: a Problem, which the database layer lets through. */
class RolledBack<T> extends Problem {
  readonly result: T;
  constructor(result: T) {
    super({ status: 500, slug: 'internal', says: message('service-failed') });
    this.result = result;
  }
}

/** Everything happens as ever, in transactions that are rolled back: a thousand writes leave the rows as they were. */
export function dryDatabase(db: Database): Database {
  async function dry<T>(run: (rollBack: (result: T) => never) => Promise<never>): Promise<T> {
    try {
      return await run((result) => {
        throw new RolledBack(result);
      });
    } catch (error) {
      if (error instanceof RolledBack) return error.result as T;
      throw error;
    }
  }
  return {
    ...withQuery(db, (caller, statement) =>
      dry((rollBack) =>
        db.transaction(caller, async (tx) => rollBack((await tx.query(statement)) as never[])),
      ),
    ),
    writeAndRead: (caller, { write, read }) =>
      dry((rollBack) =>
        db.transaction(caller, async (tx) => {
          await tx.query(write);
          return rollBack((await tx.query(read)) as never[]);
        }),
      ),
    transaction: (caller, work) =>
      dry((rollBack) => db.transaction(caller, async (tx) => rollBack(await work(tx)))),
  };
}
