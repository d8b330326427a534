import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { type MeSettings, meOperations } from './me.routes.ts';
import { meStore } from './me.store.ts';

export const me = (db: Database, settings: MeSettings): Feature => ({
  operations: meOperations(meStore(db), settings),
});
