import { hash } from 'node:crypto';
import { ANONYMOUS, type Caller, viewerOf } from '../../core/caller.ts';
import { LABELLED_COLLECTIONS, type LabelledCollection } from '../../core/trace.ts';
import type { Database } from '../../db/database.ts';
import { noteAgain } from '../../db/labelled.ts';
import { sql } from '../../db/sql.ts';
import { collectionFor } from '../collection/collection.sql.ts';
import { hangsOnTime } from '../collection/items.filter.ts';
import { requireAnchor } from '../collection/items.sql.ts';
import type { StrangerGuard } from '../collection/stranger.limits.store.ts';
import { requireCountable } from './cell.limit.ts';
import type { Encoding, LayerQuestion } from './encoding.sql.ts';
import { type CachedLayer, type TileRequest, tileCache } from './tile.cache.ts';
import { encodeLayer, type GridFeature } from './tile.encoder.ts';
import { degreesOf, type Tile } from './tile.grid.ts';
import { tileStatement } from './tile.sql.ts';

interface LayerRow {
  layer: string;
  /** Name of the layer in the tile. */
  name: string;
  /** In base64. */
  bytes: string | null;
  features: string | null;
  seen: number[] | null;
  /** Number of rows that needed individual counting. */
  held: number | null;
  is_known?: boolean;
}

interface TileSettings {
  /** Default: the database, if it can. */
  encoding?: Encoding;
  /** Default: no cache. */
  memoryMegabytes?: number;
}

/** Lifetime of layers that change with time. */
const FRESH_MS = 1000;

export function tileStore(
  db: Database,
  strangers: StrangerGuard,
  { encoding, memoryMegabytes = 0 }: TileSettings = {},
) {
  const cache = tileCache(db.changes, memoryMegabytes * 1e6);
  const askEncoding = rememberOnce(async () => encoding ?? (await encodingOf(db)));

  async function read(
    caller: Caller,
    tile: Tile,
    questions: readonly LayerQuestion[],
  ): Promise<CachedLayer[]> {
    const asked = questions.map((one) => ({ ...one, collection: collectionFor(caller, one.collection) }));
    const statement = tileStatement(await askEncoding(), tile, asked);
    // a filter comes alone: a tile of several layers takes none
    const rows = await strangers.ask<LayerRow>(caller, questions[0]!.selection, statement);
    return questions.map(({ collection, selection }) => {
      const row = rows.find(({ layer }) => layer === collection.id)!;
      requireAnchor(collection, selection, row);
      if (row.held !== null) requireCountable(collection, row.held);
      const bytes = bytesOf(row);
      return { bytes, etag: `W/"${hash('sha1', bytes, 'base64url')}"`, seen: row.seen };
    });
  }

  return {
    /** The layers of a tile; their concatenated bytes are the tile. */
    async read(caller: Caller, tile: Tile, questions: readonly LayerQuestion[]): Promise<CachedLayer[]> {
      const asks = questions.map((question) => askOf(caller, tile, question));
      const given = await cache.readAll(asks, (missing) =>
        read(
          caller,
          tile,
          missing.map((i) => questions[i]!),
        ),
      );
      return given.map(({ layer, isAgain }, i) => {
        const { id } = questions[i]!.collection;
        // a caller that gets another's read sees the rows too
        if (isAgain && layer.seen && isLabelled(id)) noteAgain(caller.trace, id, layer.seen);
        return layer;
      });
    },
  };
}
export type TileStore = ReturnType<typeof tileStore>;

const isLabelled = (id: string): id is LabelledCollection =>
  (LABELLED_COLLECTIONS as readonly string[]).includes(id);

function askOf(caller: Caller, tile: Tile, { collection, selection, fields }: LayerQuestion): TileRequest {
  const { filters, equal, projectedBox, ids, filter } = selection;
  const { concern, anchor } = collection.rows(filters);
  // reference layers are the same for everyone
  const viewer = concern ? `${viewerOf(caller)}/${caller.agency ?? ''}` : '';
  const shown = fields === collection.fields ? '' : fields.map(({ name }) => name);
  const values = equal.map(([{ name }, value]) => [name, value]);
  return {
    key: JSON.stringify([viewer, collection.id, tile, shown, filters, values, projectedBox, ids, filter]),
    view: {
      collection: collection.id,
      viewer: viewerOf(caller),
      agency: caller.agency,
      box: degreesOf(tile),
    },
    ...(hangsOnTime(collection, filter) && { freshMs: FRESH_MS }),
    // incidents in a zone change with the zone, and its existence must be checked
    isForOnce: anchor !== undefined,
  };
}

function bytesOf({ name, bytes, features }: LayerRow): Buffer {
  if (bytes) return Buffer.from(bytes, 'base64');
  if (features === null) return Buffer.alloc(0);
  return encodeLayer(name, JSON.parse(features) as GridFeature[]);
}

/** Caches the first success. */
function rememberOnce<T>(ask: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  return () => {
    known ??= ask().catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

async function encodingOf(db: Database): Promise<Encoding> {
  const statement = sql`SELECT postgis_libprotobuf_version() IS NOT NULL AS can_encode`;
  const row = await db.queryOne<{ can_encode: boolean }>(ANONYMOUS, statement);
  return row.can_encode ? 'database' : 'service';
}
