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
  handleCommandComplete(message: Completed, wire: Wire): void;
}
interface Completed {
  /** Such as INSERT 0 1. */
  text: string;
}
const inherited = pg.Query.prototype as unknown as QueryParts;

/** What a statement before the last one sends: the last one asks for the rows and ends the transaction. */
const UNFINISHED = { describe: { value: () => {} }, sync: { value: () => {} } };

/**
 * Statements behind their settings, with one Sync for all: PostgreSQL makes them one transaction without BEGIN and COMMIT
 * (PostgreSQL manual, "Message Flow: Pipelining"). It is committed when the database is ready for the next query and no
 * error came. The rows are those of the last statement.
 */
class TransactionQuery extends pg.Query implements QueryParts {
  readonly #settings: Settings;
  readonly #first: QueryParts | undefined;
  /** Statements, settings included, that complete before the last one. */
  #missing: number;
  /** Rows that the first of two statements wrote. */
  written = 0;

  constructor({ settings, first, last }: TransactionParts, done: Done) {
    // the simple protocol would end the transaction of the settings before the statement
    super({ ...last, queryMode: 'extended' } as pg.QueryConfig, done as never);
    this.#settings = settings;
    this.#first = first && (new pg.Query(first) as unknown as QueryParts);
    this.#missing = first ? 2 : 1;
  }

  prepare(wire: Wire): void {
    wire.bind(this.#settings);
    wire.execute({});
    this.#first?.prepare(Object.create(wire, UNFINISHED));
    inherited.prepare.call(this, wire);
  }

  handleDataRow(message: object): void {
    if (this.#missing === 0) inherited.handleDataRow.call(this, message);
  }

  handleCommandComplete(message: Completed, wire: Wire): void {
    if (this.#missing === 0) inherited.handleCommandComplete.call(this, message, wire);
    else if (--this.#missing === 0) this.written = Number(/\d+$/.exec(message.text)?.[0] ?? 0);
  }
}

type Done = (error: Error | null, result: pg.QueryResult) => void;

interface TransactionParts {
  settings: Settings;
  /** A statement that this connection has prepared, before the last one. */
  first?: pg.QueryConfig;
  last: pg.QueryConfig;
}

interface TransactionResult extends pg.QueryResult {
  written: number;
}

/** Runs statements in a transaction of their own, after the settings. Resolves when it is committed. */
export const queryInTransaction = (
  client: pg.ClientBase,
  parts: TransactionParts,
): Promise<TransactionResult> =>
  new Promise((resolve, reject) => {
    const query = new TransactionQuery(parts, (error, result) =>
      error ? reject(error) : resolve(Object.assign(result, { written: query.written })),
    );
    client.query(query);
  });
