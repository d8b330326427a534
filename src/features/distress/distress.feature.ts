import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { followedAssistance } from './assistance.followed.sql.ts';
import { distressOperations } from './distress.routes.ts';
import { distressStore } from './distress.store.ts';

export const distress = (db: Database): Feature => ({
  operations: distressOperations(distressStore(db)),
  followed: [followedAssistance],
});
