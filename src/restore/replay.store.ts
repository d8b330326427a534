import type { Knex } from 'knex';
import type { LoggedEntry } from './export.reader.ts';
import type { Head } from './witness.file.ts';

const CHUNK = 2000;

/** For the owner of the tables, in one transaction. */
export const replayStore = (trx: Knex.Transaction) => ({
  /** Takes an export into a temporary table. */
  async load(entries: AsyncIterable<LoggedEntry>): Promise<void> {
    await trx.raw(`CREATE TEMPORARY TABLE logged (seq bigint PRIMARY KEY, hash text NOT NULL, at timestamptz, agency text,
      action text, collection text, target text, detail text) ON COMMIT DROP`);
    let waiting: LoggedEntry[] = [];
    const write = async () => {
      await trx.raw(
        'INSERT INTO logged SELECT l.* FROM jsonb_populate_recordset(NULL::logged, ?::jsonb) AS l',
        [JSON.stringify(waiting)],
      );
      waiting = [];
    };
    for await (const entry of entries) {
      waiting.push(isRead(entry) ? { ...entry, target: null, detail: null } : entry);
      if (waiting.length === CHUNK) await write();
    }
    await write();
    await trx.raw('ANALYZE logged');
  },

  /** The last entry that the export and this database share; undefined: they have nothing in common. */
  async commonHead(): Promise<string | undefined> {
    const [row] = await rowsOf<{ common: string | null; isEmpty: boolean }>(
      trx,
      `SELECT (SELECT max(l.seq)::text FROM logged AS l JOIN base.audit_seal AS s
               ON s.seq = l.seq AND encode(s.hash, 'hex') = l.hash) AS common,
              NOT EXISTS (SELECT FROM base.audit_seal) AS "isEmpty"`,
    );
    return row!.common ?? (row!.isEmpty ? '0' : undefined);
  },

  /** Heads that witnesses keep, and the export lacks. */
  async missingHeads(witness: Head | undefined): Promise<string[]> {
    const rows = await rowsOf<{ seq: string }>(
      trx,
      `SELECT DISTINCT h.seq::text FROM (
         SELECT l.seq, encode(l.hash, 'hex') AS hash FROM base.lost_head AS l WHERE l.accepted_at IS NULL
         UNION ALL SELECT ?::bigint, ?::text
       ) AS h
       WHERE h.seq IS NOT NULL AND NOT EXISTS (SELECT FROM logged AS l WHERE l.seq = h.seq AND l.hash = h.hash)
         AND NOT EXISTS (SELECT FROM base.audit_seal AS s WHERE s.seq = h.seq AND encode(s.hash, 'hex') = h.hash)`,
      [witness?.seq ?? null, witness?.hash ?? null],
    );
    return rows.map(({ seq }) => seq);
  },

  /** Does again what narrowed something, and returns the numbers of rows. */
  replay: (after: string) =>
    rowsOf<{ kind: string; done: string }>(
      trx,
      'SELECT r.kind, r.done::text FROM base.replay_entries(?) AS r',
      [after],
    ),

  async newest(): Promise<string> {
    const [row] = await rowsOf<{ head: string }>(
      trx,
      `SELECT coalesce((SELECT l.seq || ':' || l.hash FROM logged AS l ORDER BY l.seq DESC LIMIT 1), 'nothing') AS head`,
    );
    return row!.head;
  },

  /** Stores the identifiers of this place, and leaves an entry. */
  async open(nonce: string | undefined, said: string): Promise<void> {
    await trx.raw('SELECT base.open_installation(?::uuid, ?)', [nonce ?? null, said]);
  },

  async head(): Promise<Head | undefined> {
    const [head] = await rowsOf<Head>(
      trx,
      `SELECT s.id AS seal, s.seq::text, encode(s.hash, 'hex') AS hash FROM base.audit_seal AS s ORDER BY s.id DESC LIMIT 1`,
    );
    return head;
  },
});

const isRead = ({ action }: LoggedEntry): boolean => action.startsWith('read') || action === 'refused';

const rowsOf = async <Row>(trx: Knex.Transaction, text: string, values: unknown[] = []): Promise<Row[]> =>
  (await trx.raw(text, values as never)).rows;
