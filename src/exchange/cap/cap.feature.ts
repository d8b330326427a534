import type { Database } from '../../db/database.ts';
import type { Feature } from '../../features/feature.ts';
import { capOperations } from './cap.routes.ts';
import { capStore } from './cap.store.ts';

export const cap = (db: Database): Feature => ({ operations: capOperations(capStore(db)) });
