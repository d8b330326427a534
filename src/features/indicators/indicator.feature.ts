import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { indicatorCollection } from './indicator.collection.sql.ts';
import { indicatorOperations } from './indicator.routes.ts';
import { indicatorStore } from './indicator.store.ts';

export const indicators = (db: Database): Feature => ({
  collections: [indicatorCollection],
  operations: indicatorOperations(indicatorStore(db)),
});
