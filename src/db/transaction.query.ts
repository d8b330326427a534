import pg from 'pg';

/** A prepared statement with its values. */
interface Settings {
  statement: string;
  values: readonly string[];
}

/** The parts of `pg` that its types leave out. */
interface Wire {
  bind(message: Settings): void;
  execute(message: object): void;
}
interface QueryParts {
  prepare(wire: Wire): void;
  handleDataRow(message: object): void;
  handleCommandComplete(message: object, wire: Wire): void;
}
const inherited = pg.Query.prototype as unknown as QueryParts;

/**
 * A statement behind its settings, with one Sync for both: PostgreSQL makes them one transaction without BEGIN and COMMIT
 * (PostgreSQL manual, "Message Flow: Pipelining"). It is committed when the database is ready for the next query and no
 * error came.
 */
class TransactionQuery extends pg.Query implements QueryParts {
  readonly #settings: Settings;
  #isSettled = false;

  constructor(config: pg.QueryConfig, settings: Settings, done: Done) {
    // the simple protocol would end the transaction of the settings before the statement
    super({ ...config, queryMode: 'extended' } as pg.QueryConfig, done as never);
    this.#settings = settings;
  }

  prepare(wire: Wire): void {
    wire.bind(this.#settings);
    wire.execute({});
    inherited.prepare.call(this, wire);
  }

  handleDataRow(message: object): void {
    if (this.#isSettled) inherited.handleDataRow.call(this, message);
  }

  handleCommandComplete(message: object, wire: Wire): void {
    if (this.#isSettled) inherited.handleCommandComplete.call(this, message, wire);
    this.#isSettled = true;
  }
}

type Done = (error: Error | null, result: pg.QueryResult) => void;

/** Runs one statement in a transaction of its own, after the settings. Resolves when it is committed. */
export const queryInTransaction = (
  client: pg.ClientBase,
  config: pg.QueryConfig,
  settings: Settings,
): Promise<pg.QueryResult> =>
  new Promise((resolve, reject) => {
    client.query(
      new TransactionQuery(config, settings, (error, result) => (error ? reject(error) : resolve(result))),
    );
  });
