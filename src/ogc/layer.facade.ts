import { tmpdir } from 'node:os';
import type { Database } from '../db/database.ts';
import type { Operation } from '../http/operation.ts';
import type { PassOn } from '../http/pass.on.ts';
import type { JobSpec } from '../jobs/running.jobs.ts';
import type { Collection } from './collection/collection.sql.ts';
import { extentStore } from './collection/extent.store.ts';
import type { Publication } from './collection/publication.ts';
import type { RowWays } from './collection/row.ways.store.ts';
import { type StrangerLimits, strangerLimits } from './collection/stranger.limits.store.ts';
import { collectionOperations } from './collections.routes.ts';
import { buildMemory } from './download/download.builds.ts';
import type { FilesSettings } from './download/download.files.store.ts';
import { removeLeftOvers } from './download/download.folder.store.ts';
import { readerMemory } from './download/download.readers.ts';
import { downloadOperations } from './download/download.routes.ts';
import { downloadStore } from './download/download.store.ts';
import { editOperations } from './edit/edit.routes.ts';
import { editStore } from './edit/edit.store.ts';
import type { Editors } from './edit/editor.ts';
import { functionOperations } from './functions.routes.ts';
import { itemCounts } from './items.count.store.ts';
import { itemsOperations } from './items.routes.ts';
import { itemsStore } from './items.store.ts';
import { landingOperations } from './landing.routes.ts';
import { partitionOperations } from './partitions.routes.ts';
import { partitionStore } from './partitions.store.ts';
import { schemaOperations } from './schema.routes.ts';
import { searchOperations } from './search.routes.ts';
import { styleOperations } from './tiles/style.routes.ts';
import { tileOperations } from './tiles/tile.routes.ts';
import { tileStore } from './tiles/tile.store.ts';
import { tilesetOperations } from './tiles/tileset.routes.ts';

export { type RowWays, rowWays } from './collection/row.ways.store.ts';

interface Published {
  ways: RowWays;
  collections: readonly Collection[];
  editors: Editors;
  publication: Publication;
}

export interface LayerSettings {
  /** Folder and size of download files. Default: the system's temporary folder. */
  files?: FilesSettings | undefined;
  /** The process that keeps the files. Default: this one. */
  elsewhere?: PassOn | undefined;
  /** Size of the tile cache; 0: no cache. */
  tileMemoryMegabytes?: number | undefined;
  /** Of filters without a key. Default: as measured. */
  strangers?: StrangerLimits | undefined;
  /** Most that counting a selection for its first page may cost, in the planner's units. Default: as measured. */
  mostCountCost?: number | undefined;
}

const TILE_MEMORY_MEGABYTES = 64;
const TEMPORARY_FILES: FilesSettings = { folder: tmpdir(), mostBytes: 2 ** 32 };

/** OGC API – Features and Tiles over all collections. */
export function layers(
  db: Database,
  { collections, editors, publication, ways }: Published,
  {
    files = TEMPORARY_FILES,
    elsewhere,
    tileMemoryMegabytes = TILE_MEMORY_MEGABYTES,
    ...limits
  }: LayerSettings = {},
): { operations: Operation[]; jobs: JobSpec[] } {
  const { attribution } = publication;
  const extents = extentStore(db, collections);
  const strangers = strangerLimits(db, limits.strangers);
  const counts = itemCounts(db, ways, limits.mostCountCost);
  const items = itemsStore(db, { strangers, counts, ways });
  const downloads = {
    store: downloadStore(db, strangers, { files, attribution, ways }),
    readers: readerMemory(),
    builds: buildMemory(),
    elsewhere,
  };
  const tiles = tileStore(db, strangers, { memoryMegabytes: tileMemoryMegabytes });
  return {
    operations: [
      ...landingOperations(publication),
      ...collectionOperations(collections, extents),
      ...schemaOperations(collections),
      ...functionOperations(),
      ...itemsOperations({ collections, items, downloads }),
      ...searchOperations(collections, items, downloads),
      ...downloadOperations(collections, downloads),
      ...editOperations(collections, editors, editStore(db)),
      ...partitionOperations(collections, partitionStore({ strangers, ways })),
      ...tilesetOperations(collections, extents, publication),
      ...styleOperations(collections, publication),
      ...tileOperations(collections, tiles),
    ],
    jobs: [cleaning(files)],
  };
}

/** At the start: files of processes that were killed. */
const cleaning = ({ folder }: FilesSettings): JobSpec => ({
  name: 'file-cleaning',
  isEverywhere: true,
  start() {
    removeLeftOvers(folder);
    return { stop: async () => {} };
  },
});
