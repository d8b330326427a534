import { ANONYMOUS, type Caller } from '../access/caller.ts';
import { seenInAll } from '../db/concern.ts';
import type { Database } from '../db/database.ts';
import { all, type Sql, sql, when } from '../db/sql.ts';
import type { Collection } from '../ogc/collection.sql.ts';
import { type FeedPosition, openPosition, sealPosition } from './feed.cursor.ts';
import { featureOfChange } from './feed.feature.sql.ts';
import { expiredCursor } from './feed.problems.ts';

export interface FeedQuestion {
  collections?: readonly string[] | undefined;
  limit: number;
  include?: 'feature' | undefined;
}

export interface FeedPage {
  /** JSON objects with commas between. */
  changes: string;
  found: number;
  /** Where to go on. */
  cursor: string;
}

interface FeedRow {
  epoch: string;
  xmin: string;
  purged_xid: string;
}

interface PageRow extends FeedRow {
  changes: string;
  found: number;
  last: [xid: string, collection: string, id: string] | null;
}

// an alias that no layer has: the features are looked up within
const entry = sql`json_build_object('collection', ch.collection, 'id', ch.id, 'op', ch.op, 'at', tripoint.utc(ch.at))::text`;

export const feedStore = (db: Database, layers: readonly Collection[]) => {
  const feature = featureOfChange(layers);
  const entryWithFeature = sql`left(${entry}, -1) || ',"feature":' || coalesce(${feature}, 'null') || '}'`;
  let known: Buffer | undefined;
  const secretOf = async (caller: Caller): Promise<Buffer> => {
    known ??= (await db.query<{ secret: Buffer }>(caller, sql`SELECT f.secret FROM feed AS f`))[0]!.secret;
    return known;
  };

  return {
    /** The cursor behind everything that has been written so far. */
    async now(caller: Caller): Promise<string> {
      const [row] = await db.query<FeedRow>(caller, sql`SELECT ${standing} FROM feed AS f`);
      return sealPosition(endOf(row!), await secretOf(caller));
    },

    /** The newest transaction that anybody can read of by now. */
    async newest(): Promise<string> {
      const [row] = await db.query<{ xid: string | null }>(
        ANONYMOUS,
        sql`SELECT f.newest_xid::text AS xid FROM feed AS f`,
      );
      return row!.xid ?? '';
    },

    /** For how long changes that are committed have waited for older transactions to end. */
    async heldSeconds(): Promise<number> {
      const [row] = await db.query<{ seconds: number }>(
        ANONYMOUS,
        sql`SELECT coalesce(extract(epoch FROM clock_timestamp() - f.held_since), 0)::float AS seconds FROM feed AS f`,
      );
      return row!.seconds;
    },

    /** Throws 400 for a cursor that is none, and 410 for one that what is kept does not reach back to. */
    async read(caller: Caller, after: string, question: FeedQuestion): Promise<FeedPage> {
      const secret = await secretOf(caller);
      const position = openPosition(after, secret);
      const [row] = await db.query<PageRow>(
        caller,
        pageStatement(position, question, question.include ? entryWithFeature : entry),
      );
      const { epoch, purged_xid, changes, found, last } = row!;
      if (epoch !== position.epoch || BigInt(position.xid) <= BigInt(purged_xid))
        throw expiredCursor(sealPosition(endOf(row!), secret));
      const isFull = found === question.limit;
      const end = isFull ? { epoch, xid: last![0], collection: last![1], id: last![2] } : endOf(row!);
      return { changes, found, cursor: sealPosition(end, secret) };
    },
  };
};
export type FeedStore = ReturnType<typeof feedStore>;

const standing = sql`f.epoch::text AS epoch, f.xmin::text AS xmin, f.purged_xid::text AS purged_xid`;

/** Everything before it has been read: what comes later belongs to this transaction or to later ones. */
const endOf = ({ epoch, xmin }: FeedRow): FeedPosition => ({ epoch, xid: xmin, collection: '', id: '' });

const pageStatement = (
  { xid, collection, id }: FeedPosition,
  { collections, limit }: FeedQuestion,
  entry: Sql,
): Sql => sql`
  SELECT ${standing}, p.changes, p.found, p.last, p.seen
  FROM feed AS f CROSS JOIN LATERAL (
    SELECT coalesce(string_agg(${entry}, ',' ORDER BY ch.xid, ch.collection, ch.id), '') AS changes, count(*)::int AS found,
           (array_agg(json_build_array(ch.xid::text, ch.collection, ch.id) ORDER BY ch.xid DESC, ch.collection DESC, ch.id DESC))[1] AS last,
           ${seenInAll(sql`ch.concern`)}
    FROM (
      SELECT ch.xid, ch.collection, ch.id, ch.op, ch.at, ch.concern FROM change AS ch
      WHERE ${all(
        sql`(ch.xid, ch.collection, ch.id) > (${xid}::xid8, ${collection}, ${id})`,
        when(collections, (names) => sql`ch.collection = ANY (${names}::text[])`),
      )}
      ORDER BY ch.xid, ch.collection, ch.id LIMIT ${limit}::int
    ) AS ch
  ) AS p`;
