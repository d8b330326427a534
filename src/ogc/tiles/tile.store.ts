import { ANONYMOUS, type Caller } from '../../access/caller.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';
import { requireAnchor } from '../items.sql.ts';
import { requireCountable } from './cell.limit.ts';
import type { Encoding, LayerQuestion } from './encoding.sql.ts';
import { encodeLayer, type GridFeature } from './tile.encoder.ts';
import type { Tile } from './tile.grid.ts';
import { tileStatement } from './tile.sql.ts';

interface LayerRow {
  layer: string;
  /** Of the layer in the tile. */
  name: string;
  bytes: Buffer | null;
  features: string | null;
  /** How many would have been counted one by one. */
  held: number | null;
  is_known?: boolean;
}

/** `encoding` is chosen by what the database can, unless a test says. */
export function tileStore(db: Database, encoding?: Encoding) {
  let known: Promise<Encoding> | undefined = encoding && Promise.resolve(encoding);
  const askEncoding = () => {
    known ??= encodingOf(db).catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    /** The bytes of each layer; those of layers after each other are a tile. */
    async read(caller: Caller, tile: Tile, questions: readonly LayerQuestion[]): Promise<Buffer[]> {
      const statement = tileStatement(await askEncoding(), tile, questions);
      const rows = await db.query<LayerRow>(caller, statement);
      return questions.map(({ collection, selection }) => {
        const row = rows.find(({ layer }) => layer === collection.id)!;
        requireAnchor(collection, selection, row);
        if (row.held !== null) requireCountable(collection, row.held);
        return bytesOf(row);
      });
    },
  };
}
export type TileStore = ReturnType<typeof tileStore>;

function bytesOf({ name, bytes, features }: LayerRow): Buffer {
  if (bytes) return bytes;
  if (features === null) return Buffer.alloc(0);
  return encodeLayer(name, JSON.parse(features) as GridFeature[]);
}

async function encodingOf(db: Database): Promise<Encoding> {
  const statement = sql`SELECT postgis_libprotobuf_version() IS NOT NULL AS can_encode`;
  const [row] = await db.query<{ can_encode: boolean }>(ANONYMOUS, statement);
  return row!.can_encode ? 'database' : 'service';
}
