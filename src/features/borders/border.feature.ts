import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { borderCollection } from './border.collection.sql.ts';
import { borderOperations } from './border.routes.ts';
import { borderStore } from './border.store.ts';
import { segmentCollection } from './segment.collection.sql.ts';

export const borders = (db: Database): Feature => ({
  collections: [borderCollection, segmentCollection],
  operations: borderOperations(borderStore(db)),
});
