import type { Collection } from './collection.sql.ts';
import { collectionOperations } from './collections.routes.ts';
import type { ExtentStore } from './extent.store.ts';
import { functionOperations } from './functions.routes.ts';
import { itemsOperations } from './items.routes.ts';
import type { ItemsStore } from './items.store.ts';
import { landingOperations, type Publication } from './landing.routes.ts';
import { schemaOperations } from './schema.routes.ts';

interface Layers {
  collections: readonly Collection[];
  items: ItemsStore;
  extents: ExtentStore;
  publication: Publication;
}

/** OGC API – Features over all collections. */
export const layerOperations = ({ collections, items, extents, publication }: Layers) => [
  ...landingOperations(publication),
  ...collectionOperations(collections, extents),
  ...schemaOperations(collections),
  ...functionOperations(),
  ...itemsOperations(collections, items),
];
