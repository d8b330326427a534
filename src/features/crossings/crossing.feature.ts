import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { availabilityOperations } from './availability.routes.ts';
import { availabilityStore } from './availability.store.ts';
import { crossingCollection } from './crossing.collection.sql.ts';
import { crossingOperations } from './crossing.routes.ts';
import { crossingStore } from './crossing.store.ts';
import { nearestOperations } from './nearest.routes.ts';
import { nearestStore } from './nearest.store.ts';
import { statusOperations } from './status.routes.ts';
import { statusStore } from './status.store.ts';

export const crossings = (db: Database): Feature => ({
  collections: [crossingCollection],
  operations: [
    ...crossingOperations(crossingStore(db)),
    ...statusOperations(statusStore(db)),
    ...availabilityOperations(availabilityStore(db)),
    ...nearestOperations(nearestStore(db)),
  ],
});
