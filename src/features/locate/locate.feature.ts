import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { locateOperations } from './locate.routes.ts';
import { locateStore } from './locate.store.ts';

export const locate = (db: Database): Feature => ({ operations: locateOperations(locateStore(db)) });
