import type { Collection } from './collection/collection.sql.ts';
import type { ExtentStore } from './collection/extent.store.ts';
import type { Publication } from './collection/publication.ts';
import { collectionOperations } from './collections.routes.ts';
import type { DownloadStore } from './download/download.store.ts';
import { editOperations } from './edit/edit.routes.ts';
import type { EditStore } from './edit/edit.store.ts';
import type { Editors } from './edit/editor.ts';
import { functionOperations } from './functions.routes.ts';
import { itemsOperations } from './items.routes.ts';
import type { ItemsStore } from './items.store.ts';
import { landingOperations } from './landing.routes.ts';
import { partitionOperations } from './partitions.routes.ts';
import type { PartitionStore } from './partitions.store.ts';
import { schemaOperations } from './schema.routes.ts';
import { styleOperations } from './tiles/style.routes.ts';
import { tileOperations } from './tiles/tile.routes.ts';
import type { TileStore } from './tiles/tile.store.ts';
import { tilesetOperations } from './tiles/tileset.routes.ts';

interface Layers {
  collections: readonly Collection[];
  items: ItemsStore;
  downloads: DownloadStore;
  partitions: PartitionStore;
  extents: ExtentStore;
  tiles: TileStore;
  edits: EditStore;
  editors: Editors;
  publication: Publication;
}

/** OGC API – Features and Tiles over all collections. */
export const layerOperations = ({
  collections,
  items,
  downloads,
  partitions,
  extents,
  tiles,
  edits,
  editors,
  publication,
}: Layers) => [
  ...landingOperations(publication),
  ...collectionOperations(collections, extents, publication.attribution),
  ...schemaOperations(collections),
  ...functionOperations(),
  ...itemsOperations({ collections, items, downloads, attribution: publication.attribution }),
  ...editOperations(collections, editors, edits),
  ...partitionOperations(collections, partitions),
  ...tilesetOperations(collections, extents, publication),
  ...styleOperations(collections, publication),
  ...tileOperations(collections, tiles),
];
